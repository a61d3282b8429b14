// Writes the sample list of the demonstration anew: `node scripts/write-sample.ts`.
import { writeFileSync } from 'node:fs'
import { sampleFile } from '../demo/sample-file.ts'
import { sampleImport } from '../demo/sample-import.ts'

writeFileSync(new URL(`../demo/samples/${sampleImport().fileName}`, import.meta.url), await sampleFile())
