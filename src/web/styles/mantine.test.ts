import { existsSync, globSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { expect, it } from 'vitest'

const need = createRequire(import.meta.url)
const styles = need.resolve('@mantine/core/styles.css').replace(/styles\.css$/, 'styles/')
const imported = readFileSync(new URL('mantine.css', import.meta.url), 'utf8')

function mantineNames(source: string): string[] {
  return [...source.matchAll(/import \{([^}]+)\} from '@mantine\/core'/g)].flatMap(([, names = '']) =>
    names.split(',').map((name) => name.trim()),
  )
}

it('every Mantine part that a page uses has its style sheet', () => {
  const pages = globSync('src/**/*.tsx')
  expect(pages.length).toBeGreaterThan(10)
  const unstyled = pages.flatMap((file) =>
    mantineNames(readFileSync(file, 'utf8'))
      .filter((name) => existsSync(`${styles}${name}.css`) && !imported.includes(`/${name}.layer.css'`))
      .map((name) => `${name} in ${file}`),
  )
  expect(unstyled).toEqual([])
})
