import type pg from 'pg'
import { inAudited } from './audited.ts'

/** Provinces, communes in each, villages in each commune. */
export type Size = { provinces: number; communes: number; villages: number }

/** The day on which communes merge; the product stands on 31/12/2022. */
export const mergedOn = '2022-07-01'
export const today = '2022-12-31'

/**
 * Makes a country of provinces, communes and villages below the root, in one statement for each kind of row. In the
 * first province five pairs of communes merge in 2022 and their villages move along, so that the map of then is another
 * one than today's: it had five communes more.
 */
export async function makeCountry(client: pg.Client, size: Size): Promise<void> {
  await inAudited(client, 'units', () => plantUnits(client, size))
  await client.query('analyze')
}

async function plantUnits(client: pg.Client, { provinces, communes, villages }: Size): Promise<void> {
  await client.query(`create temporary table planned (
    id bigint, kind text, code text, name text, parent_code text, later_parent_code text, until_on date, from_on date
  ) on commit drop`)
  await client.query(
    `insert into planned (kind, code, name, parent_code, from_on)
     select 'province', format('P%s', p), format('Tỉnh %s', p), 'VN', '2010-01-01' from generate_series(1, $1::int) p`,
    [provinces],
  )
  // The last ten of the first province and five to take their place; elsewhere nothing changes.
  await client.query(
    `insert into planned (kind, code, name, parent_code, from_on, until_on)
     select 'commune', format('P%s-%s', p, c), format('Xã %s', c), format('P%s', p), '2010-01-01',
       case when p = 1 and c > $2::int - 5 then $3::date end
     from generate_series(1, $1::int) p cross join generate_series(1, $2::int + case when p = 1 then 5 else 0 end) c`,
    [provinces, communes, mergedOn],
  )
  await client.query(
    `insert into planned (kind, code, name, parent_code, from_on)
     select 'commune', format('P1-M%s', m), format('Xã sáp nhập %s', m), 'P1', $1 from generate_series(1, 5) m`,
    [mergedOn],
  )
  await client.query(
    `insert into planned (kind, code, name, parent_code, later_parent_code, from_on)
     select 'village', format('%s-%s', c.code, v), format('Thôn %s', v), c.code,
       case when c.until_on is not null then format('P1-M%s', (row_number() over (partition by c.until_on, v order by c.code) + 1) / 2) end,
       '2010-01-01'
     from planned c cross join generate_series(1, $1::int) v where c.kind = 'commune' and c.code not like 'P1-M%'`,
    [villages],
  )
  await client.query(`update planned set id = nextval(pg_get_serial_sequence('units.unit', 'id'))`)
  await client.query('insert into units.unit (id) select id from planned')
  await client.query('create index on planned (code)')
  await client.query('analyze planned')
  await client.query(
    `with code as (
       select id, code from planned union all select unit_id, code from units.unit_version where parent_id is null
     ), version as (
       select p.id, p.kind, p.code, p.name, p.parent_code, p.from_on,
              case when p.later_parent_code is null then p.until_on else $1::date end as until_on from planned p
       union all
       select p.id, p.kind, p.code, p.name, p.later_parent_code, $1::date, null from planned p
       where p.later_parent_code is not null
     )
     insert into units.unit_version (unit_id, kind, code, name, parent_id, valid_from, valid_until, search)
     select v.id, v.kind, v.code, v.name, parent.id, v.from_on, v.until_on, format('|%s|', lower(v.code))
     from version v join code parent on parent.code = v.parent_code`,
    [mergedOn],
  )
  await client.query(
    `with event as (
       insert into units.event (unit_id, kind, takes_effect_on)
       select id, 'merge', $1 from planned where code = 'P1' returning id
     )
     insert into units.succession (event_id, from_unit_id, to_unit_id, on_day, is_whole)
     select distinct event.id, old.id, new.id, $1::date, true
     from planned village
     join planned old on old.code = village.parent_code
     join planned new on new.code = village.later_parent_code
     cross join event`,
    [mergedOn],
  )
}
