import type { Tx } from '../db/database.ts'
import { refuseNotFound } from '../http/refusal.ts'
import { labelledRows } from './records.rows.ts'
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
import { lastName, permittedOf } from './units.views.ts'

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
  return splits.map(({ id, kind, name, within, on, legalBasis, halves }) => ({
    id,
    kind,
    name,
    within,
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
  for (const one of tables)
    lists.push({
      table: one.table,
      rows: await labelledRows(tx, one, { column: one.unit, ids: [unitId], limit: mostRows }),
    })
  return { split, standsIn: await lowestPlace(tx, unitId, split.on), lists }
}

/** What the page of something of a unit that ended says of settling it. */
export type Settling = {
  maySettle: boolean
  maySee: boolean
  /** The unit over which whoever settles it is an administrator. */
  askAt: string
}

/** Who settles what a unit left from the day of its end on, as far as the reader is concerned. */
export async function settlingOf(tx: Tx, unitId: string, endedOn: string): Promise<Settling> {
  const place = await lowestPlace(tx, unitId, endedOn)
  const may = async (capability: string) => (await permittedOf(tx, [unitId], capability)).has(unitId)
  return {
    maySettle: await may('units.change'),
    maySee: await may('units.see_unassigned'),
    askAt: place?.name ?? (await lastName(tx, unitId)) ?? '',
  }
}
