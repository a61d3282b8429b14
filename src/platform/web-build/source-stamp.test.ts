import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { isMadeFrom, sourceStamp, stampFile } from './source-stamp.ts'

let folder: string
const source = (name: string) => path.join(folder, 'src', name)

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'blso-sources-'))
  mkdirSync(path.join(folder, 'src', 'platform'), { recursive: true })
  writeFileSync(source('start.ts'), 'one')
  writeFileSync(source('platform/settings.ts'), 'two')
})

afterEach(() => rmSync(folder, { recursive: true, force: true }))

it('what was made from the sources is fresh until one of them changes, is added or is removed', () => {
  const before = sourceStamp(folder)
  writeFileSync(stampFile(folder), before)
  expect(isMadeFrom(folder, sourceStamp(folder))).toBe(true)

  utimesSync(source('start.ts'), new Date(0), new Date(0))
  const touched = sourceStamp(folder)
  writeFileSync(source('added.ts'), '')
  const added = sourceStamp(folder)
  rmSync(source('platform/settings.ts'))
  const removed = sourceStamp(folder)

  expect(new Set([before, touched, added, removed]).size).toBe(4)
  expect(isMadeFrom(folder, removed)).toBe(false)
})

it('a test or a migration, which no build contains, leaves it fresh', () => {
  const before = sourceStamp(folder)
  writeFileSync(source('start.test.ts'), 'x')
  writeFileSync(source('platform/0001-x.sql'), 'x')
  expect(sourceStamp(folder)).toBe(before)
})

it('nothing is fresh that was never made', () => {
  expect(isMadeFrom(path.join(folder, 'dist'), sourceStamp(folder))).toBe(false)
})
