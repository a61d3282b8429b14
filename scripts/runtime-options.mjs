// How the runtime is started. Plain JavaScript: run.mjs reads it before anything is installed.

export const runtimeOptions = ['--disable-warning=ExperimentalWarning', '--max-semi-space-size=8']

// A server keeps near what lives in it: a small nursery, and an old heap that is collected when it has grown by a third
// instead of by several times.
export const serverOptions = [...runtimeOptions, '--heap-growing-percent=30']

// Threads that hash passwords or compress give back what they took, instead of each keeping an arena of its own.
export const serverEnvironment = { MALLOC_ARENA_MAX: '2' }
