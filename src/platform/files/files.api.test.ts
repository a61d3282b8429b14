import { mkdtempSync, rmSync } from 'node:fs'
import { mkdir, readdir, readFile, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type AccountKey, startTestServer, type TestServer } from '../testing/server.ts'
import { partsThatAttach } from './attaching.fixtures.ts'
import { pdf, photo, xlsx } from './file-samples.fixtures.ts'
import { sha256Of } from './file-store.ts'
import { attach, configureFiles, describeAttachments, removeAttachment } from './index.ts'
import { sweep } from './sweep-orphans.job.ts'

let server: TestServer
let folder: string
beforeAll(async () => {
  server = await startTestServer({ parts: partsThatAttach })
  folder = mkdtempSync(join(tmpdir(), 'blso-store-'))
  configureFiles({ folder })
})
afterAll(async () => {
  await server?.close()
  rmSync(folder, { recursive: true, force: true })
})

const upload = (who: AccountKey, name: string, bytes: Uint8Array, fields: Record<string, string> = {}) =>
  server
    .as(who)
    .upload(
      '/api/files-test',
      { name, bytes },
      { unitId: server.world.units.a1, kinds: 'image,pdf,sheet', ...fields },
    )
async function attached(name: string, bytes: Uint8Array): Promise<string> {
  const answer = await upload('commune_officer', name, bytes)
  expect(answer.text).toContain('fileId')
  return answer.body.fileId
}
const raw = async (path: string) => {
  const { token } = server.world.accounts.commune_officer
  const response = await fetch(`${server.address}${path}`, {
    headers: { cookie: `banlang_session=${token}` },
  })
  return { headers: response.headers, bytes: Buffer.from(await response.arrayBuffer()) }
}
async function kept(): Promise<string[]> {
  const names = await readdir(folder, { recursive: true })
  return names
    .filter((name) => /^..\/[0-9a-f]{64}$/.test(name))
    .map((name) => name.slice(3))
    .sort()
}
const opened = async (fileId: string) =>
  (
    await sql`select 1 from audit.entry where action = 'files.file_opened' and subject_id = ${fileId}`.execute(
      server.database.owner,
    )
  ).rows.length

describe('an attached file', () => {
  it('comes back as it was, to whoever may see it, and reading it is on record', async () => {
    const fileId = await attached('Quye\u0302\u0301t định.pdf', pdf('QĐ 1021'))
    const { headers, bytes } = await raw(`/api/files/${fileId}`)
    expect(bytes.equals(pdf('QĐ 1021'))).toBe(true)
    expect(headers.get('content-type')).toBe('application/pdf')
    expect(headers.get('content-disposition')).toBe(
      `inline; filename*=UTF-8''${encodeURIComponent('Quyết định.pdf')}`,
    )
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('content-security-policy')).toContain("default-src 'none'")
    expect(headers.get('cache-control')).toBe('private, no-store')
    expect((await server.as('leader').get(`/api/files/${fileId}`)).status).toBe(200)
    expect((await server.as('district_leader').get(`/api/files/${fileId}`)).status).toBe(200)
    expect(await opened(fileId)).toBe(3)
  })

  it('that is a table is downloaded and never shown', async () => {
    const { headers } = await raw(
      `/api/files/${await attached('ds.csv', Buffer.from('Thôn;Tên\nTrung Tâm;Lò Thị Mai\n'))}`,
    )
    expect(headers.get('content-disposition')).toMatch(/^attachment; /)
    expect(headers.get('content-type')).toBe('text/csv; charset=utf-8')
    expect(headers.get('content-security-policy')).toContain('sandbox')
  })

  it('that is a picture is drawn anew, has a thumbnail, and is opened without a record', async () => {
    const fileId = await attached('hoạt động.jpg', await photo('jpeg', 900, 600))
    const { headers, bytes } = await raw(`/api/files/${fileId}`)
    expect(headers.get('content-security-policy')).toContain('sandbox')
    expect((await sharp(bytes).metadata()).exif).toBeUndefined()
    for (const _ of ['drawn', 'kept']) {
      const thumbnail = await raw(`/api/files/${fileId}/thumbnail`)
      expect(thumbnail.headers.get('content-type')).toBe('image/webp')
      expect((await sharp(thumbnail.bytes).metadata()).height).toBe(320)
    }
    expect(await opened(fileId)).toBe(0)
  })

  it('has no thumbnail where it is no picture', async () => {
    const fileId = await attached('qd.pdf', pdf('thumbnail'))
    expect((await server.as('commune_officer').get(`/api/files/${fileId}/thumbnail`)).status).toBe(404)
  })

  it('outside one’s scope answers as one that does not exist', async () => {
    const fileId = await attached('qd.pdf', pdf('scope'))
    const answers = []
    for (const id of [fileId, crypto.randomUUID()]) {
      for (const who of ['auditor', 'without_grants', 'expired', 'revoked', 'village_head'] as const) {
        const { status, body } = await server.as(who).get(`/api/files/${id}`)
        answers.push(JSON.stringify([status, { ...body.error, requestId: '' }]))
      }
    }
    expect(new Set(answers).size).toBe(1)
    expect(JSON.parse(answers[0]!)[0]).toBe(404)
    expect((await server.anonymous.get(`/api/files/${fileId}`)).status).toBe(401)
    expect(await opened(fileId)).toBe(0)
  })

  it.each(['..%2f..%2fetc%2fpasswd', '%00', 'aa', "'; select 1"])(
    'is never found by a path: %s',
    async (id) => {
      expect((await server.as('commune_officer').get(`/api/files/${encodeURI(id)}`)).status).toBeOneOf([
        400, 404,
      ])
    },
  )

  it('is gone from sight once removed, and stays on record', async () => {
    const fileId = await attached('qd.pdf', pdf('removed'))
    const actorOf = (key: AccountKey) => ({
      ...server.world.accounts[key],
      displayName: '',
      held: [],
      requestId: null,
      address: null,
    })
    const remove = (key: AccountKey) =>
      server.database.write(actorOf(key), (tx) => removeAttachment(tx, actorOf(key), fileId))
    await expect(remove('leader')).rejects.toMatchObject({ code: 'http.not_found' })
    await remove('commune_officer')
    expect((await server.as('commune_officer').get(`/api/files/${fileId}`)).status).toBe(404)
    const described = await server.database.read(actorOf('commune_officer'), (tx) =>
      describeAttachments(tx, [fileId]),
    )
    expect(described).toEqual([])
    const { rows } = await sql`select 1 from files.attachment where id = ${fileId}`.execute(
      server.database.owner,
    )
    expect(rows).toHaveLength(1)
  })
})

describe('attaching is refused', () => {
  it('to another unit than one’s own, by the database itself', async () => {
    const answer = await upload('commune_officer', 'qd.pdf', pdf('a2'), { unitId: server.world.units.a2 })
    expect([answer.status, answer.body.error.code]).toEqual([403, 'access.outside_scope'])
    expect((await upload('leader', 'qd.pdf', pdf('leader'))).status).toBe(403)
  })

  it('for a file that is not what its name says, naming the field', async () => {
    const answer = await upload('commune_officer', 'anh.jpg', pdf('lie'))
    expect([answer.status, answer.body.error.code, answer.body.error.fields[0].path]).toEqual([
      422,
      'files.name_lies',
      'file',
    ])
  })

  it('for what is larger than the server takes, and what is no upload at all', async () => {
    const large = await upload('commune_officer', 'anh.jpg', Buffer.alloc(20_000_001))
    expect([large.status, large.body.error.code]).toEqual([413, 'http.too_large'])
    const json = await server.as('commune_officer').post('/api/files-test', { a: 1 })
    expect([json.status, json.body.error.code]).toEqual([400, 'files.not_multipart'])
  })

  it('for two files, no file, a field sent twice, and a file in another field', async () => {
    const send = async (...parts: [string, string | Blob][]) => {
      const form = new FormData()
      for (const [name, value] of parts) form.append(name, value)
      const encoded = new Response(form)
      return server.as('commune_officer').raw('POST', '/api/files-test', {
        headers: { 'content-type': encoded.headers.get('content-type') ?? '' },
        body: new Uint8Array(await encoded.arrayBuffer()),
      })
    }
    const file = new Blob([new Uint8Array(pdf())])
    const codes = [
      await send(['file', file], ['file', file]),
      await send(['unitId', '1']),
      await send(['unitId', '1'], ['unitId', '2'], ['file', file]),
      await send(['other', file]),
    ].map(({ status, body }) => [status, body?.error.code])
    expect(codes).toEqual([
      [422, 'files.one_at_a_time'],
      [422, 'files.missing'],
      [400, 'http.invalid'],
      [400, 'http.invalid'],
    ])
  })

  it('with a name that would lead out of the folder, only of the folder', async () => {
    const fileId = await attached('../../../tmp/a.xlsx', xlsx())
    const { rows } = await sql<{
      name: string
    }>`select name from files.attachment where id = ${fileId}`.execute(server.database.owner)
    expect(rows[0]!.name).toBe('a.xlsx')
  })
})

describe('the store', () => {
  it('keeps the same bytes once', async () => {
    const before = await kept()
    const [one, other] = await Promise.all([
      attached('một.pdf', pdf('once')),
      attached('hai.pdf', pdf('once')),
    ])
    expect(one).not.toBe(other)
    expect((await kept()).length).toBe(before.length + 1)
    expect(await kept()).toContain(sha256Of(pdf('once')))
  })

  it('says so in words when bytes were damaged on the disk, and mends them when they come again', async () => {
    const fileId = await attached('qd.pdf', pdf('damaged'))
    const sha256 = sha256Of(pdf('damaged'))
    const path = join(folder, sha256.slice(0, 2), sha256)
    await writeFile(path, pdf('DAMAGED'))
    const answer = await server.as('commune_officer').get(`/api/files/${fileId}`)
    expect([answer.status, answer.body.error.code]).toEqual([410, 'files.lost'])
    await attached('qd.pdf', pdf('damaged'))
    expect((await readFile(path)).equals(pdf('damaged'))).toBe(true)
  })

  it('sweeps what an undone transaction left behind after a day, twice to the same effect, and nothing else', async () => {
    await upload('commune_officer', 'qd.pdf', pdf('undone'), { undo: 'yes' })
    const orphan = sha256Of(pdf('undone'))
    await attached('qd.pdf', pdf('stays'))
    expect(await kept()).toContain(orphan)
    await sweep(server.database, new Date(Date.now() - 86_400_000))
    expect(await kept()).toContain(orphan)
    const path = join(folder, orphan.slice(0, 2), orphan)
    await utimes(path, new Date(0), new Date(0))
    await mkdir(join(folder, 'half-written'), { recursive: true })
    await writeFile(join(folder, 'half-written', 'x'), 'half')
    await sweep(server.database, new Date(Date.now() + 1000))
    await sweep(server.database, new Date(Date.now() + 1000))
    expect(await kept()).not.toContain(orphan)
    expect(await kept()).toContain(sha256Of(pdf('stays')))
    expect(await readdir(join(folder, 'half-written'))).toEqual([])
  })

  it('does not sweep what a transaction under way is about to put on record', async () => {
    const actor = {
      ...server.world.accounts.commune_officer,
      displayName: '',
      held: [],
      requestId: null,
      address: null,
    }
    const fileId = await server.database.write(actor, async (tx) => {
      const made = await attach(tx, actor, {
        bytes: pdf('under way'),
        name: 'qd.pdf',
        unitId: server.world.units.a1,
        viewCapability: 'files.test_view',
        changeCapability: 'files.test_change',
        kinds: ['pdf'],
      })
      await sweep(server.database, new Date(Date.now() + 1000))
      return made.fileId
    })
    expect((await server.as('commune_officer').get(`/api/files/${fileId}`)).status).toBe(200)
  })
})
