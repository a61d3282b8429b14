import { sql } from 'kysely'
import { nobody } from '../actor/actor.ts'
import type { Tx } from '../db/database.ts'
import type { ScopedTable } from '../db/scope.ts'
import type { Part } from '../part.ts'
import { type model, type Reader, readers } from './matrix.ts'
import type { TestServer } from './server.ts'
import type { UnitKey } from './world.ts'

type Rights = ReturnType<typeof model>
type OwnedTable = Extract<ScopedTable, { unit: string }>
type Subject = {
  server: TestServer
  rights: Rights
  units: Map<string, UnitKey>
  table: OwnedTable
  reader: Exclude<Reader, 'anonymous'>
}

class Undo extends Error {}

/**
 * Asks the database itself, past every route: per table and reader, which rows are seen, changed and added. Whatever rows
 * earlier tests left are the sample. Answers sentences about what is not as declared.
 */
export async function scopeFaults(
  server: TestServer,
  rights: Rights,
  parts: readonly Part[],
): Promise<string[]> {
  const faults: string[] = []
  const units = await unitsByPlantedUnit(server)
  const tables = parts.flatMap((part) => part.scope ?? []).filter((scope) => !('platformOnly' in scope))
  for (const table of tables as OwnedTable[]) {
    for (const reader of readers) {
      if (reader === 'anonymous') continue
      const subject = { server, rights, units, table, reader }
      faults.push(...(await seenFaults(subject)), ...(await addedFaults(subject)))
    }
  }
  return faults
}

/** The units of the planted world, and those that tests have added since below them (ended ones too), each by its nearest planted one. */
async function unitsByPlantedUnit(server: TestServer): Promise<Map<string, UnitKey>> {
  const found = new Map(Object.entries(server.world.units).map(([key, id]) => [id, key as UnitKey]))
  const { rows } = await sql<{ unitId: string; plantedId: string }>`
    select distinct on (a.unit_id) a.unit_id as "unitId", a.ancestor_id as "plantedId" from units.ancestry a
    where a.ancestor_id = any(${[...found.keys()]}::bigint[]) and not a.unit_id = any(${[...found.keys()]}::bigint[])
    order by a.unit_id, a.depth`.execute(server.database.owner)
  for (const { unitId, plantedId } of rows) {
    const key = found.get(plantedId)
    if (key) found.set(unitId, key)
  }
  return found
}

/** The condition under which the model lets a reader at rows, as SQL for the owner's connection. */
function declaredCondition(
  { rights, units, table, reader }: Subject,
  capability: string,
  extra: string | undefined,
) {
  const permitted = [...units].filter(([, key]) => rights.may(reader, capability, key)).map(([id]) => id)
  const byUnit =
    capability === 'signed_in'
      ? sql`true`
      : capability === 'nobody'
        ? sql`false`
        : sql`${sql.ref(table.unit)} = any(${permitted}::bigint[])`
  return extra ? sql`(${byUnit} or (${sql.raw(extra)}))` : byUnit
}

async function asReader(subject: Subject, work: (tx: Tx) => Promise<string>): Promise<string> {
  const { accountId } = subject.server.world.accounts[subject.reader]
  let result = ''
  await subject.server.database
    .write({ ...nobody, accountId }, async (tx) => {
      result = await work(tx)
      throw new Undo()
    })
    .catch((error: Error & { code?: string }) => {
      if (!(error instanceof Undo)) result = error.code ?? error.message
    })
  return result
}

/** `extra` conditions ask who the current account is, so the owner counts in the reader's name. */
async function ownersCount(subject: Subject, condition: ReturnType<typeof sql>): Promise<string> {
  const { accountId } = subject.server.world.accounts[subject.reader]
  return subject.server.database.owner.transaction().execute(async (tx) => {
    await sql`select set_config('banlang.account', ${accountId}, true)`.execute(tx)
    const { rows } = await sql<{ count: string }>`
      select count(*) from ${sql.table(subject.table.table)} where ${condition}`.execute(tx)
    return rows[0]?.count ?? ''
  })
}

async function seenFaults(subject: Subject): Promise<string[]> {
  const { table, reader } = subject
  // A suspended person has no session, so no connection ever carries their name; grants must fail all the same.
  const view = declaredCondition(subject, table.view, table.orView)
  const wanted = await ownersCount(subject, view)
  const seen = await asReader(subject, async (tx) => {
    const { rows } = await sql<{ count: string }>`select count(*) from ${sql.table(table.table)}`.execute(tx)
    return rows[0]?.count ?? ''
  })
  const faults =
    seen === wanted ? [] : [`${reader} sees ${seen} rows of ${table.table}, declared are ${wanted}`]
  const change = sql`${view} and ${declaredCondition(subject, table.change, table.orChange)}`
  const wantedChanged = await ownersCount(subject, change)
  const column = table.unit || (await firstColumn(subject))
  const changed = await asReader(subject, async (tx) => {
    const done =
      await sql`update ${sql.table(table.table)} set ${sql.ref(column)} = ${sql.ref(column)}`.execute(tx)
    return String(done.numAffectedRows)
  })
  // Refused altogether by a trigger or a constraint of the table: nobody changes rows there.
  if (changed !== wantedChanged && !/[A-Z]|^\d{5}$/.test(changed)) {
    faults.push(`${reader} changes ${changed} rows of ${table.table}, declared are ${wantedChanged}`)
  }
  return faults
}

async function firstColumn(subject: Subject): Promise<string> {
  return (await columnsOf(subject))[0] ?? ''
}

async function columnsOf({ server, table }: Subject): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`
    select attname as name from pg_attribute
    where attrelid = ${table.table}::regclass and attnum > 0 and not attisdropped and attgenerated = ''
      and attidentity <> 'a' order by attnum`.execute(server.database.owner)
  return rows.map((row) => row.name)
}

/**
 * Adds a copy of a row of each unit. Policies are asked before keys, so a copy that is allowed stumbles over its key and
 * one that is not over the policy.
 */
async function addedFaults(subject: Subject): Promise<string[]> {
  const { server, rights, units, table, reader } = subject
  if (!table.unit || table.change === 'signed_in' || table.orChange) return []
  const columns = await columnsOf(subject)
  const list = sql.join(columns.map((column) => sql.ref(column)))
  const { rows } = await sql<{ unitId: string; row: string }>`
    select distinct on (1) ${sql.ref(table.unit)}::text as "unitId", to_jsonb(t)::text as row
    from ${sql.table(table.table)} t where ${sql.ref(table.unit)} is not null`.execute(server.database.owner)
  const faults: string[] = []
  for (const { unitId, row } of rows) {
    const key = units.get(unitId)
    if (!key) continue
    const outcome = await asReader(subject, async (tx) => {
      await sql`insert into ${sql.table(table.table)} (${list})
        select ${list} from jsonb_populate_record(null::${sql.table(table.table)}, ${row}::jsonb)`.execute(tx)
      return 'added'
    })
    const allowed = table.change !== 'nobody' && rights.may(reader, table.change, key)
    const refused = outcome === '42501'
    if (allowed === refused) faults.push(`${reader} adding to ${table.table} at ${key}: ${outcome}`)
  }
  return faults
}
