import { sql } from 'kysely'
import type { Tx } from '../db/database.ts'
import { fold } from '../text/index.ts'
import { readCells } from './cells.ts'
import type { CoverageMeasure } from './declare.ts'
import type { EvidenceAsk, EvidenceList } from './evidence.ts'
import { hourAsOf, mapDay, reading } from './reading.ts'

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
  const now = await reading(tx)
  const onDay = mapDay(ask.map, ask.asOf, now.today)
  const holds = (alias: string) => sql`${sql.ref(alias)}.valid_from <= ${onDay}::date
    and (${sql.ref(alias)}.valid_until is null or ${sql.ref(alias)}.valid_until > ${onDay}::date)`
  const fits = sql`unit.search like all (${words.map((word) => `%${word}%`)}::text[])`
  const { rows: standing } = await sql<{ id: string }>`
    select v.unit_id::text as id from units.ancestry a
    join units.unit_version v on v.unit_id = a.unit_id and ${holds('v')}
    where a.ancestor_id = ${ask.unitId}::bigint and ${holds('a')}
      and v.kind = any(${[...coverage.unitKinds]}::text[])`.execute(tx)
  const cells = await readCells(
    tx,
    standing.map(({ id }) => ({
      standing: now.standing(coverage.of),
      counted: coverage.of,
      unitId: id,
      mapDay: onDay,
      hour: hourAsOf(ask.asOf, now),
      before: null,
    })),
    null,
  )
  const covered = standing.filter((_, at) => Number(cells[at]?.amount ?? 0) > 0).map(({ id }) => id)
  const listed = sql`
    with unit as (
      select v.unit_id, v.name, v.code, v.search, p.name as parent, p.code as parent_code
      from units.ancestry a
      join units.unit_version v on v.unit_id = a.unit_id and ${holds('v')}
      left join units.unit_version p on p.unit_id = v.parent_id and ${holds('p')}
      where a.ancestor_id = ${ask.unitId}::bigint and ${holds('a')}
        and v.kind = any(${[...coverage.unitKinds]}::text[])
        and (v.unit_id = any(${covered}::bigint[])) = ${section === 'covered'}
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
