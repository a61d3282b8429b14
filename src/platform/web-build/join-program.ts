import { existsSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { constants, setPriority } from 'node:os'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { build, type Plugin } from 'vite'
import { projectFolder } from '../settings.ts'
import { isMadeFrom, programFolder, sourceStamp, stampFile } from './source-stamp.ts'

// A process of its own: see build-program.ts.

/** What is loaded from node_modules as it is: programs for the machine, and what a server seldom needs. */
const apart = ['sharp', '@node-rs/argon2', 'vite', 'typescript', 'exceljs']

/** A joined file stands elsewhere: what a file asks about its own place is answered with where it stood. */
function withPlaces(): Plugin {
  return {
    name: 'places-of-sources',
    enforce: 'pre',
    transform(code, id) {
      if (!/import\.meta\.|__dirname|__filename/.test(code)) return undefined
      const file = id.split('?')[0] ?? id
      const places: Record<string, string> = {
        'import.meta.dirname': path.dirname(file),
        'import.meta.filename': file,
        'import.meta.url': pathToFileURL(file).href,
        __dirname: path.dirname(file),
        __filename: file,
      }
      return {
        code: code.replace(
          /(?<![\w$.'"`])(import\.meta\.(?:dirname|filename|url)|__dirname|__filename)(?![\w$'"`])/g,
          (asked) => JSON.stringify(places[asked]),
        ),
        map: null,
      }
    },
  }
}

/** Joins what `src/start.ts` needs into dist/program. The folder is changed in one step. */
async function joinProgram(stamp: string): Promise<void> {
  setPriority(constants.priority.PRIORITY_LOW)
  const next = `${programFolder}.${process.pid}`
  const former = `${next}.former`
  try {
    await build({
      root: projectFolder,
      configFile: false,
      logLevel: 'warn',
      plugins: [withPlaces()],
      ssr: { noExternal: true, external: apart },
      build: {
        ssr: path.join(projectFolder, 'src', 'start.ts'),
        outDir: next,
        emptyOutDir: true,
        target: 'node24',
        minify: false,
        // One file: nothing is left to be loaded later from a folder that a newer program has replaced.
        rolldownOptions: { output: { comments: false, codeSplitting: false } },
      },
    })
    writeFileSync(stampFile(next), stamp)
    // Another start may have done the same meanwhile, and may be loading it.
    if (isMadeFrom(programFolder, stamp)) return
    if (existsSync(programFolder)) renameSync(programFolder, former)
    renameSync(next, programFolder)
  } finally {
    rmSync(former, { recursive: true, force: true })
    rmSync(next, { recursive: true, force: true })
  }
}

await joinProgram(process.argv[2] ?? sourceStamp())
