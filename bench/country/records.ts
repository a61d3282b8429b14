import type pg from 'pg'
import type { RecordTable } from '../counted-module/measures.ts'

/**
 * Fills a table with rows of three years at villages all over the country, the same rows at each run; then makes its
 * keys and indexes. Answers the milliseconds that the rows and the indexes took.
 */
export async function fillRecords(client: pg.Client, table: RecordTable, rows: number): Promise<void> {
  const name = `bench.record_${table}`
  await client.query(`set work_mem = '64MB'; set maintenance_work_mem = '256MB'`)
  await client.query(
    `insert into ${name} (unit_id, service, status, amount, happened_on, due_at, settled_on)
     select villages.ids[1 + made.a % cardinality(villages.ids)], 1 + made.b % 300, 1 + made.c % 8, made.a % 100000,
            made.day, made.day + interval '17 hours' + make_interval(days => (5 + made.b % 20)::int),
            case when made.c % 10 > 0 and made.day + (made.c % 25)::int <= date '2022-12-31'
              then made.day + (made.c % 25)::int end
     from (select array_agg(unit_id order by unit_id) as ids from (
             select distinct unit_id from units.unit_version where kind = 'village') v) villages
     cross join lateral (
       select a, b, c, date '2020-01-01' + (c % 1096)::int as day
       from generate_series(1, $1::bigint) g
       cross join lateral (select g * 2654435761 % 4294967291 as a, g * 40503 % 65521 as b, g * 48271 % 2147483647 as c) h
     ) made`,
    [rows],
  )
  await client.query(`alter table ${name} add primary key (id)`)
  await client.query(`create index on ${name} (unit_id, happened_on)`)
  await client.query(`create index on ${name} (service, status)`)
  await client.query(`alter table ${name} add foreign key (unit_id) references units.unit`)
  await client.query(`vacuum analyze ${name}`)
}
