import { sql } from 'kysely'
import type { Tx } from '../db/database.ts'
import { refuseNotFound } from '../http/refusal.ts'
import { countedTableOf, type RecordTable, recordTables, settledTableOf } from './records.ts'
import type { SplitUnitAnswer, UnassignedListAnswer, UnassignedPageAnswer } from './unassigned.contract.ts'
import { countOfEach, pointingTables, type SplitFacts, splitUnits } from './unassigned.store.ts'

const mostSplits = 2000
const mostShown = 100
const mostRows = 500

/** Tables whose rows a person can give to a half: they point at units by themselves and are counted, or declared so. */
export async function settledTables(tx: Tx): Promise<RecordTable[]> {
  const tables = recordTables().filter(({ table }) => countedTableOf(table) ?? settledTableOf(table))
  const pointing = new Set(await pointingTables(tx, tables))
  return tables.filter((one) => pointing.has(one.table))
}

async function withPiles(tx: Tx, splits: readonly SplitFacts[]): Promise<SplitUnitAnswer[]> {
  const tables = await settledTables(tx)
  const partIds = splits.flatMap((one) => one.halves.flatMap((half) => half.partId ?? []))
  const splitIds = splits.map((one) => one.id)
  const counts = await countOfEach(tx, tables, [...splitIds, ...partIds])
  const count = (table: string, unitId: string | null) =>
    counts.find((one) => one.table === table && one.unitId === unitId)?.count ?? 0
  return splits.map(({ id, name, on, legalBasis, halves }) => ({
    id,
    name,
    on,
    legalBasis,
    halves: halves.map((half) => ({ id: half.id, name: half.name })),
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
