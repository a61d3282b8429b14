import { sql } from 'kysely'
import type { Tx } from '../db/database.ts'
import { refuseNotFound } from '../http/refusal.ts'
import { countedTableOf, type RecordTable, recordTables, settledTableOf } from './records.ts'
import type { SplitUnitAnswer, UnassignedListAnswer, UnassignedPageAnswer } from './unassigned.contract.ts'
import {
  countOfEach,
  endedAlone,
  lowestPlace,
  pointingTables,
  type SplitFacts,
  splitUnits,
} from './unassigned.store.ts'
import { permittedOf } from './units.views.ts'

const mostSplits = 2000
const mostShown = 100
const mostRows = 500

/** Tables whose rows a person can give to a half: they point at units by themselves and are counted, or declared so. */
export async function settledTables(tx: Tx): Promise<RecordTable[]> {
  const tables = recordTables().filter(({ table }) => countedTableOf(table) ?? settledTableOf(table))
  const pointing = new Set(await pointingTables(tx, tables))
  return tables.filter((one) => pointing.has(one.table))
}

/** One unit whose records wait, or undefined where none do or the reader is not shown them. */
export async function findWaiting(
  tx: Tx,
  tables: readonly RecordTable[],
  unitId: string,
): Promise<SplitFacts | undefined> {
  const [split] = await splitUnits(tx, { unitId, limit: 1 })
  return split ?? (await endedAlone(tx, tables, { unitId, limit: 1 }))[0]
}

async function withPiles(
  tx: Tx,
  tables: readonly RecordTable[],
  splits: readonly SplitFacts[],
): Promise<SplitUnitAnswer[]> {
  const partIds = splits.flatMap((one) => one.halves.flatMap((half) => half.partId ?? []))
  const splitIds = splits.map((one) => one.id)
  const counts = await countOfEach(tx, tables, [...splitIds, ...partIds])
  const count = (table: string, unitId: string | null) =>
    counts.find((one) => one.table === table && one.unitId === unitId)?.count ?? 0
  const theirs = await permittedOf(tx, splitIds, 'units.change')
  return splits.map(({ id, kind, name, on, legalBasis, halves }) => ({
    id,
    kind,
    name,
    on,
    legalBasis,
    halves: halves.map((half) => ({ id: half.id, name: half.name })),
    maySettle: theirs.has(id),
    piles: tables
      .map(({ table, noun }) => ({
        table,
        noun,
        open: count(table, id),
        given: halves.map((half) => ({
          id: half.id,
          name: half.name,
          count: count(table, half.partId),
        })),
      }))
      .filter((pile) => pile.open > 0 || pile.given.some((one) => one.count > 0)),
  }))
}

const isOpen = (split: SplitUnitAnswer) => split.piles.some((pile) => pile.open > 0)
const isGiven = (split: SplitUnitAnswer) =>
  split.piles.some((pile) => pile.given.some((one) => one.count > 0))

/** Units that were split, or ended without a successor, with records of their own; those that wait for a person first. */
export async function unassignedList(tx: Tx): Promise<UnassignedListAnswer> {
  const tables = await settledTables(tx)
  const ask = { limit: mostSplits }
  const units = [...(await splitUnits(tx, ask)), ...(await endedAlone(tx, tables, ask))]
  const all = await withPiles(
    tx,
    tables,
    units.toSorted((a, b) => (a.on < b.on ? 1 : a.on > b.on ? -1 : 0)),
  )
  const found = [...all.filter(isOpen), ...all.filter((one) => !isOpen(one) && isGiven(one))]
  return { splits: found.slice(0, mostShown), more: Math.max(0, found.length - mostShown) }
}

/** One such unit, and the records that no half can claim, as far as the reader may open them. */
export async function unassignedPage(tx: Tx, unitId: string): Promise<UnassignedPageAnswer> {
  const tables = await settledTables(tx)
  const facts = await findWaiting(tx, tables, unitId)
  const [split] = await withPiles(tx, tables, facts ? [facts] : [])
  if (!split) refuseNotFound()
  const lists: UnassignedPageAnswer['lists'] = []
  for (const one of tables) lists.push({ table: one.table, rows: await rowsOf(tx, one, unitId) })
  return { split, standsIn: await lowestPlace(tx, unitId, split.on), lists }
}

async function rowsOf(tx: Tx, { table, unit, unless }: RecordTable, unitId: string) {
  const counted = countedTableOf(table)
  const declared = settledTableOf(table)
  const said = counted?.columns.find((column) => column.kind === 'text')?.key
  const label = declared?.label ?? (said ? [said] : ['id'])
  const texts = sql.join(label.map((column) => sql`t.${sql.ref(column)}::text`))
  const lasting = unless === null ? sql`true` : sql`t.${sql.ref(unless)} is null`
  const { rows } = await sql<{ row: Record<string, string | number | null>; id: string; label: string }>`
    select to_jsonb(t) as row, t.id::text as id, coalesce(nullif(concat_ws(' · ', ${texts}), ''), t.id::text) as label
    from ${sql.table(table)} t where t.${sql.ref(unit)} = ${unitId}::bigint and ${lasting}
    order by 3, t.id limit ${mostRows}::int`.execute(tx)
  const href = declared?.href ?? counted?.href
  return rows.map(({ row, id, label: text }) => ({
    id,
    label: text,
    href: href?.replace(/\{(\w+)\}/g, (_, key: string) => String(row[key] ?? '')) ?? null,
  }))
}
