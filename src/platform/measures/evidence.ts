import { type RawBuilder, sql } from 'kysely'
import type { Tx } from '../db/database.ts'
import { fold } from '../text/index.ts'
import type { EvidencePage } from './contract.ts'
import type { BaseMeasure, CoverageMeasure } from './declare.ts'
import { cellOf, codesLike, hrefColumns, hrefOf, type ShownColumn, shownColumns } from './evidence.columns.ts'
import { rowsBehind } from './recount.ts'

/** Which part of a list is wanted. */
export type EvidenceAsk = {
  unitId: string
  asOf: string
  from: string | null
  search: string
  offset: number
  limit: number
}

/** The rows that the reader may open: how many there are, how many fit the search, and the part asked for. */
export type EvidenceList = Pick<EvidencePage, 'columns' | 'rows' | 'matching'> & { visible: number }

const columnsAnswer = (columns: readonly ShownColumn[]) =>
  columns.map(({ key, title, kind }) => ({ key, title, kind }))

/** The very rows behind a base measure, under the reader's own rights, in the snapshot of `tx`. */
export async function listRows(tx: Tx, base: BaseMeasure, ask: EvidenceAsk): Promise<EvidenceList> {
  const columns = shownColumns(base.of)
  const links = hrefColumns(base.of)
  const fits = searchCondition(base, columns, ask)
  const counted = rowsBehind(base, ask)
  const counts = await sql<{ visible: number; matching: number }>`
    select count(*)::int as visible, count(*) filter (where ${fits})::int as matching from ${counted}`.execute(
    tx,
  )
  const cells = columns.map((column) => cellSql(column, ask.asOf))
  const { rows } = await sql<{ id: string; cells: (string | null)[]; links: (string | null)[] }>`
    with page as (
      select counted.*, row_number() over (order by ${sql.raw(base.of.order)}, counted.id) as evidence_place
      from ${counted} and ${fits}
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
  const value = sql`page.${sql.ref(column.source)}`
  if (column.kind === 'day') return sql`${value}::date::text`
  if (column.unit === undefined) return sql`${value}::text`
  const holds = (alias: string) => sql`${sql.ref(alias)}.valid_from <= ${asOf}::date
    and (${sql.ref(alias)}.valid_until is null or ${sql.ref(alias)}.valid_until > ${asOf}::date)`
  if (column.unit === 'name') {
    return sql`(select v.name from units.unit_version v where v.unit_id = ${value} and ${holds('v')})`
  }
  return sql`(select p.name from units.unit_version v join units.unit_version p on p.unit_id = v.parent_id
    where v.unit_id = ${value} and ${holds('v')} and ${holds('p')})`
}

/** Every word typed must be in a text of the row, in the words of a code, or in the name of its unit or the one above. */
function searchCondition(
  base: BaseMeasure,
  columns: readonly ShownColumn[],
  ask: EvidenceAsk,
): RawBuilder<unknown> {
  const words = fold(ask.search)
    .split(' ')
    .filter((word) => word !== '')
  if (words.length === 0) return sql`true`
  const column = (name: string) => sql`counted.${sql.ref(name)}`
  const plain = columns.filter(
    (one) => one.unit === undefined && one.values === undefined && one.kind !== 'day',
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

const unitListColumns = [
  { key: 'name', title: { vi: 'Đơn vị', en: 'Unit' }, kind: 'text' },
  { key: 'parent', title: { vi: 'Thuộc', en: 'In' }, kind: 'text' },
  { key: 'code', title: { vi: 'Mã', en: 'Code' }, kind: 'text' },
] as const

/** The units behind a coverage: those that have any of the stock, or those that have none. */
export async function listUnits(
  tx: Tx,
  coverage: CoverageMeasure,
  section: 'covered' | 'missing',
  ask: EvidenceAsk,
): Promise<EvidenceList> {
  const words = fold(ask.search)
    .split(' ')
    .filter((word) => word !== '')
  const holds = (alias: string) => sql`${sql.ref(alias)}.valid_from <= ${ask.asOf}::date
    and (${sql.ref(alias)}.valid_until is null or ${sql.ref(alias)}.valid_until > ${ask.asOf}::date)`
  const fits = sql`unit.search like all (${words.map((word) => `%${word}%`)}::text[])`
  const of = sql`select m.id from measures.measure m where m.name = ${coverage.of.name}`
  const listed = sql`
    with held as (
      select event.unit_id, sum(event.amount) as amount
      from units.ancestry inside
      join (
        select t.measure_id, t.unit_id, t.day, t.amount from measures.total t
        union all
        select d.measure_id, d.unit_id, d.day, d.amount from measures.delta d
      ) event on event.unit_id = inside.unit_id and event.measure_id = (${of}) and event.day <= ${ask.asOf}::date
      where inside.ancestor_id = ${ask.unitId}::bigint and (${holds('inside')} or inside.stays and inside.valid_from <= ${ask.asOf}::date)
      group by event.unit_id
    ), having_any as (
      select below.ancestor_id as unit_id from held
      join units.ancestry below on below.unit_id = held.unit_id
        and (${holds('below')} or below.stays and below.valid_from <= ${ask.asOf}::date)
      group by below.ancestor_id having sum(held.amount) > 0
    ), unit as (
      select v.unit_id, v.name, v.code, v.search, p.name as parent, p.code as parent_code
      from units.ancestry a
      join units.unit_version v on v.unit_id = a.unit_id and ${holds('v')}
      left join units.unit_version p on p.unit_id = v.parent_id and ${holds('p')}
      where a.ancestor_id = ${ask.unitId}::bigint and ${holds('a')}
        and v.kind = any(${[...coverage.unitKinds]}::text[])
        and (v.unit_id in (select unit_id from having_any)) = ${section === 'covered'}
    )`
  const counts = await sql<{ visible: number; matching: number }>`
    ${listed} select count(*)::int as visible, count(*) filter (where ${fits})::int as matching from unit`.execute(
    tx,
  )
  const { rows } = await sql<{ id: string; name: string; code: string; parent: string | null }>`
    ${listed} select unit_id::text as id, name, code, parent from unit where ${fits}
    order by parent_code, code, unit_id limit ${ask.limit} offset ${ask.offset}`.execute(tx)
  return {
    columns: unitListColumns.map((column) => ({ ...column })),
    visible: counts.rows[0]?.visible ?? 0,
    matching: counts.rows[0]?.matching ?? 0,
    rows: rows.map(({ id, name, code, parent }) => ({
      id,
      href: `/units/${id}`,
      cells: { name, parent, code },
    })),
  }
}
