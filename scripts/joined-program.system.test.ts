import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import sharp from 'sharp'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { demoPassword } from '../demo/load.ts'
import { buildProgramIfStale } from '../src/platform/web-build/build-program.ts'
import { programFolder, programToRun } from '../src/platform/web-build/source-stamp.ts'
import { startServer, stopServers } from './reliability/server-process.ts'

let scratch: string
let address: string
let cookie: string
const said: string[] = []

beforeAll(async () => {
  scratch = mkdtempSync(path.join(tmpdir(), 'blso-joined-'))
  chmodSync(scratch, 0o711)
  await buildProgramIfStale((line) => said.push(line))
  address = (await startServer({ BANLANG_DATA: path.join(scratch, 'data'), PORT: '0' })).address
  const signedIn = await send('/api/session', { loginName: 'thuongtruc', password: demoPassword })
  cookie = signedIn.headers.get('set-cookie')?.split(';')[0] ?? ''
})

afterAll(async () => {
  await stopServers()
  rmSync(scratch, { recursive: true, force: true })
})

/** Asks the server as the officer; what is sent along is posted. */
async function send(place: string, body?: object): Promise<Response> {
  const headers = { ...(cookie && { cookie }) }
  if (!body) return fetch(`${address}${place}`, { headers })
  if (body instanceof FormData) return fetch(`${address}${place}`, { method: 'POST', headers, body })
  const json = { ...headers, 'content-type': 'application/json' }
  return fetch(`${address}${place}`, { method: 'POST', headers: json, body: JSON.stringify(body) })
}

const read = async <T>(answer: Promise<Response>) => (await (await answer).json()) as T

function withFile(file: Blob, name: string, fields: Record<string, string> = {}): FormData {
  const form = new FormData()
  for (const [field, value] of Object.entries(fields)) form.append(field, value)
  form.append('file', file, name)
  return form
}

it('the next start runs what was joined', () => {
  expect(said).toEqual([])
  expect(programToRun()).toBe(path.join(programFolder, 'start.js'))
})

it('it fills an empty database by migrations and demonstration that lie beside the sources', async () => {
  const { teams } = await read<{ teams: unknown[] }>(send('/api/teams?limit=5'))
  expect(teams).toHaveLength(5)
})

it('it serves the pages, and what its packages keep in files of their own', async () => {
  for (const [place, words] of [
    ['/', 'Bản Làng Số'],
    ['/api/docs/', 'swagger'],
    ['/api/docs/static/swagger-ui.css', '.swagger-ui'],
  ] as const) {
    const answer = await send(place)
    expect([place, answer.status]).toEqual([place, 200])
    expect(await answer.text()).toContain(words)
  }
})

it('it writes and reads Excel files by libraries that are loaded with the first of them', async () => {
  const { may } = await read<{ may: { capability: string; unitId: string }[] }>(send('/api/session/me'))
  const unitId = may.find((one) => one.capability === 'teams.import')?.unitId ?? ''
  const file = await (await send(`/api/teams/export.xlsx?rows=members&unitId=${unitId}`)).blob()
  const { counts } = await read<{ counts: { unchanged: number } }>(
    send('/api/teams/import/check', withFile(file, 'ca-huyen.xlsx', { unitId })),
  )
  expect(counts.unchanged).toBeGreaterThan(1_600)
})

it('it takes a photo, looked over by a library of the machine', async () => {
  const { teams } = await read<{ teams: { id: string }[] }>(
    send('/api/teams?kind=community_team&level=village&limit=1'),
  )
  const held = { heldOn: '2022-12-30', title: 'Cài VNeID', topic: 'other', peopleHelped: 3 }
  const { id } = await read<{ id: string }>(send(`/api/teams/${teams[0]?.id}/activities`, held))
  const picture = await sharp({ create: { width: 40, height: 30, channels: 3, background: 'green' } })
    .jpeg()
    .toBuffer()
  const photo = withFile(new Blob([new Uint8Array(picture)]), 'anh.jpg')
  const { fileId } = await read<{ fileId: string }>(send(`/api/teams/activities/${id}/photos`, photo))
  const thumbnail = await send(`/api/files/${fileId}/thumbnail`)
  expect([thumbnail.status, thumbnail.headers.get('content-type')]).toEqual([200, 'image/webp'])
})
