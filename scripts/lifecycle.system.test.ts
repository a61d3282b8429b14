import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { isAlive, processesIn, waitUntil } from '../src/platform/postgres/process.ts'
import { projectFolder } from '../src/platform/settings.ts'
import { killHard, pressCtrlC, type RunningProduct, runScript, startProduct } from './running-product.ts'

const isRoot = process.getuid?.() === 0
const nobody = { uid: 65_534, gid: 65_534 }
let scratch: string
let data: string
const running: RunningProduct[] = []

const environment = () => ({ BANLANG_DATA: data, BANLANG_DEMO: 'no', PORT: '0' })
const clusterFolder = () => realpathSync(path.join(data, 'postgres', 'cluster'))
const postmaster = () =>
  Number(readFileSync(path.join(clusterFolder(), 'postmaster.pid'), 'utf8').split('\n')[0])

async function start(folder = projectFolder): Promise<RunningProduct> {
  const product = await startProduct({ folder, environment: environment() })
  running.push(product)
  return product
}

async function answers(address: string): Promise<boolean> {
  return fetch(address).then(
    (reply) => reply.status < 500,
    () => false,
  )
}

beforeAll(() => {
  // Short: a socket lives below, and its path must fit into 107 bytes.
  scratch = mkdtempSync(path.join(tmpdir(), 'bl-'))
  execFileSync('chmod', ['755', scratch])
  data = path.join(scratch, 'data')
})

afterEach(async () => {
  for (const product of running.splice(0)) {
    const chain = product.chain()
    if (product.npm.exitCode === null && product.npm.signalCode === null) await pressCtrlC(product)
    killHard(chain)
  }
})

afterAll(() => {
  for (const folder of [path.join(data, 'postgres', 'cluster')]) {
    try {
      killHard(processesIn(realpathSync(folder)))
    } catch {
      // The folder was never made.
    }
  }
  rmSync(scratch, { recursive: true, force: true })
})

describe('stopping', () => {
  it('leaves nothing running after Ctrl-C', async () => {
    const product = await start()
    expect(await answers(product.address)).toBe(true)
    const chain = product.chain()
    await pressCtrlC(product)
    expect(chain.filter(isAlive)).toEqual([])
    expect(processesIn(clusterFolder())).toEqual([])
    expect(await answers(product.address)).toBe(false)
  })

  it('leaves nothing running after kill of npm', async () => {
    const product = await start()
    const chain = product.chain()
    product.npm.kill('SIGTERM')
    await product.exited
    expect(await waitUntil(() => !chain.some(isAlive), 20_000)).toBe(true)
    expect(processesIn(clusterFolder())).toEqual([])
  })

  it('is done by npm run stop too', async () => {
    const product = await start()
    const stopped = await runScript('stop', [], { folder: projectFolder, environment: environment() })
    expect(stopped).toMatchObject({ code: 0 })
    await product.exited
    expect(processesIn(clusterFolder())).toEqual([])
  })
})

describe('a start after kill -9', () => {
  const victims = [
    ['npm', (chain: number[]) => chain.slice(0, 1)],
    ['the launcher', (chain: number[]) => chain.slice(-2, -1)],
    ['the server', (chain: number[]) => chain.slice(-1)],
    ['npm, the launcher and the server at once', (chain: number[]) => chain],
    ['all of them and the database', (chain: number[]) => [...chain, postmaster()]],
  ] as const

  it.each(victims)('takes over what %s left behind', async (_name, choose) => {
    const killed = await start()
    const chain = killed.chain()
    expect(chain.length).toBeGreaterThanOrEqual(3)
    killHard(choose(chain))
    expect(await waitUntil(() => !chain.some(isAlive), 30_000)).toBe(true)

    const next = await start()
    expect(await answers(next.address)).toBe(true)
    const ofOneServer = processesIn(clusterFolder()).filter((pid) => pid === postmaster())
    expect(ofOneServer).toHaveLength(1)
  })

  it('is not needed when only the database was killed: the product starts it again', async () => {
    const product = await start()
    const before = postmaster()
    killHard([before])
    expect(await waitUntil(() => answersAgain(before, product.address), 20_000)).toBe(true)
  })
})

async function answersAgain(formerPid: number, address: string): Promise<boolean> {
  try {
    return postmaster() !== formerPid && (await answers(address))
  } catch {
    return false
  }
}

describe('a second start on the same data', () => {
  it('says so with the address, ends with an error and leaves the first alone', async () => {
    const first = await start()
    const second = await runScript('start', [], { folder: projectFolder, environment: environment() })
    expect(second.code).toBe(1)
    expect(second.output).toContain('đã chạy trên dữ liệu')
    expect(second.output).toContain(first.address)
    expect(await answers(first.address)).toBe(true)
  })

  it('says so when the port is taken by another program', async () => {
    const first = await start()
    const elsewhere = {
      ...environment(),
      BANLANG_DATA: path.join(scratch, 'b'),
      PORT: new URL(first.address).port,
    }
    const second = await runScript('start', [], { folder: projectFolder, environment: elsewhere })
    expect(second.code).toBe(1)
    expect(second.output).toContain('đang có chương trình khác dùng')
  })
})

describe('moving an installation', () => {
  it('backs up while the product runs and restores elsewhere, but not onto the running one', async () => {
    const first = await start()
    const archive = path.join(scratch, 'all.tar.gz')
    const elsewhere = { ...environment(), BANLANG_DATA: path.join(scratch, 'c') }
    const backup = await runScript('backup', [archive], { folder: projectFolder, environment: environment() })
    expect(backup).toMatchObject({ code: 0 })
    expect(await answers(first.address)).toBe(true)

    const onto = await runScript('restore', [archive], { folder: projectFolder, environment: environment() })
    expect(onto.code).toBe(1)
    expect(onto.output).toContain('đã chạy trên dữ liệu')

    const moved = await runScript('restore', [archive], { folder: projectFolder, environment: elsewhere })
    expect(moved).toMatchObject({ code: 0 })
    const product = await startProduct({ folder: projectFolder, environment: elsewhere })
    running.push(product)
    expect(await answers(product.address)).toBe(true)
  })

  it('asks for a file name', async () => {
    const nameless = await runScript('backup', [], { folder: projectFolder, environment: environment() })
    expect(nameless.code).toBe(1)
    expect(nameless.output).toContain('Hãy cho đúng một tên tệp')
  })
})

/** A copy of the project without what is installed; packages are linked. */
function copyProject(to: string): string {
  const left = new Set(['node_modules', '.git', '.data', 'test-results'])
  mkdirSync(to, { recursive: true })
  cpSync(projectFolder, to, {
    recursive: true,
    filter: (source) => !left.has(path.relative(projectFolder, source)),
  })
  symlinkSync(realpathSync(path.join(projectFolder, 'node_modules')), path.join(to, 'node_modules'))
  return to
}

describe.runIf(isRoot)('who runs it', () => {
  it('runs for root below a folder that only root may enter, and says where the database went', async () => {
    const closed = path.join(scratch, 'closed')
    mkdirSync(closed, { mode: 0o700 })
    const folder = copyProject(path.join(closed, 'product'))
    const product = await startProduct({ folder, environment: { BANLANG_DEMO: 'no', PORT: '0' } })
    running.push(product)
    expect(await answers(product.address)).toBe(true)
    const where = readFileSync(path.join(folder, '.data', 'postgres.location'), 'utf8').trim()
    expect(product.output()).toContain(where)
    await pressCtrlC(product)

    const again = await startProduct({ folder, environment: { BANLANG_DEMO: 'no', PORT: '0' } })
    running.push(again)
    expect(again.output()).toContain(where)
    await pressCtrlC(again)
    rmSync(where, { recursive: true, force: true })
  })

  it('runs for an ordinary user on packages that another user installed', async () => {
    const home = path.join(scratch, 'home')
    mkdirSync(home)
    const folder = copyProject(path.join(home, 'product'))
    execFileSync('chown', ['-hR', `${nobody.uid}:${nobody.gid}`, home])
    const options = { folder, environment: { BANLANG_DEMO: 'no', PORT: '0', HOME: home }, user: nobody }
    const product = await startProduct(options)
    running.push(product)
    expect(await answers(product.address)).toBe(true)
    await pressCtrlC(product)
  })
})
