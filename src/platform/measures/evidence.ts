import { type RawBuilder, sql } from 'kysely'
import type { Tx } from '../db/database.ts'
import { fold } from '../text/index.ts'
import { type Among, rowsAmong } from './among.ts'
import type { Counted } from './bases.ts'
import type { EvidencePage } from './contract.ts'
import { cellOf, codesLike, hrefColumns, hrefOf, type ShownColumn, shownColumns } from './evidence.columns.ts'
import { type MapChoice, mapDay, reading } from './reading.ts'

/** Which part of a list is wanted. */
export type EvidenceAsk = {
  unitId: string
  asOf: string
  from: string | null
  map?: MapChoice
  among?: Among
  search: string
  offset: number
  limit: number
}

/** The rows that the reader may open: how many there are, how many fit the search, and the part asked for. */
export type EvidenceList = Pick<EvidencePage, 'columns' | 'rows' | 'matching'> & { visible: number }

const columnsAnswer = (columns: readonly ShownColumn[]) =>
  columns.map(({ key, title, kind }) => ({ key, title, kind }))

/** The very rows behind a base measure, under the reader's own rights, in the snapshot of `tx`; `more`: what it shows besides. */
export async function listRows(
  tx: Tx,
  base: Counted,
  ask: EvidenceAsk,
  more: readonly ShownColumn[] = [],
): Promise<EvidenceList> {
  const columns = [...shownColumns(base.of), ...more]
  const links = hrefColumns(base.of)
  const now = await reading(tx)
  const fits = searchCondition(base, columns, ask)
  const counted = rowsAmong(base, ask, ask.among ?? null, now)
  const counts = await sql<{ visible: number; matching: number }>`
    select count(*)::int as visible, count(*) filter (where ${fits})::int as matching from ${counted}`.execute(
    tx,
  )
  const onDay = mapDay(ask.map, ask.asOf, now.today)
  const cells = columns.map((column) => cellSql(column, onDay))
  const { rows } = await sql<{ id: string; cells: (string | null)[]; links: (string | null)[] }>`
    with page as (
      select counted.*, row_number() over (order by ${sql.raw(base.of.order)}, counted.id) as evidence_place
      from ${counted} where ${fits}
      order by ${sql.raw(base.of.order)}, counted.id
      limit ${ask.limit} offset ${ask.offset}
    )
    select page.id::text as id, array[${sql.join(cells)}]::text[] as cells,
           array[${sql.join(links.map((column) => sql`page.${sql.ref(column)}::text`))}]::text[] as links
    from page order by page.evidence_place`.execute(tx)
  return {
    columns: columnsAnswer(columns),
    visible: counts.rows[0]?.visible ?? 0,
    matching: counts.rows[0]?.matching ?? 0,
    rows: rows.map((row) => ({
      id: row.id,
      href: hrefOf(base.of, Object.fromEntries(links.map((column, at) => [column, row.links[at] ?? null]))),
      cells: Object.fromEntries(
        columns.map((column, at) => [column.key, cellOf(column, row.cells[at] ?? null)]),
      ),
    })),
  }
}

function cellSql(column: ShownColumn, asOf: string): RawBuilder<unknown> {
  const value = column.expression ? sql`(${sql.raw(column.expression)})` : sql`page.${sql.ref(column.source)}`
  if (column.kind === 'day') return sql`${value}::date::text`
  if (column.unit === undefined) return sql`${value}::text`
  // A unit that is not on the map of the day is shown as it last stood, or will stand.
  const shown = column.unit === 'name' ? sql`s.name` : sql`s.within_name`
  return sql`(select ${shown} from units.shown(${value}, ${asOf}::date) s)`
}

/** Every word typed must be in a text of the row, in the words of a code, or in the name of its unit or the one above. */
function searchCondition(
  base: Counted,
  columns: readonly ShownColumn[],
  ask: EvidenceAsk,
): RawBuilder<unknown> {
  const words = fold(ask.search)
    .split(' ')
    .filter((word) => word !== '')
  if (words.length === 0) return sql`true`
  const column = (name: string) => sql`counted.${sql.ref(name)}`
  const plain = columns.filter(
    (one) =>
      one.unit === undefined &&
      one.values === undefined &&
      one.expression === undefined &&
      one.kind !== 'day',
  )
  const coded = columns.filter((one) => one.values !== undefined)
  const text = sql`measures.fold_text(concat_ws(' ', ${sql.join([sql`''::text`, ...plain.map((one) => sql`${column(one.source)}::text`)])}))`
  const conditions = words.map((word) => {
    const like = `%${word}%`
    const ways = [
      sql`${text} like ${like}`,
      sql`${column(base.of.unit)} in (
        select a.unit_id from units.unit_version v
        join units.ancestry a on a.ancestor_id = v.unit_id and a.depth <= 1
        where v.search like ${like} and v.valid_from <= ${ask.asOf}::date
          and (v.valid_until is null or v.valid_until > ${ask.asOf}::date))`,
      ...coded.map((one) => sql`${column(one.source)}::text = any(${codesLike(one, word, fold)}::text[])`),
    ]
    return sql`(${sql.join(ways, sql` or `)})`
  })
  return sql`(${sql.join(conditions, sql` and `)})`
}
