import { readdirSync, readFileSync, readlinkSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'

type ProcessState = { state: string; parentPid: number; startTicks: string }

function readState(pid: number): ProcessState | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    // The command name is in brackets and may itself hold spaces and brackets.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    return { state: fields[0] ?? '', parentPid: Number(fields[1]), startTicks: fields[19] ?? '' }
  } catch {
    return undefined
  }
}

/** Whether a process lives; a zombie that nobody has collected counts as gone. */
export function isAlive(pid: number): boolean {
  const found = readState(pid)
  return found !== undefined && found.state !== 'Z' && found.state !== 'X'
}

/** Names one life of a pid, because pids are used again; undefined when there is no such process. */
export function lifeOf(pid: number): string | undefined {
  return isAlive(pid) ? readState(pid)?.startTicks : undefined
}

/** Every living process whose working folder is the given one; PostgreSQL's processes all sit in their data folder. */
export function processesIn(folder: string): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => pid !== process.pid && isAlive(pid) && worksIn(pid, folder))
}

/** Whether the process has the folder (a real path) as its working folder. */
export function worksIn(pid: number, folder: string): boolean {
  try {
    return readlinkSync(`/proc/${pid}/cwd`) === folder
  } catch {
    return false
  }
}

/** Waits until the condition holds; false when it does not within the given milliseconds. */
export async function waitUntil(
  condition: () => boolean | Promise<boolean>,
  withinMs: number,
): Promise<boolean> {
  const until = performance.now() + withinMs
  while (performance.now() < until) {
    if (await condition()) return true
    await sleep(20)
  }
  return condition()
}
