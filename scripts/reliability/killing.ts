import { readFileSync } from 'node:fs'
import path from 'node:path'
import { processesIn } from '../../src/platform/postgres/process.ts'
import type { Office } from './office.ts'
import { onDatabase } from './proof.ts'
import { oneOf } from './seeded.ts'
import type { ServerProcess } from './server-process.ts'

/** What is killed. A job runs, or has just begun to, where the worker is meant. */
export const victims = [
  'the server',
  'the server while a job runs',
  'the connection of the worker',
  'a process of the database',
  'the database',
  'the server and the database',
] as const
export type Victim = (typeof victims)[number]

/** Of a hundred kills: starting a server anew takes longest, the database restarts by itself. */
const shares: readonly [Victim, number][] = [
  ['the server', 16],
  ['the server while a job runs', 10],
  ['the connection of the worker', 20],
  ['a process of the database', 27],
  ['the database', 23],
  ['the server and the database', 4],
]

export function chooseVictim(random: () => number): Victim {
  let rest = random() * 100
  for (const [victim, share] of shares) {
    rest -= share
    if (rest < 0) return victim
  }
  return 'the server'
}

export function postmasterOf(cluster: string): number {
  return Number(readFileSync(path.join(cluster, 'postmaster.pid'), 'utf8').split('\n')[0])
}

export type Scene = {
  server: ServerProcess
  cluster: string
  ownerUrl: string
  office: Office
  random: () => number
}

/** Kills without warning; answers whether the server must be started anew. */
export async function killNow(victim: Victim, scene: Scene): Promise<boolean> {
  const { server, cluster } = scene
  if (victim === 'the server while a job runs' || victim === 'the connection of the worker') {
    await scene.office.askRecount()
    const worker = await workerAtWork(scene.ownerUrl)
    if (victim === 'the connection of the worker') {
      killProcess(worker ?? postmasterOf(cluster))
      return false
    }
  }
  if (victim === 'a process of the database') {
    const postmaster = postmasterOf(cluster)
    killProcess(
      oneOf(
        scene.random,
        processesIn(cluster).filter((pid) => pid !== postmaster),
      ),
    )
    return false
  }
  if (victim !== 'the database') await server.kill()
  if (victim === 'the database' || victim === 'the server and the database')
    killProcess(postmasterOf(cluster))
  return victim !== 'the database'
}

function killProcess(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch {
    // It left by itself a moment ago.
  }
}

/** The database's process that serves the worker: the one that runs something, if any does within a fifth of a second. */
async function workerAtWork(url: string): Promise<number | undefined> {
  return onDatabase(url, async (client) => {
    let found: number | undefined
    for (let look = 0; look < 20; look += 1) {
      const { rows } = await client.query<{ pid: number; running: boolean }>(
        `select a.pid, exists (select from graphile_worker.jobs where locked_at is not null) as running
         from pg_stat_activity a where a.application_name = 'banlang jobs'
         order by a.state = 'active' desc, a.query_start desc`,
      )
      found = rows[0]?.pid ?? found
      if (rows[0]?.running) return found
      await new Promise((resolve) => setTimeout(resolve, 10))
    }
    return found
  })
}
