import { type ChildProcess, spawn } from 'node:child_process'
import path from 'node:path'
import { projectFolder } from '../src/platform/settings.ts'
import { serverEnvironment, serverOptions } from './runtime-options.mjs'

/** Runs a file of the project as `npm start` runs the server, without npm and launcher: one process, which ends with this one. */
export function runServer(file: string, environment: Readonly<Record<string, string>>): ChildProcess {
  return spawn(process.execPath, [...serverOptions, path.join(projectFolder, file)], {
    // Descriptor 3 carries nothing: the server sees it close when this process is gone, and stops.
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
    env: {
      ...serverEnvironment,
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      BANLANG_LAUNCHED: 'yes',
      ...environment,
    },
  })
}
