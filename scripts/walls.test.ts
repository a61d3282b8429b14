import { spawnSync } from 'node:child_process'
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { projectFolder } from '../src/platform/settings.ts'

type Files = Record<string, string>

/** A small house in which everything stands where it should. */
const house: Files = {
  'src/app.ts': `import { teams } from './modules/teams/index.ts'\nimport { cases } from './modules/cases/index.ts'\nexport const parts = [teams, cases]\n`,
  'src/platform/actor/actor.ts': `export type Actor = { accountId: string }\n`,
  'src/platform/db/database.ts': `import pg from 'pg'\nexport const pool = () => new pg.Pool()\n`,
  'src/modules/teams/index.ts': `export { form } from './teams.actions.ts'\nexport const teams = 'teams'\n`,
  'src/modules/teams/contract.ts': `import { z } from 'zod'\nexport const Team = z.object({ name: z.string() })\n`,
  'src/modules/teams/texts.ts': `export const vi = { team: 'Tổ' }\n`,
  'src/modules/teams/teams.policy.ts': `import type { Actor } from '../../platform/actor/actor.ts'\nexport const mayForm = (actor: Actor) => actor.accountId !== ''\n`,
  'src/modules/teams/teams.rules.ts': `import { Team } from './contract.ts'\nexport const isTeam = (value: unknown) => Team.safeParse(value).success\n`,
  'src/modules/teams/teams.store.ts': `import { sql } from 'kysely'\nexport const insert = () => sql\`select 1\`\n`,
  'src/modules/teams/teams.actions.ts': `import { insert } from './teams.store.ts'\nimport { isTeam } from './teams.rules.ts'\nexport const form = () => (isTeam({}) ? insert() : undefined)\n`,
  'src/modules/teams/teams.routes.ts': `import { form } from './teams.actions.ts'\nexport const routes = [form]\n`,
  'src/modules/teams/pages/index.tsx': `import { Team } from '../contract.ts'\nimport { vi } from '../texts.ts'\nimport { theme } from '../../../web/theme.ts'\nexport const pages = [Team, vi, theme]\n`,
  'src/modules/cases/index.ts': `import { teams } from '../teams/index.ts'\nexport const cases = [teams]\n`,
  'src/platform/access/pages/index.tsx': `import { theme } from '../../../web/theme.ts'\nexport const pages = [theme]\n`,
  'src/web/theme.ts': `export const theme = {}\n`,
  'demo/load.ts': `import { form } from '../src/modules/teams/index.ts'\nexport const load = () => form()\n`,
}

/** Each wall, and files that trespass against it. */
const trespasses: Record<string, Files> = {
  'modules-meet-at-index': {
    'src/modules/cases/one.actions.ts': `import { form } from '../teams/teams.actions.ts'\nexport const again = form\n`,
  },
  'platform-knows-no-module': {
    'src/platform/db/seed.ts': `import { teams } from '../../modules/teams/index.ts'\nexport const seed = teams\n`,
  },
  'rules-and-policies-are-pure': {
    'src/modules/cases/cases.rules.ts': `import { readFileSync } from 'node:fs'\nexport const rule = () => readFileSync('x')\n`,
    'src/modules/cases/cases.policy.ts': `import { pool } from '../../platform/db/database.ts'\nexport const may = () => pool()\n`,
  },
  'pages-never-see-the-server': {
    'src/platform/access/pages/people.tsx': `import { pool } from '../../db/database.ts'\nexport const People = pool\n`,
    'src/modules/teams/pages/list.tsx': `import { form } from '../teams.actions.ts'\nexport const List = form\n`,
  },
  'browser-runs-no-server-library': {
    'src/modules/teams/pages/raw.tsx': `import pg from 'pg'\nexport const raw = pg\n`,
    'src/web/disk.ts': `import { readFileSync } from 'node:fs'\nexport const disk = readFileSync\n`,
  },
  'web-knows-no-module': {
    'src/web/menu.ts': `import { vi } from '../modules/teams/texts.ts'\nexport const menu = vi\n`,
  },
  'web-sees-contracts-of-the-platform': {
    'src/web/pool.ts': `import { pool } from '../platform/db/database.ts'\nexport const webPool = pool\n`,
  },
  'only-stores-touch-sql': {
    'src/modules/cases/two.actions.ts': `import { sql } from 'kysely'\nexport const two = () => sql\`select 2\`\n`,
  },
  'routes-skip-stores': {
    'src/modules/teams/more.routes.ts': `import { insert } from './teams.store.ts'\nexport const more = [insert]\n`,
  },
  'demo-uses-the-front-door': {
    'demo/rows.ts': `import { insert } from '../src/modules/teams/teams.store.ts'\nexport const rows = insert\n`,
  },
  'nobody-imports-tests': {
    'src/modules/cases/cases.test.ts': `export const made = 1\n`,
    'src/modules/cases/three.actions.ts': `import { made } from './cases.test.ts'\nexport const three = made\n`,
  },
  'no-cycles-between-files': {
    'src/modules/cases/a.ts': `import { b } from './b.ts'\nexport const a = () => b\n`,
    'src/modules/cases/b.ts': `import { a } from './a.ts'\nexport const b = () => a\n`,
  },
  'no-cycles-between-folders': {
    'src/platform/jobs/one.ts': `import { two } from '../files/two.ts'\nexport const one = two\n`,
    'src/platform/files/two.ts': `export const two = 2\n`,
    'src/platform/files/three.ts': `import { four } from '../jobs/four.ts'\nexport const three = four\n`,
    'src/platform/jobs/four.ts': `export const four = 4\n`,
  },
  'everything-resolves': {
    'src/modules/cases/four.actions.ts': `import { nothing } from './nowhere.ts'\nexport const four = nothing\n`,
  },
}

let scratch: string

function build(name: string, ...parts: Files[]): string {
  const folder = path.join(scratch, name)
  for (const [file, text] of parts.flatMap((files) => Object.entries(files))) {
    mkdirSync(path.dirname(path.join(folder, file)), { recursive: true })
    writeFileSync(path.join(folder, file), text)
  }
  const settings = [
    '.dependency-cruiser.cjs',
    '.dependency-cruiser-folders.cjs',
    '.oxlintrc.json',
    'biome.json',
  ]
  for (const file of [...settings, 'tsconfig.json', 'package.json'])
    copyFileSync(path.join(projectFolder, file), path.join(folder, file))
  symlinkSync(realpathSync(path.join(projectFolder, 'node_modules')), path.join(folder, 'node_modules'))
  return folder
}

function run(folder: string, tool: string, ...args: string[]): { code: number | null; said: string } {
  const program = path.join(projectFolder, 'node_modules', tool)
  const done = spawnSync(process.execPath, [program, ...args], {
    cwd: folder,
    encoding: 'utf8',
    env: { ...process.env, NO_COLOR: '1' },
  })
  return { code: done.status, said: done.stdout + done.stderr }
}

const cruiser = 'dependency-cruiser/bin/dependency-cruiser.mjs'

/** What the walls say of a house: `rule: file` lines and the number of files seen. */
function cruise(folder: string): { broken: string[]; seen: number } {
  const all = [
    run(folder, cruiser, '--output-type', 'json', 'src', 'demo'),
    run(folder, cruiser, '--output-type', 'json', '--config', '.dependency-cruiser-folders.cjs', 'src'),
  ].map(({ said }) => JSON.parse(said).summary as { violations: Violation[]; totalCruised: number })
  return {
    broken: all.flatMap((summary) => summary.violations.map(({ rule, from }) => `${rule.name}: ${from}`)),
    seen: Math.min(...all.map((summary) => summary.totalCruised)),
  }
}

type Violation = { rule: { name: string }; from: string }

beforeAll(() => {
  scratch = mkdtempSync(path.join(tmpdir(), 'blso-walls-'))
})

afterAll(() => rmSync(scratch, { recursive: true, force: true }))

describe('the walls', () => {
  it('let a house through in which everything stands where it should', () => {
    const { broken, seen } = cruise(build('sound', house))
    expect(broken).toEqual([])
    expect(seen).toBeGreaterThan(10)
  })

  it('catch every planted trespass, in the very file', () => {
    const { broken } = cruise(build('trespassed', house, ...Object.values(trespasses)))
    const caught = new Set(broken.map((line) => line.split(':')[0]))
    expect(caught).toEqual(new Set(Object.keys(trespasses)))
    expect(broken).toContain('modules-meet-at-index: src/modules/cases/one.actions.ts')
    expect(broken).toContain('rules-and-policies-are-pure: src/modules/cases/cases.rules.ts')
    expect(broken).toContain('rules-and-policies-are-pure: src/modules/cases/cases.policy.ts')
    expect(broken).toContain('pages-never-see-the-server: src/platform/access/pages/people.tsx')
    expect(broken).toContain('web-knows-no-module: src/web/menu.ts')
    expect(broken).toContain('web-sees-contracts-of-the-platform: src/web/pool.ts')
    expect(broken).toContain('browser-runs-no-server-library: src/modules/teams/pages/raw.tsx')
    expect(broken).toContain('browser-runs-no-server-library: src/web/disk.ts')
  })

  it('have a planted trespass for every rule', async () => {
    const rules = ['.dependency-cruiser.cjs', '.dependency-cruiser-folders.cjs'].map(
      async (file) => (await import(path.join(projectFolder, file))).default.forbidden as { name: string }[],
    )
    const names = (await Promise.all(rules)).flat().map((rule) => rule.name)
    expect(new Set(names)).toEqual(new Set(Object.keys(trespasses)))
  })
})

describe('the linters', () => {
  it('catch a promise that nobody waits for', () => {
    const folder = build('floating', {
      'src/floating.ts': `const later = async () => 1\nexport function now(): void {\n  later()\n}\n`,
    })
    const { code, said } = run(folder, 'oxlint/bin/oxlint', '-f', 'unix')
    expect(said).toContain('no-floating-promises')
    expect(code).not.toBe(0)
  })

  const offences = [
    ['noExcessiveLinesPerFile', `${'export {}\n'.repeat(301)}`],
    ['noDefaultExport', 'export default 1\n'],
    ['noExplicitAny', 'export const loose: any = 1\n'],
    ['noEnum', 'export enum Kind {\n  one,\n}\n'],
  ] as const

  it.each(offences)('catch %s', (rule, text) => {
    const folder = build(rule, { 'src/offence.ts': text })
    const { code, said } = run(folder, '@biomejs/biome/bin/biome', 'check', '--error-on-warnings')
    expect(said).toContain(rule)
    expect(code).not.toBe(0)
  })
})
