import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { z } from 'zod'
import { projectFolder } from '../src/platform/settings.ts'
import { buildWebIfStale } from '../src/platform/web-build/build-web.ts'
import { runChecks } from './check.ts'

type Count = { passed: number; failed: number }

const testsWithinMs = 35 * 60_000
const TestReport = z.object({ numPassedTests: z.number(), numFailedTests: z.number() })

/** Page tests open the built pages. */
async function buildPages(): Promise<Count> {
  try {
    await buildWebIfStale(() => {})
    process.stdout.write('ok     pages (vite build)\n')
    return { passed: 1, failed: 0 }
  } catch (error) {
    process.stdout.write(
      `FAILED pages (vite build)\n${error instanceof Error ? error.message : String(error)}\n`,
    )
    return { passed: 0, failed: 1 }
  }
}

/** Runs vitest over all projects, or what the arguments choose. A run that ends badly without a failed test counts as one failure. */
async function runTests(choice: readonly string[]): Promise<Count> {
  const folder = mkdtempSync(path.join(tmpdir(), 'blso-report-'))
  const report = path.join(folder, 'report.json')
  const vitest = path.join(projectFolder, 'node_modules', 'vitest', 'vitest.mjs')
  const reporting = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`]
  const child = spawn(process.execPath, [vitest, 'run', ...reporting, ...choice], {
    cwd: projectFolder,
    stdio: ['ignore', 'inherit', 'inherit'],
  })
  const limit = setTimeout(() => child.kill('SIGTERM'), testsWithinMs)
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve))
  clearTimeout(limit)
  const counted = existsSync(report) ? TestReport.parse(JSON.parse(readFileSync(report, 'utf8'))) : undefined
  rmSync(folder, { recursive: true, force: true })
  const passed = counted?.numPassedTests ?? 0
  const failed = counted?.numFailedTests ?? 0
  const endedBadly = failed === 0 && (code !== 0 || passed === 0)
  return { passed, failed: endedBadly ? 1 : failed }
}

const choice = process.argv.slice(2)
const counts = [await runChecks(), await buildPages(), await runTests(choice)]
const passed = counts.reduce((sum, count) => sum + count.passed, 0)
const failed = counts.reduce((sum, count) => sum + count.failed, 0)
process.stdout.write(`${passed} passed, ${failed} failed\n`)
process.exitCode = failed > 0 ? 1 : 0
