import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { projectFolder } from '../src/platform/settings.ts'

type Check = { name: string; program: string; args: string[]; accept?: (said: string) => string | undefined }

const tool = (...names: string[]) => path.join(projectFolder, 'node_modules', ...names)

const folders = (...names: string[]) => names.filter((name) => existsSync(path.join(projectFolder, name)))

/** Every file the walls watch; a tool that sees none of them would find no trespass either. */
function sawModules(said: string): string | undefined {
  const seen = Number(/(\d+) modules/.exec(said)?.[1] ?? 0)
  return seen > 20 ? undefined : `dependency-cruiser saw ${seen} modules only`
}

const checks: readonly Check[] = [
  { name: 'types (tsc)', program: tool('typescript', 'bin', 'tsc'), args: ['--pretty', 'false'] },
  {
    name: 'format and lint (biome)',
    program: tool('@biomejs', 'biome', 'bin', 'biome'),
    args: ['check', '--error-on-warnings', '--max-diagnostics=50', '--diagnostic-level=warn'],
  },
  { name: 'lint with types (oxlint)', program: tool('oxlint', 'bin', 'oxlint'), args: ['-f', 'unix'] },
  {
    name: 'walls (dependency-cruiser)',
    program: tool('dependency-cruiser', 'bin', 'dependency-cruiser.mjs'),
    args: folders('src', 'demo', 'scripts', 'bench'),
    accept: sawModules,
  },
  {
    name: 'order of folders (dependency-cruiser)',
    program: tool('dependency-cruiser', 'bin', 'dependency-cruiser.mjs'),
    args: ['--config', '.dependency-cruiser-folders.cjs', ...folders('src')],
    accept: sawModules,
  },
  {
    name: 'dead code (knip)',
    program: tool('knip', 'bin', 'knip.js'),
    args: ['--no-progress', '--no-config-hints'],
  },
]

/** What one check came to; `said` is the tool's own output. */
type CheckResult = { name: string; passed: boolean; seconds: number; said: string }

async function runCheck(check: Check): Promise<CheckResult> {
  const began = performance.now()
  const child = spawn(process.execPath, [check.program, ...check.args], {
    cwd: projectFolder,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, NO_COLOR: '1' },
  })
  let said = ''
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => {
      said += text
    })
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve))
  const objection = code === 0 ? check.accept?.(said) : undefined
  return {
    name: check.name,
    passed: code === 0 && objection === undefined,
    seconds: (performance.now() - began) / 1000,
    said: objection ? `${said}\n${objection}` : said,
  }
}

/** Runs every check, prints one line for each and the output of those that failed; returns how many passed and failed. */
export async function runChecks(): Promise<{ passed: number; failed: number }> {
  let failed = 0
  for (const check of checks) {
    const result = await runCheck(check)
    process.stdout.write(
      `${result.passed ? 'ok    ' : 'FAILED'} ${result.name} (${result.seconds.toFixed(1)} s)\n`,
    )
    if (!result.passed) {
      failed += 1
      process.stdout.write(`${result.said.trim()}\n`)
    }
  }
  return { passed: checks.length - failed, failed }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { failed } = await runChecks()
  process.exitCode = failed > 0 ? 1 : 0
}
