import pg from 'pg'
import { expect, test } from 'vitest'
import { parts } from '../../app.ts'
import { migrate, migrationsOf } from '../install/migrate.ts'
import { freshDatabase } from '../testing/database.ts'

const later = [
  'units/0007-units-heirs.sql',
  'access/0004-rights-go-along.sql',
  'measures/0013-kept.sql',
  'programme/0003-target-heirs.sql',
]

/** One row of the statement's first column. */
async function one(client: pg.Client, statement: string, values: unknown[] = []): Promise<string> {
  const { rows } = await client.query({ text: statement, values, rowMode: 'array' })
  return String(rows[0]?.[0])
}

test('a target that was made the half’s own before is the split unit’s again, and the half’s from that day', async () => {
  const fresh = await freshDatabase({ empty: true })
  const client = new pg.Client({ connectionString: fresh.ownerUrl })
  try {
    const all = (await migrationsOf(parts)).map(({ id }) => id)
    const isLater = (id: string) => later.some((one) => id.split('/')[0] === one.split('/')[0] && id >= one)
    await migrate(fresh.ownerUrl, parts, { only: all.filter((id) => !isLater(id)) })
    await client.connect()
    const root = await one(client, `select unit_id from units.unit_version where code = 'VN'`)
    const unit = async (code: string, from: string, until: string | null) => {
      const id = await one(client, 'insert into units.unit default values returning id')
      await client.query(
        `insert into units.unit_version (unit_id, kind, code, name, parent_id, valid_from, valid_until, search)
         values ($1, 'commune', $2, $2, $3, $4, $5, '|')`,
        [id, code, root, from, until],
      )
      return id
    }
    const old = await unit('Xã Cũ', '2000-01-01', '2022-06-01')
    const halves = [await unit('Xã Đông', '2022-06-01', null), await unit('Xã Tây', '2022-06-01', null)]
    const event = await one(
      client,
      `insert into units.event (unit_id, kind, takes_effect_on) values ($1, 'split', '2022-06-01') returning id`,
      [root],
    )
    for (const half of halves)
      await client.query(
        `insert into units.succession (event_id, from_unit_id, to_unit_id, on_day, is_whole) values ($1, $2, $3, '2022-06-01', false)`,
        [event, old, half],
      )
    const programme = await one(
      client,
      `insert into programme.programme (unit_id, name, from_year, until_year) values ($1, 'P', 2021, 2025) returning id`,
      [root],
    )
    const plan = await one(
      client,
      `insert into programme.plan (programme_id, unit_id, year, name) values ($1, $2, 2022, 'K') returning id`,
      [programme, root],
    )
    const field = await one(
      client,
      `insert into programme.field (unit_id, programme_id, name, place) values ($1, $2, 'F', 1) returning id`,
      [root, programme],
    )
    const target = await one(
      client,
      `insert into programme.target (unit_id, plan_id, field_id, code, title, direction, value_unit, end_value,
         starts_on, ends_on, answerable_name)
       values ($1, $2, $3, 'MOT', 'T', 'at_least', '', 10, '2022-01-01', '2022-12-31', 'A') returning id`,
      [halves[0], plan, field],
    )
    await client.query(
      `insert into programme.path_point (target_id, unit_id, due_on, value) values ($1, $2, '2022-06-30', 5)`,
      [target, halves[0]],
    )
    await client.query(
      `insert into units.settlement (table_name, row_id, from_unit_id, to_unit_id) values ('programme.target', $1, $2, $3)`,
      [target, old, halves[0]],
    )
    expect((await migrate(fresh.ownerUrl, parts)).applied).toEqual(expect.arrayContaining(later))
    const heirOn = (day: string) =>
      one(
        client,
        `select h.heir_id from programme.target t cross join lateral units.heirs_on(array[t.unit_id], $2) h where t.id = $1`,
        [target, day],
      )
    expect([await heirOn('2022-05-31'), await heirOn('2022-06-01')]).toEqual([old, halves[0]])
    const notes = await one(client, 'select count(*) from programme.target_revision')
    expect(notes).toBe('0')
    const points = await one(
      client,
      'select count(*) from programme.path_point p join programme.target t on (t.id, t.unit_id) = (p.target_id, p.unit_id)',
    )
    expect(points).toBe('1')
  } finally {
    await client.end()
    await fresh.drop()
  }
}, 60_000)
