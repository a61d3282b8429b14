import { enableCompileCache, flushCompileCache } from 'node:module'
import path from 'node:path'
import { programToRun } from './platform/web-build/source-stamp.ts'

// What an earlier start has compiled is not compiled again: a third of a start. A folder that cannot be written to only
// means that it is.
enableCompileCache(path.join(import.meta.dirname, '..', 'node_modules', '.cache', 'compiled'))
await import(programToRun())
flushCompileCache()
