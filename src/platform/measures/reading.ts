import { sql } from 'kysely'
import type { Tx } from '../db/database.ts'
import type { Counted } from './bases.ts'
import { definitionHash } from './columns.ts'

/** Where the figures of a definition stand. */
export type Standing = { id: number; block: number }

/** What a read needs to know first: the day and hour of the product, and where each definition is counted. */
export type Reading = {
  today: string
  /** Hours since 1970 in Việt Nam; see measures.hour_of. */
  hourNow: number
  standing(counted: Counted): Standing | undefined
}

type Registry = Map<string, Standing>
const registries = new Map<string, Registry>()
const mostRegistries = 20

/** Day, hour and generation of blocks, as one statement reads them together with whatever else it asks. */
export const moment = sql`calendar.today() as today, measures.hour_now() as hour,
  current_database() || ' ' || (select coalesce(max(id), 0) from measures.block) as generation`
export type Moment = { today: string; hour: number; generation: string }

/** Reads the day, the hour and, where blocks have been built since, the register of definitions. */
export async function reading(tx: Tx): Promise<Reading> {
  const { rows } = await sql<Moment>`select ${moment}`.execute(tx)
  return readingAt(tx, rows[0] ?? { today: '', hour: 0, generation: '' })
}

/** The same where the moment has been read already. */
export async function readingAt(tx: Tx, { today, hour, generation }: Moment): Promise<Reading> {
  const registry = registries.get(generation) ?? (await readRegistry(tx, generation))
  return {
    today,
    hourNow: hour,
    standing: (counted) => registry.get(`${counted.name} ${definitionHash(counted)}`),
  }
}

async function readRegistry(tx: Tx, generation: string): Promise<Registry> {
  const { rows } = await sql<{ name: string; hash: string; id: number; block: number }>`
    select name, definition_hash as hash, id, block_id as block from measures.measure`.execute(tx)
  const registry = new Map(rows.map(({ name, hash, id, block }) => [`${name} ${hash}`, { id, block }]))
  if (registries.size >= mostRegistries) registries.clear()
  registries.set(generation, registry)
  return registry
}

const msPerDay = 86_400_000

/** Hour at which a day begins. */
export function hourOfDay(day: string): number {
  return (Date.parse(`${day}T00:00:00Z`) / msPerDay) * 24
}

/** The hour up to which a day counts: its end; for today the hour that has begun. */
export function hourAsOf(day: string, now: Pick<Reading, 'today' | 'hourNow'>): number {
  return day === now.today ? now.hourNow : hourOfDay(day) + 23
}

/** Which map places the records: that of the day asked for, of today, or of another day. */
export type MapChoice = 'then' | 'today' | (string & {})

/** The day whose map is meant. */
export function mapDay(choice: MapChoice | undefined, asOf: string, today: string): string {
  if (choice === undefined || choice === 'then') return asOf
  return choice === 'today' ? today : choice
}
