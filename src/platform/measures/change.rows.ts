import { sql } from 'kysely'
import type { Tx } from '../db/database.ts'
import type { Asked } from './asked.ts'
import type { ChangedRowsAnswer } from './change.contract.ts'
import type { BaseMeasure } from './declare.ts'
import { cellOf, hrefColumns, hrefOf, shownColumns } from './evidence.columns.ts'
import { type Ask, cellAsk } from './figures.ts'
import type { Known } from './known.ts'

const mostRowsShown = 100

type Touched = { id: string; change: number; settled: boolean }

/**
 * The rows that came to the lists of a figure, or left them, since a moment. `lists`: the base measures of each list,
 * several for the classes of a histogram. Rows that the reader may not open, and deleted ones, are said as a number.
 */
export async function changedRows(
  tx: Tx,
  ask: Ask,
  lists: readonly (readonly BaseMeasure[])[],
  asked: Asked,
  known: Known,
): Promise<ChangedRowsAnswer[]> {
  const answers: ChangedRowsAnswer[] = []
  for (const bases of lists) {
    const [base] = bases
    if (!base || known === null) continue
    const touched = await touchedRows(tx, ask, bases, asked, known)
    if (touched === null) continue
    const rows = await openRows(tx, base, touched, asked.mapDay)
    const count = (change: number, of: readonly Touched[] = touched) =>
      of.filter((one) => Math.sign(one.change) === change).length
    const settled = touched.filter((one) => one.settled)
    answers.push({
      title: base.title,
      added: count(1),
      taken: count(-1),
      altered: count(0),
      settled: { added: count(1, settled), taken: count(-1, settled) },
      rows,
      others: touched.length - rows.length,
    })
  }
  return answers
}

async function touchedRows(
  tx: Tx,
  ask: Ask,
  bases: readonly BaseMeasure[],
  { now }: Asked,
  known: NonNullable<Known>,
): Promise<Touched[] | null> {
  const cells = bases.map((base) => cellAsk(ask, base, now))
  const found = new Map<string, number>()
  const settled = new Set<string>()
  for (const [block, group] of Map.groupBy(cells, (cell) => cell.standing?.block ?? 0)) {
    const [cell] = group
    if (!cell || block === 0) continue
    // Figures that an older program built do not know their rows; the numbers are compared all the same.
    const rowsKept = await sql<{ has: boolean }>`
      select to_regproc(${`counting.since_${block}`}) is not null as has`.execute(tx)
    if (!rowsKept.rows[0]?.has) return null
    const { rows } = await sql<Pick<Touched, 'id' | 'change'>>`
      select touched_row as id, row_change as change from counting.${sql.raw(`since_${block}`)}(
        ${group.map(({ standing }) => standing?.id ?? 0)}::int[], ${cell.unitId}::bigint, ${cell.mapDay}::date,
        ${cell.before === null ? null : cell.before + 1}::int, ${cell.hour}::int,
        ${known.epoch}::int, ${known.seen}::pg_snapshot)`.execute(tx)
    for (const { id, change } of rows) found.set(id, (found.get(id) ?? 0) + change)
    for (const id of await settledRows(tx, block, rows, known)) settled.add(id)
  }
  return [...found].map(([id, change]) => ({ id, change, settled: settled.has(id) }))
}

/** Those of the rows that nothing but settling, or giving back, has brought or taken. */
async function settledRows(
  tx: Tx,
  block: number,
  touched: readonly Pick<Touched, 'id' | 'change'>[],
  known: NonNullable<Known>,
): Promise<string[]> {
  const moved = touched.filter(({ change }) => change !== 0).map(({ id }) => id)
  const name = `counting.settled_${block}`
  if (moved.length === 0) return []
  // Figures that an older program built do not tell them apart.
  const { rows: made } = await sql<{ is: boolean }>`select to_regproc(${name}) is not null as is`.execute(tx)
  if (!made[0]?.is) return []
  const { rows } = await sql<{ id: string }>`
    select settled_row as id from ${sql.raw(name)}(${moved}::text[], ${known.epoch}::int, ${known.seen}::pg_snapshot)`.execute(
    tx,
  )
  return rows.map(({ id }) => id)
}

/** Those of the rows that the reader may open, by name and unit. */
async function openRows(
  tx: Tx,
  base: BaseMeasure,
  touched: readonly Touched[],
  mapDay: string,
): Promise<ChangedRowsAnswer['rows']> {
  if (touched.length === 0) return []
  const naming = shownColumns(base.of).find((column) => column.kind === 'text') ?? shownColumns(base.of)[0]
  const links = hrefColumns(base.of)
  const column = (name: string) => sql`counted.${sql.ref(name)}::text`
  const { rows } = await sql<{
    id: string
    name: string | null
    unit: string | null
    within: string | null
    links: (string | null)[]
  }>`
    select counted.id::text as id, ${naming ? column(naming.source) : sql`null::text`} as name,
      place.name as unit, place.within_name as within,
      array[${sql.join(links.map(column))}]::text[] as links
    from ${sql.raw(base.of.table)} as counted
    left join lateral units.shown(counted.${sql.ref(base.of.unit)}, ${mapDay}::date) place on true
    where counted.id = any(${touched.map(({ id }) => id)})
    limit ${mostRowsShown}`.execute(tx)
  const changes = new Map(touched.map((one) => [one.id, one]))
  return rows
    .map((row) => {
      const { change, settled } = changes.get(row.id) ?? { change: 0, settled: false }
      return {
        id: row.id,
        what: change > 0 ? ('added' as const) : change < 0 ? ('taken' as const) : ('altered' as const),
        settled,
        name: naming ? cellOf(naming, row.name) : null,
        unit: row.unit,
        within: row.within,
        href: hrefOf(base.of, Object.fromEntries(links.map((name, at) => [name, row.links[at] ?? null]))),
      }
    })
    .toSorted((a, b) => order[a.what] - order[b.what])
}

const order = { added: 0, taken: 1, altered: 2 }
