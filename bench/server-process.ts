import { readFileSync } from 'node:fs'
import { runServer } from '../scripts/server-command.ts'

/** A server in a process of its own. */
export type ServerProcess = {
  address: string
  /** From the start of the process to the printed address, in milliseconds. */
  startedInMs: number
  /** Memory in use now and at its highest, in MB. */
  memory(): { now: number; peak: number }
  stop(): Promise<void>
}

const living = new Set<() => Promise<void>>()

/** Stops every server that was started, those included that have not printed their address yet; the last one first. */
export async function stopServers(): Promise<void> {
  for (const stop of [...living].reverse()) await stop()
}

/** Runs a file of the project and waits until it prints its address. It ends with this process, however that ends. */
export async function startServer(
  file: string,
  environment: Record<string, string>,
  withinMs = 120_000,
): Promise<ServerProcess> {
  const began = performance.now()
  const child = runServer(file, environment)
  const exited = new Promise<void>((resolve) => child.once('close', () => resolve()))
  const stop = async () => {
    living.delete(stop)
    child.kill('SIGTERM')
    await exited
  }
  living.add(stop)
  let said = ''
  const printed = new Promise<string | undefined>((resolve) => {
    for (const stream of [child.stdout, child.stderr])
      stream?.setEncoding('utf8').on('data', (text: string) => {
        said += text
        const address = /is running at (http\S+)\n/.exec(said)?.[1]
        if (address) resolve(address)
      })
    void exited.then(() => resolve(undefined))
    setTimeout(() => resolve(undefined), withinMs).unref()
  })
  const address = await printed
  if (!address) {
    await stop()
    throw new Error(`${file} printed no address:\n${said}`)
  }
  return {
    address,
    startedInMs: performance.now() - began,
    memory: () => ({ now: megabytes(child.pid, 'VmRSS'), peak: megabytes(child.pid, 'VmHWM') }),
    stop,
  }
}

function megabytes(pid: number | undefined, key: 'VmRSS' | 'VmHWM'): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8')
  return Number(new RegExp(`${key}:\\s+(\\d+)`).exec(status)?.[1]) / 1024
}
