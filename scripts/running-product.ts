import { type ChildProcess, spawn } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { isAlive, waitUntil } from '../src/platform/postgres/process.ts'

/** The product as tests start it: by `npm start`, as an operator would, with everything it printed. */
export type RunningProduct = {
  npm: ChildProcess
  address: string
  output(): string
  /** Process ids from npm down to the server, the database not among them. */
  chain(): number[]
  exited: Promise<number | null>
}

type Options = {
  folder: string
  environment: Record<string, string>
  user?: { uid: number; gid: number }
  withinMs?: number
}

/** Processes below a process, nearest first. */
function below(pid: number): number[] {
  const parents = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        const stat = readFileSync(`/proc/${name}/stat`, 'utf8')
        return [[Number(name), Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1])] as const]
      } catch {
        return []
      }
    })
  const children = parents.filter(([, parent]) => parent === pid).map(([child]) => child)
  return children.flatMap((child) => [child, ...below(child)])
}

function commandOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ')
  } catch {
    return ''
  }
}

/** Runs an npm script of a project folder and waits for its end. */
export async function runScript(
  script: string,
  args: string[],
  options: Options,
): Promise<{ code: number | null; output: string }> {
  const { npm, exited, output } = launch(['run', script, ...args], options)
  const timer = setTimeout(() => npm.kill('SIGKILL'), options.withinMs ?? 120_000)
  const code = await exited
  clearTimeout(timer)
  return { code, output: output() }
}

function launch(args: string[], options: Options) {
  const npm = spawn('npm', args, {
    ...options.user,
    cwd: options.folder,
    // A group of its own, so that a test can send what Ctrl-C sends.
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      ...options.environment,
    },
  })
  let said = ''
  for (const stream of [npm.stdout, npm.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => {
      said += text
    })
  const exited = new Promise<number | null>((resolve) => npm.once('close', resolve))
  return { npm, exited, output: () => said }
}

/** Starts the product and waits until it has printed its address. */
export async function startProduct(options: Options): Promise<RunningProduct> {
  const { npm, exited, output } = launch(['start'], options)
  const printed = () => /is running at (http\S+)/.exec(output())?.[1]
  let over = false
  void exited.then(() => {
    over = true
  })
  await waitUntil(() => printed() !== undefined || over, options.withinMs ?? 120_000)
  const address = printed()
  if (!address) {
    npm.kill('SIGKILL')
    throw new Error(`The product printed no address:\n${output()}`)
  }
  const npmPid = npm.pid ?? 0
  return {
    npm,
    address,
    output,
    exited,
    chain: () => [
      npmPid,
      ...below(npmPid).filter((pid) => !/initdb|bin\/postgres|^postgres/.test(commandOf(pid))),
    ],
  }
}

/** Sends what Ctrl-C in a terminal sends, to the whole group, and waits for the end. */
export async function pressCtrlC(product: RunningProduct): Promise<number | null> {
  if (product.npm.pid) process.kill(-product.npm.pid, 'SIGINT')
  return product.exited
}

/** Kills without warning those of the processes that still live. */
export function killHard(pids: readonly number[]): void {
  for (const pid of pids) if (isAlive(pid)) process.kill(pid, 'SIGKILL')
}
