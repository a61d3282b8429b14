import { spawn } from 'node:child_process'
import path from 'node:path'
import { createCluster, ensureDatabase, ownerUrl } from '../../src/platform/postgres/cluster.ts'
import { choosePlace, type Place } from '../../src/platform/postgres/place.ts'
import { waitUntil } from '../../src/platform/postgres/process.ts'
import { findProgram, type Program } from '../../src/platform/postgres/program.ts'
import { onDatabase } from './proof.ts'

/** A database server that a test runs as it likes: with a replica beside it, or under another clock. */
export type OwnServer = {
  place: Place
  program: Program
  /** The owner's connection to the product's database. */
  url: string
}

/** Makes the files of a server below a folder; nothing runs yet. */
export async function makeOwnServer(folder: string): Promise<OwnServer> {
  const place = choosePlace(folder)
  const program = findProgram(place.runAs, place.home)
  await createCluster(place, program)
  return { place, program, url: ownerUrl(place, 'banlang') }
}

/** Runs it and waits until it answers; answers how to stop it. */
export async function runOwnServer(
  { place, program }: OwnServer,
  settings: Record<string, string>,
  environment: Record<string, string> = {},
): Promise<() => Promise<void>> {
  const all = {
    listen_addresses: '',
    unix_socket_directories: place.socket,
    max_connections: '100',
    shared_buffers: '64MB',
    ...settings,
  }
  const server = spawn(
    path.join(program.bin, 'postgres'),
    ['-D', place.cluster, ...Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`])],
    {
      ...place.runAs,
      cwd: place.home,
      env: { LC_ALL: 'C.UTF-8', PATH: '/usr/bin:/bin', HOME: '/', TZ: 'UTC', ...environment },
      stdio: ['ignore', 'ignore', 'pipe'],
    },
  )
  let said = ''
  server.stderr.setEncoding('utf8').on('data', (text: string) => {
    said = (said + text).slice(-20_000)
  })
  const gone = new Promise<void>((resolve) => server.once('close', () => resolve()))
  const answers = () =>
    onDatabase(ownerUrl(place, 'postgres'), (client) => client.query('select 1')).then(
      () => true,
      () => false,
    )
  if (!(await waitUntil(answers, 60_000))) {
    server.kill('SIGKILL')
    throw new Error(`The database does not answer:\n${said}`)
  }
  if (!('hot_standby' in settings)) await ensureDatabase(place, 'banlang')
  return async () => {
    server.kill('SIGINT')
    await gone
  }
}
