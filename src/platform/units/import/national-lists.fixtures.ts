import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ListFile } from './lists.read.ts'

const folder = join(import.meta.dirname, '..', '..', '..', '..', '..', 'shared', 'data', 'units')
const names = [
  'four-districts-old-to-new.csv',
  'communes-from-2025-07-01.csv',
  'communes-before-2025-07-01.csv',
]

/** The lists of the whole country are not ours to ship; tests on them run wherever they lie beside the repository. */
export const nationalListsAtHand = names.every((name) => existsSync(join(folder, name)))

export function nationalLists(): ListFile[] {
  return names.map((name) => ({ name, bytes: readFileSync(join(folder, name)) }))
}
