import { readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { projectFolder } from '../../src/platform/settings.ts'
import { withModule } from './app-list.ts'

const homes = { folder: 'smart-homes', camel: 'smartHomes' }

describe('the list of modules in app.ts', () => {
  it('gets one import and one entry, whatever stands around', () => {
    const before = `import { teams } from './modules/teams/index.ts'
import { units } from './platform/units/index.ts'

/** [In] this order. */
export const parts: readonly Part[] = [
  units, // first
  teams, // last
]
export const other = ['x']
`
    expect(withModule(before, homes)).toBe(`import { teams } from './modules/teams/index.ts'
import { smartHomes } from './modules/smart-homes/index.ts'
import { units } from './platform/units/index.ts'

/** [In] this order. */
export const parts: readonly Part[] = [
  units, // first
  teams,
  smartHomes, // last
]
export const other = ['x']
`)
  })

  it('is found in the product', () => {
    const lines = (text: string) => text.split('\n').map((line) => line.trim())
    const before = readFileSync(path.join(projectFolder, 'src', 'app.ts'), 'utf8')
    const after = withModule(before, { folder: 'newest', camel: 'newestModule' })
    expect(lines(after).filter((line) => !lines(before).includes(line))).toEqual([
      `import { newestModule } from './modules/newest/index.ts'`,
      'newestModule,',
    ])
  })

  it('refuses a name that is used there, and a file without it', () => {
    const before = `import { a } from './a.ts'\nexport const parts = [a]\n`
    expect(() => withModule(before, { folder: 'a', camel: 'a' })).toThrow(/đã có trong/)
    expect(() => withModule(before, { folder: 'parts', camel: 'parts' })).toThrow(/đã có trong/)
    expect(() => withModule('export const x = 1\n', homes)).toThrow(/Không tìm thấy/)
  })
})
