import { readFile } from 'node:fs/promises'
import { access } from './platform/access/index.ts'
import { auditPart } from './platform/audit/index.ts'
import { calendar } from './platform/calendar/index.ts'
import { files } from './platform/files/index.ts'
import { jobs } from './platform/jobs/index.ts'
import { live } from './platform/live/index.ts'
import { measures } from './platform/measures/index.ts'
import type { Part } from './platform/part.ts'
import { session } from './platform/session/index.ts'
import { units } from './platform/units/index.ts'
import { programme } from './modules/programme/index.ts'
import { teams } from './modules/teams/index.ts'

/** Every part of the product, in the order in which their tables are made. Adding a capability adds one line here. */
export const parts: readonly Part[] = [
  calendar,
  units,
  access,
  auditPart,
  session,
  files,
  jobs,
  live,
  measures,
  teams,
  programme,
]

/** Version of the program, from package.json. */
export async function programVersion(): Promise<string> {
  const text = await readFile(new URL('../package.json', import.meta.url), 'utf8')
  return String((JSON.parse(text) as { version: string }).version)
}
