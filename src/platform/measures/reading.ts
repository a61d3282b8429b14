import { sql } from 'kysely'
import type { Tx } from '../db/database.ts'
import { basesOf, type Counted } from './bases.ts'
import { definitionHash } from './columns.ts'
import type { Measure } from './declare.ts'
import { type Memory, memoryOf } from './memory.ts'

/** Where the figures of a definition stand, and what of them has been read already and still holds. */
export type Standing = { id: number; block: number; memory: Memory | undefined }

/** What a read needs to know first: the day and hour of the product, and where each definition is counted. */
export type Reading = {
  today: string
  /** Hours since 1970 in Việt Nam; see measures.hour_of. */
  hourNow: number
  standing(counted: Counted): Standing | undefined
}

/** A column of a block; whole numbers are summed as such. */
export type BlockColumn = { name: string; isWhole: boolean }
type Place = { id: number; block: number; columns: readonly BlockColumn[] }
type Registry = Map<string, Place>
const registries = new Map<string, Registry>()
const mostRegistries = 20
let newest: { generation: string; registry: Registry } = { generation: '', registry: new Map() }

/** Where a definition was counted when last read, as of a generation of blocks; it may be counted elsewhere by now. */
export function placeWhenLastRead(counted: Counted): (Place & { generation: string }) | undefined {
  const found = newest.registry.get(nameOf(counted))
  return found && { ...found, generation: newest.generation }
}

/** The blocks that these measures were counted in when last seen: only for those is asked in which state they are. */
export function blocksOf(measures: readonly Measure[]): number[] {
  const blocks = new Set<number>()
  for (const measure of measures)
    for (const counted of measure.kind === 'distinct' ? [measure] : basesOf(measure)) {
      const block = newest.registry.get(nameOf(counted))?.block
      if (block !== undefined) blocks.add(block)
    }
  return [...blocks]
}

/** Day, hour and generation of blocks, as one statement reads them together with whatever else it asks. */
export const moment = (
  blocks: readonly number[],
) => sql`calendar.today() as today, measures.hour_now() as hour,
  current_database() || ' ' || (select coalesce(max(id), 0) from measures.block) as generation,
  measures.states(${blocks}::int[]) as states`
export type Moment = { today: string; hour: number; generation: string; states: (string | null)[] }

/** Reads the day, the hour and, where blocks have been built since, the register of definitions. */
export async function reading(tx: Tx, measures: readonly Measure[] = []): Promise<Reading> {
  const blocks = blocksOf(measures)
  const { rows } = await sql<Moment>`select ${moment(blocks)}`.execute(tx)
  return readingAt(tx, rows[0] ?? { today: '', hour: 0, generation: '', states: [] }, blocks)
}

/** The same where the moment has been read already; `blocks`: those that it was read for. */
export async function readingAt(
  tx: Tx,
  { today, hour, generation, states }: Moment,
  blocks: readonly number[],
): Promise<Reading> {
  const registry = registries.get(generation) ?? (await readRegistry(tx, generation))
  newest = { generation, registry }
  const [scope, ...summed] = states
  const memories = new Map<number, Memory>()
  blocks.forEach((block, at) => {
    const state = summed[at]
    if (scope && state) memories.set(block, memoryOf(block, scope, state))
  })
  return {
    today,
    hourNow: hour,
    standing: (counted) => {
      const found = registry.get(nameOf(counted))
      return found && { id: found.id, block: found.block, memory: memories.get(found.block) }
    },
  }
}

const nameOf = (counted: Counted) => `${counted.name} ${definitionHash(counted)}`

async function readRegistry(tx: Tx, generation: string): Promise<Registry> {
  const { rows } = await sql<{
    name: string
    hash: string
    id: number
    block: number
    columns: BlockColumn[]
  }>`
    select m.name, m.definition_hash as hash, m.id, m.block_id as block, c.columns
    from measures.measure m
    join (
      select b.id, coalesce(jsonb_agg(jsonb_build_object('name', a.attname, 'isWhole', a.atttypid = 'bigint'::regtype)
        order by a.attnum) filter (where a.attnum is not null), '[]') as columns
      from measures.block b
      left join pg_attribute a on a.attrelid = to_regclass(format('counting.total_%s', b.id))
        and a.attnum > 3 and not a.attisdropped
      group by b.id
    ) c on c.id = m.block_id`.execute(tx)
  const ofBlock = new Map<number, readonly BlockColumn[]>()
  const registry = new Map(
    rows.map(({ name, hash, id, block, columns }) => {
      // One list for all measures of a block.
      const own = ofBlock.get(block) ?? columns
      ofBlock.set(block, own)
      return [`${name} ${hash}`, { id, block, columns: own }] as const
    }),
  )
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

/**
 * True of a period that begins after today, whose first hour comes after `before`: what is recorded for it beforehand
 * counts, but without any there is no figure yet, and not 0.
 */
export function isToCome(before: number | null, now: Pick<Reading, 'hourNow'>): boolean {
  return before !== null && before >= now.hourNow
}
