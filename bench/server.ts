// The product with the module of the benchmark over the database of DATABASE_URL; started by run.ts.
import { enableCompileCache } from 'node:module'
import { Socket } from 'node:net'
import path from 'node:path'

// As src/main.ts.
enableCompileCache(path.join(import.meta.dirname, '..', 'node_modules', '.cache', 'compiled'))
const { buildApp, parts } = await import('../src/app.ts')
const { countedModule } = await import('./counted-module/index.ts')

const app = await buildApp({
  ownerUrl: process.env.DATABASE_URL ?? '',
  dataFolder: process.env.BANLANG_DATA ?? '',
  port: 0,
  host: '127.0.0.1',
  demo: false,
  progress: () => {},
  parts: [...parts, countedModule()],
})

const stop = () => void app.close().finally(() => process.exit())
const launcher = new Socket({ fd: 3, readable: true, writable: false })
launcher.on('error', () => {})
launcher.on('close', stop)
launcher.resume()
process.on('SIGTERM', stop)
process.stdout.write(`is running at ${app.address}\n`)
