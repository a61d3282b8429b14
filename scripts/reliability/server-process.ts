import type { ChildProcess } from 'node:child_process'
import path from 'node:path'
import { runServer } from '../server-command.ts'

/** The product's server in a process of its own, without npm and launcher, so that its one process can be killed. */
export type ServerProcess = {
  pid: number
  address: string
  said(): string
  isGone(): boolean
  /** kill -9, and waits until it is gone. */
  kill(): Promise<void>
  /** Ends it as an operator would. */
  stop(): Promise<void>
}

const living = new Set<ChildProcess>()

/** Ends every server that still lives, also one that has not printed its address yet. */
export async function stopServers(): Promise<void> {
  await Promise.all(
    [...living].map((child) => {
      const gone = new Promise((resolve) => child.once('close', resolve))
      child.kill('SIGTERM')
      return gone
    }),
  )
}

/** Starts `src/main.ts` and waits until it has printed its address; throws with what it said when it ends before. */
export async function startServer(
  environment: Record<string, string>,
  withinMs = 120_000,
): Promise<ServerProcess> {
  const child = runServer(path.join('src', 'main.ts'), environment)
  living.add(child)
  const { promise: exited, resolve: exit } = Promise.withResolvers<void>()
  child.once('close', () => {
    living.delete(child)
    exit()
  })
  let said = ''
  const { promise: printed, resolve: print } = Promise.withResolvers<string | undefined>()
  for (const stream of [child.stdout, child.stderr])
    stream?.setEncoding('utf8').on('data', (text: string) => {
      said = (said + text).slice(-100_000)
      const address = /is running at (http\S+)\n/.exec(said)?.[1]
      if (address) print(address)
    })
  void exited.then(() => print(undefined))
  const late = setTimeout(() => print(undefined), withinMs)
  const address = await printed
  clearTimeout(late)
  const end = async (signal: 'SIGKILL' | 'SIGTERM') => {
    child.kill(signal)
    await exited
  }
  if (!address || !child.pid) {
    await end('SIGKILL')
    throw new Error(`The server printed no address:\n${said}`)
  }
  return {
    pid: child.pid,
    address,
    said: () => said,
    isGone: () => !living.has(child),
    kill: () => end('SIGKILL'),
    stop: () => end('SIGTERM'),
  }
}
