// How the runtime is started. Plain JavaScript: run.mjs reads it before anything is installed.
import { fileURLToPath } from 'node:url'

export const runtimeOptions = ['--disable-warning=ExperimentalWarning', '--max-semi-space-size=8']

// A server keeps near what lives in it: a small nursery, and an old heap that is collected when it has grown by a third
// instead of by several times.
export const serverOptions = [...runtimeOptions, '--heap-growing-percent=30']

// Threads that hash passwords or compress give back what they took, instead of each keeping an arena of its own.
// What is compiled is kept for the next start, the first file too: see src/main.ts.
export const serverEnvironment = {
  MALLOC_ARENA_MAX: '2',
  NODE_COMPILE_CACHE: fileURLToPath(new URL('../node_modules/.cache/compiled', import.meta.url)),
}
