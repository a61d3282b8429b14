import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { parts } from '../src/app.ts'
import { systemActor } from '../src/platform/access/index.ts'
import type { Actor } from '../src/platform/actor/actor.ts'
import { type Database, openDatabase } from '../src/platform/db/database.ts'
import { configureFiles } from '../src/platform/files/index.ts'
import { registerMeasures } from '../src/platform/measures/index.ts'
import { freshDatabase } from '../src/platform/testing/database.ts'
import { registerRecords } from '../src/platform/units/index.ts'
import { loadDemo } from './load.ts'

/** A database of its own that holds the demonstration. */
export type Demonstration = { database: Database; system: Actor; close(): Promise<void> }

export async function loadedDemonstration(): Promise<Demonstration> {
  const fresh = await freshDatabase()
  const database = openDatabase(fresh.ownerUrl)
  const folder = mkdtempSync(join(tmpdir(), 'blso-reform-'))
  configureFiles({ folder })
  registerMeasures(parts)
  registerRecords(parts)
  const system = await systemActor(database)
  await loadDemo(database, () => {})
  return {
    database,
    system,
    close: async () => {
      await database.close()
      await fresh.drop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** How many rows of a table count in each area of some kinds on the map of a day, by name. */
export const rowsPerArea = (table: string, day: string, kinds: readonly string[]) =>
  sql<{ name: string; count: number }>`
    select v.name, count(*)::int as count from ${sql.table(table)} r
    join units.place p on p.leaf_id = r.unit_id and p.days @> ${day}::date
    join units.unit_version v on v.unit_id = p.unit_id and daterange(v.valid_from, v.valid_until) @> ${day}::date
    where v.kind = any(${kinds}::text[])
    group by v.unit_id, v.name order by v.name`
