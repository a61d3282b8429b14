import { spawn } from 'node:child_process'
import {
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { projectFolder } from '../src/platform/settings.ts'
import { killHard, pressCtrlC, runScript, startProduct } from './running-product.ts'

/** What the product does not hold: packages, and what was made from the sources. */
const notSources = new Set(['node_modules', 'dist', '.data', '.git', 'test-results'])
const folders = ['smart-homes', 'posts']
const made = folders.map((folder) => `src/modules/${folder}`)

let scratch: string
let copy: string
let printed: string
let types: Promise<Done>

type Done = { code: number | null; out: string; said: string }

function run(...args: string[]): Promise<Done> {
  const { promise, resolve, reject } = Promise.withResolvers<Done>()
  const [tool = '', ...rest] = args
  const child = spawn(process.execPath, [path.join(projectFolder, 'node_modules', tool), ...rest], {
    cwd: copy,
    stdio: ['ignore', 'pipe', 'pipe'],
    // Without what the test run itself was started with.
    env: {
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      DATABASE_URL: process.env.DATABASE_URL,
      NO_COLOR: '1',
    },
  })
  let out = ''
  let said = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    out += text
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said += text
  })
  child.once('error', reject)
  child.once('close', (code) => resolve({ code, out, said: out + said }))
  return promise
}

const newModule = (...args: string[]) => runScript('new-module', args, { folder: copy, environment: {} })

/** The lines that speak of the new modules; whether the rest of the house is in order is for `npm run check`. */
const ofThem = (said: string) =>
  said.split('\n').filter((line) => made.some((folder) => line.includes(folder)) || /src\/app\.ts/.test(line))

beforeAll(async () => {
  // Short: the socket of a database lives below.
  scratch = mkdtempSync(path.join(tmpdir(), 'bl-'))
  copy = path.join(scratch, 'copy')
  cpSync(projectFolder, copy, {
    recursive: true,
    filter: (from) => !notSources.has(path.relative(projectFolder, from).split(path.sep)[0] ?? ''),
  })
  symlinkSync(realpathSync(path.join(projectFolder, 'node_modules')), path.join(copy, 'node_modules'))
  printed = (await newModule('smart-homes', 'Nhà thông minh', 'Smart homes')).output
  await newModule('posts')
  types = run('typescript/bin/tsc', '--pretty', 'false')
})

afterAll(() => rmSync(scratch, { recursive: true, force: true }))

describe('npm run new-module', () => {
  it('makes the folder, names it in app.ts, and says what to do next in both languages', () => {
    expect(printed).toContain('Việc tiếp theo:')
    expect(printed).toContain('What to do next:')
    expect(readdirSync(path.join(copy, 'src/modules/smart-homes'))).toEqual(
      expect.arrayContaining([
        'contract.ts',
        'index.ts',
        'migrations',
        'pages',
        'smart-homes.matrix.ts',
        'texts.ts',
      ]),
    )
    const app = readFileSync(path.join(copy, 'src/app.ts'), 'utf8')
    expect(app.match(/smartHomes/g)).toHaveLength(2)
    expect(app.match(/\bposts\b/g)).toHaveLength(3)
  })

  it.each([
    ['a module that is there', 'smart_homes', 'đã có'],
    ['the address of a page', 'plans', 'đã có'],
    ['a name of app.ts', 'parts', 'đã có trong src/app.ts'],
    ['capitals', 'Homes', 'viết thường'],
  ])('refuses %s in words and makes nothing', async (_what, name, words) => {
    const before = readdirSync(path.join(copy, 'src/modules')).length
    const app = readFileSync(path.join(copy, 'src/app.ts'), 'utf8')
    const { code, output } = await newModule(name)
    expect(code).toBe(1)
    expect(output).toContain(words)
    expect(output).not.toContain('    at ')
    expect(readdirSync(path.join(copy, 'src/modules'))).toHaveLength(before)
    expect(readFileSync(path.join(copy, 'src/app.ts'), 'utf8')).toBe(app)
  })
})

describe('the new module, as it was made', () => {
  it('is formatted and linted', async () => {
    const biome = await run('@biomejs/biome/bin/biome', 'check', '--error-on-warnings', ...made, 'src/app.ts')
    expect(biome).toMatchObject({ code: 0, said: expect.stringMatching(/Checked [1-9]\d files/) })
    expect(await run('oxlint/bin/oxlint', ...made)).toMatchObject({ code: 0 })
  })

  it('stays within the walls', async () => {
    const cruiser = 'dependency-cruiser/bin/dependency-cruiser.mjs'
    const violation = z.object({ rule: z.object({ name: z.string() }), from: z.string(), to: z.string() })
    const report = z.object({
      summary: z.object({ violations: z.array(violation), totalCruised: z.number() }),
    })
    const walls = ['--output-type', 'json', 'src', 'demo', 'scripts']
    const order = ['--config', '.dependency-cruiser-folders.cjs', '--output-type', 'json', 'src']
    for (const args of [walls, order]) {
      const { violations, totalCruised } = report.parse(JSON.parse((await run(cruiser, ...args)).out)).summary
      expect(totalCruised).toBeGreaterThan(100)
      expect(violations.filter(({ from, to }) => ofThem(`${from}\n${to}`).length > 0)).toEqual([])
    }
  })

  it('has no dead code', async () => {
    const { said } = await run(
      'knip/bin/knip.js',
      '--no-progress',
      '--no-config-hints',
      '--reporter',
      'compact',
    )
    expect(ofThem(said)).toEqual([])
  })

  it('has no type error', async () => {
    const { code, said } = await types
    expect([0, 2]).toContain(code)
    expect(ofThem(said)).toEqual([])
  })

  it('passes its own tests and its rows of the rights matrix', async () => {
    const report = path.join(scratch, 'report.json')
    const described = ['a record', 'the rights', 'a refusal', 'the day a record']
    const matrix = ['every route stands', '(GET|POST) /api/(smart-homes|posts)']
    const { said } = await run(
      'vitest/vitest.mjs',
      'run',
      ...made,
      'src/platform/rights.api.test.ts',
      `--testNamePattern=${[...described, ...matrix].join('|')}`,
      '--reporter=json',
      `--outputFile=${report}`,
    )
    expect(existsSync(report), said).toBe(true)
    const assertion = z.object({
      fullName: z.string(),
      status: z.string(),
      failureMessages: z.array(z.string()),
    })
    const results = z
      .object({ testResults: z.array(z.object({ assertionResults: z.array(assertion) })) })
      .parse(JSON.parse(readFileSync(report, 'utf8')))
      .testResults.flatMap((file) => file.assertionResults)
    const asked = results.filter(({ status }) => status === 'passed' || status === 'failed')
    expect(asked.filter(({ status }) => status === 'failed')).toEqual([])
    expect(asked.filter(({ fullName }) => fullName.includes('/api/smart-homes'))).toHaveLength(3)
    expect(asked.length).toBeGreaterThanOrEqual(2 * (7 + 12 + 3) + 1)
  })

  it('is in the product that starts: its table, its routes, its measure, its page', async () => {
    const environment = { BANLANG_DATA: path.join(scratch, 'data'), BANLANG_DEMO: 'no', PORT: '0' }
    const product = await startProduct({ folder: copy, environment, withinMs: 180_000 })
    const chain = product.chain()
    try {
      expect(product.output()).toContain('smart_homes/0001-smart-homes.sql')
      const api = await fetch(`${product.address}/api/openapi.json`).then((reply) => reply.json())
      expect(Object.keys(api.paths)).toEqual(
        expect.arrayContaining(['/api/smart-homes', '/api/smart-homes/{recordId}/end', '/api/posts']),
      )
      expect((await fetch(`${product.address}/api/smart-homes?unitId=1`)).status).toBe(401)
      expect((await fetch(`${product.address}/smart-homes`)).status).toBe(200)
      const built = readdirSync(path.join(copy, 'dist/web/assets'))
      expect(built.filter((file) => /^smart-homes-page-.*\.js$/.test(file))).toHaveLength(1)
    } finally {
      await pressCtrlC(product)
      killHard(chain)
    }
  })
})
