import { sql } from 'kysely'
import type { Tx } from '../db/database.ts'
import { refuseNotFound } from '../http/refusal.ts'
import { countedTableOf, type RecordTable, recordTables } from './records.ts'
import type { SplitUnitAnswer, UnassignedListAnswer, UnassignedPageAnswer } from './unassigned.contract.ts'
import { countOfEach, pointingTables, type SplitFacts, splitUnits } from './unassigned.store.ts'

const mostSplits = 2000
const mostShown = 100
const mostRows = 500

/** Counted tables whose rows point at units by themselves: what a person can give to a half. */
export async function settledTables(tx: Tx): Promise<RecordTable[]> {
  const tables = recordTables().filter((one) => countedTableOf(one.table) !== undefined)
  const pointing = new Set(await pointingTables(tx, tables))
  return tables.filter((one) => pointing.has(one.table))
}

async function withPiles(tx: Tx, splits: readonly SplitFacts[]): Promise<SplitUnitAnswer[]> {
  const tables = await settledTables(tx)
  const partIds = splits.flatMap((one) => one.halves.flatMap((half) => half.partId ?? []))
  const counts = await countOfEach(tx, tables, [...splits.map((one) => one.id), ...partIds])
  const count = (table: string, unitId: string | null) =>
    counts.find((one) => one.table === table && one.unitId === unitId)?.count ?? 0
  return splits.map(({ id, name, on, legalBasis, halves }) => ({
    id,
    name,
    on,
    legalBasis,
    halves: halves.map((half) => ({ id: half.id, name: half.name })),
    piles: tables.map(({ table, noun }) => ({
      table,
      noun,
      open: count(table, id),
      given: halves.map((half) => ({ id: half.id, name: half.name, count: count(table, half.partId) })),
    })),
  }))
}

const isOpen = (split: SplitUnitAnswer) => split.piles.some((pile) => pile.open > 0)
const isGiven = (split: SplitUnitAnswer) =>
  split.piles.some((pile) => pile.given.some((one) => one.count > 0))

/** Split units with records of their own, those that wait for a person first. */
export async function unassignedList(tx: Tx): Promise<UnassignedListAnswer> {
  const all = await withPiles(tx, await splitUnits(tx, { limit: mostSplits }))
  const found = [...all.filter(isOpen), ...all.filter((one) => !isOpen(one) && isGiven(one))]
  return { splits: found.slice(0, mostShown), more: Math.max(0, found.length - mostShown) }
}

/** One split unit, and the records that no half can claim, as far as the reader may open them. */
export async function unassignedPage(tx: Tx, unitId: string): Promise<UnassignedPageAnswer> {
  const [facts] = await splitUnits(tx, { unitId, limit: 1 })
  const [split] = await withPiles(tx, facts ? [facts] : [])
  if (!split) refuseNotFound()
  const lists: UnassignedPageAnswer['lists'] = []
  for (const one of await settledTables(tx))
    lists.push({ table: one.table, rows: await rowsOf(tx, one, unitId) })
  const { rows } = await sql<{ name: string }>`
    select v.name from units.place p
    join units.unit_version v on v.unit_id = p.unit_id and daterange(v.valid_from, v.valid_until) @> ${split.on}::date
    join units.kind k on k.key = v.kind
    where p.leaf_id = ${unitId}::bigint and p.days @> ${split.on}::date and p.unit_id <> p.leaf_id
    order by k.rank desc limit 1`.execute(tx)
  return { split, standsIn: rows[0]?.name ?? null, lists }
}

async function rowsOf(tx: Tx, { table, unit }: RecordTable, unitId: string) {
  const counted = countedTableOf(table)
  const label = counted?.columns.find((column) => column.kind === 'text')?.key ?? 'id'
  const { rows } = await sql<{ row: Record<string, string | number | null>; id: string; label: string }>`
    select to_jsonb(t) as row, t.id::text as id, coalesce(t.${sql.ref(label)}::text, t.id::text) as label
    from ${sql.table(table)} t where t.${sql.ref(unit)} = ${unitId}::bigint
    order by 3, t.id limit ${mostRows}::int`.execute(tx)
  return rows.map(({ row, id, label: text }) => ({
    id,
    label: text,
    href: counted?.href?.replace(/\{(\w+)\}/g, (_, key: string) => String(row[key] ?? '')) ?? null,
  }))
}
