// What is too long for every landing: `npm run soak [MINUTES]` lets concurrent writers, the folder and readers go on
// for that long (20 unless told), and then kills the product in every way that the lifecycle tests know, a thousand
// times at random moments (KILL_SEED repeats a run), fills its disks fifty times and sets its clock.
import { spawn } from 'node:child_process'
import path from 'node:path'
import { projectFolder } from '../src/platform/settings.ts'

const minutes = Number(process.argv[2] ?? 20)
if (!(minutes > 0)) throw new Error('Số phút phải lớn hơn 0. / The minutes must be more than 0.')
const goals = {
  KILLS: '1000',
  KILL_MINUTES: 'Infinity',
  KILL_SEED: String(Date.now() % 1_000_000),
  READY_WITHIN_MS: '5000',
  FULL_DISKS: '50',
}
// In turn: how soon the product is back must not be measured beside another load.
const runs = [
  ['src/platform/measures/counting.api.test.ts'],
  ['scripts/lifecycle.system.test.ts', 'scripts/reliability/'],
]

function run(files: readonly string[]): Promise<number> {
  const child = spawn(
    process.execPath,
    [path.join(projectFolder, 'node_modules', 'vitest', 'vitest.mjs'), 'run', ...files],
    {
      cwd: projectFolder,
      stdio: 'inherit',
      env: { ...goals, ...process.env, SOAK_MINUTES: String(minutes) },
    },
  )
  return new Promise((resolve) => child.once('close', (code) => resolve(code ?? 1)))
}

for (const files of runs) if ((await run(files)) !== 0) process.exitCode = 1
