// What is too long for every landing: `npm run soak [MINUTES]` lets concurrent writers, the folder and readers go on
// for that long (20 unless told), and then kills the product in every way that the lifecycle tests know.
import { spawn } from 'node:child_process'
import path from 'node:path'
import { projectFolder } from '../src/platform/settings.ts'

const minutes = Number(process.argv[2] ?? 20)
if (!(minutes > 0)) throw new Error('Số phút phải lớn hơn 0. / The minutes must be more than 0.')
const child = spawn(
  process.execPath,
  [
    path.join(projectFolder, 'node_modules', 'vitest', 'vitest.mjs'),
    'run',
    'src/platform/measures/counting.api.test.ts',
    'scripts/lifecycle.system.test.ts',
  ],
  { cwd: projectFolder, stdio: 'inherit', env: { ...process.env, SOAK_MINUTES: String(minutes) } },
)
child.once('close', (code) => {
  process.exitCode = code ?? 1
})
