import pg from 'pg'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { appUrlOf, type Database, openDatabase } from '../db/database.ts'
import { type FreshDatabase, freshDatabase } from '../testing/database.ts'
import { plantWorld, type UnitKey, type World } from '../testing/world.ts'

let fresh: FreshDatabase
let database: Database
let world: World
/** The connection that remembers, of the role that serves people; and one of the owner, who changes things. */
let one: pg.Client
let owner: pg.Client

/** Two people whose rights a connection keeps in the same place, and one of whom it knows nothing. */
const [mai, sau, la] = ['1001', '1065', '1007']

const connect = async (url: string) => {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  return client
}

beforeAll(async () => {
  fresh = await freshDatabase()
  database = openDatabase(fresh.ownerUrl)
  world = await plantWorld(database)
  one = await connect(appUrlOf(fresh.ownerUrl))
  owner = await connect(fresh.ownerUrl)
  await deed(`insert into calendar.working_date (working_on) values ('2022-12-31')`)
  for (const account of [mai, sau, la])
    await deed(`insert into access.account (id, unit_id, login_name, display_name, sort_key, search)
      values (${account}, ${world.units.a1}, 'nho.${account}', 'Người ${account}', 'x', 'x')`)
})
afterAll(async () => {
  await one.end()
  await owner.end()
  await database.close()
  await fresh.drop()
})
beforeEach(async () => {
  await deed(`delete from access.grant where account_id in (${mai}, ${sau}, ${la})`)
})

const entry = () =>
  `insert into audit.entry (unit_id, action, subject, subject_id) values (${world.units.root}, 'test.tried', 'x', 'x')`
/** Changes something as the owner, with the entry that every write owes. */
const deed = (text: string) => owner.query(`begin; ${entry()}; ${text}; commit`)
const granting = (account: string, unit: UnitKey, from = '2022-01-01', until?: string) =>
  `insert into access.grant (account_id, role, unit_id, valid_from, valid_until) values (${account}, 'leader',
    ${world.units[unit]}, '${from}', ${until ? `'${until}'` : 'null'})`
const give = (account: string, unit: UnitKey, from?: string, until?: string) =>
  deed(granting(account, unit, from, until))

const asking = 'select distinct access.units_permitted($1)::text as id'
/** The units in which an account holds a right, in the transaction that is open. */
async function held(account: string, on = one, capability = 'access.view'): Promise<string[]> {
  await on.query(`set local banlang.account = '${account}'`)
  const { rows } = await on.query<{ id: string }>(asking, [capability])
  const keys = new Map(Object.entries(world.units).map(([key, id]) => [id, key]))
  return rows.map(({ id }) => keys.get(id) ?? id).toSorted()
}
/** In a transaction that is undone. */
async function inTransaction<T>(work: () => Promise<T>, on = one): Promise<T> {
  await on.query('begin')
  try {
    return await work()
  } finally {
    await on.query('rollback')
  }
}
/** In a transaction of its own, which goes on to its end. */
async function may(account: string, on = one, capability?: string): Promise<string[]> {
  await on.query('begin')
  const found = await held(account, on, capability)
  await on.query('commit')
  return found
}
const everywhere = async (account: string) => {
  await one.query('begin')
  await one.query(`set local banlang.account = '${account}'`)
  const { rows } = await one.query(`select access.everywhere('access.view') as yes`)
  await one.query('commit')
  return rows[0].yes
}
const inA1 = ['a1', 'a11', 'a12', 'officeA1']
const inA2 = ['a2', 'a21']
const inBoth = ['a1', 'a11', 'a12', 'a2', 'a21', 'officeA1']

test('the rights of an account are looked up once for a connection, as long as none has changed', async () => {
  await give(mai, 'a1')
  await give(la, 'a1')
  expect(await may(mai)).toEqual(inA1)
  await owner.query('begin; lock table access.grant in access exclusive mode')
  await one.query(`set lock_timeout = '100ms'`)
  expect(await may(mai)).toEqual(inA1)
  expect(await may(mai)).toEqual(inA1)
  // Whoever has not been asked about yet has to be looked up.
  await expect(inTransaction(() => held(la))).rejects.toThrow(/lock timeout/)
  await owner.query('rollback')
  await one.query('reset lock_timeout')
  expect(await may(la)).toEqual(inA1)
})

describe('the next transaction of a connection has the rights of its time', () => {
  test('when grants are given, moved, taken back and deleted', async () => {
    const steps: [text: string, expected: string[]][] = [
      [granting(mai, 'a1'), inA1],
      [granting(mai, 'a2'), inBoth],
      [
        `update access.grant set revoked_at = now() where account_id = ${mai} and unit_id = ${world.units.a1}`,
        inA2,
      ],
      [
        `update access.grant set unit_id = ${world.units.b1} where account_id = ${mai} and revoked_at is null`,
        ['b1', 'b11'],
      ],
      [`update access.grant set role = 'village_head' where account_id = ${mai}`, []],
      [
        `update access.grant set role = 'auditor', revoked_at = null where account_id = ${mai}`,
        ['a1', 'a11', 'a12', 'b1', 'b11', 'officeA1'],
      ],
      [`delete from access.grant where account_id = ${mai}`, []],
    ]
    expect(await may(mai)).toEqual([])
    for (const [text, expected] of steps) {
      await deed(text)
      expect(await may(mai), text).toEqual(expected)
      expect(await may(mai), text).toEqual(expected)
    }
  })

  test('when the account is blocked and let in again', async () => {
    await give(mai, 'a1')
    const status = (to: string) => deed(`update access.account set status = '${to}' where id = ${mai}`)
    expect(await may(mai)).toEqual(inA1)
    await status('suspended')
    expect(await may(mai)).toEqual([])
    await status('active')
    expect(await may(mai)).toEqual(inA1)
  })

  test('when its role comes to hold a right, and no longer holds it', async () => {
    await give(mai, 'a1')
    expect([await may(mai, one, 'test.new'), await may(mai)]).toEqual([[], inA1])
    await owner.query(`insert into access.role_capability values ('leader', 'test.new')`)
    expect(await may(mai, one, 'test.new')).toEqual(inA1)
    await owner.query(`update access.role_capability set role = 'auditor' where capability = 'test.new'`)
    expect(await may(mai, one, 'test.new')).toEqual([])
    await owner.query(`update access.role_capability set role = 'leader' where capability = 'test.new'`)
    expect(await may(mai, one, 'test.new')).toEqual(inA1)
    await owner.query(`delete from access.role_capability where capability = 'test.new'`)
    expect([await may(mai, one, 'test.new'), await may(mai)]).toEqual([[], inA1])
  })

  test('when the day comes on which a grant begins or ends', async () => {
    await give(mai, 'a1', '2023-01-01', '2023-02-01')
    await give(mai, 'a2', '2022-01-01', '2023-01-31')
    for (const [day, expected] of [
      ['2022-12-31', inA2],
      ['2023-01-01', inBoth],
      ['2023-01-30', inBoth],
      ['2023-01-31', inA1],
      ['2023-02-01', []],
      ['2022-12-31', inA2],
    ] as const) {
      await deed(`update calendar.working_date set working_on = '${day}'`)
      expect([day, await may(mai)]).toEqual([day, expected])
    }
  })

  test('when a unit below the one given to it moves elsewhere', async () => {
    await give(mai, 'a1')
    const stands = (unit: UnitKey, under: UnitKey) =>
      deed(
        `update units.unit_version set parent_id = ${world.units[under]} where unit_id = ${world.units[unit]}`,
      )
    expect(await may(mai)).toEqual(inA1)
    await stands('a12', 'a2')
    expect(await may(mai)).toEqual(['a1', 'a11', 'officeA1'])
    await stands('a12', 'a1')
    expect(await may(mai)).toEqual(inA1)
  })

  test('when its unit becomes the top of the whole tree', async () => {
    await give(mai, 'province')
    expect(await everywhere(mai)).toBe(false)
    const stands = (under: string) =>
      deed(`update units.unit_version set parent_id = ${under} where unit_id = ${world.units.province}`)
    await stands('null')
    expect(await everywhere(mai)).toBe(true)
    await stands(world.units.root)
    expect(await everywhere(mai)).toBe(false)
  })

  test('and not those of another account, whose rights are kept in the same place', async () => {
    await give(mai, 'a1')
    await give(sau, 'a2')
    for (let turn = 0; turn < 3; turn += 1)
      expect([await may(mai), await may(sau), await may(la)]).toEqual([inA1, inA2, []])
    const both = await inTransaction(async () => [await held(sau), await held(mai), await held(sau)])
    expect(both).toEqual([inA2, inA1, inA2])
    // Whoever has signed out leaves nothing to who is not signed in.
    expect(await may('')).toEqual([])
  })
})

describe('what is undone', () => {
  const giving = (unit: UnitKey) => owner.query(`${entry()}; ${granting(mai, unit)}`)

  test('was a right in its own transaction only', async () => {
    expect([await may(mai, owner), await may(mai)]).toEqual([[], []])
    const meanwhile = await inTransaction(async () => {
      await giving('root')
      return [(await held(mai, owner)).length, await may(mai)]
    }, owner)
    expect(meanwhile).toEqual([Object.keys(world.units).length, []])
    expect([await may(mai, owner), await may(mai)]).toEqual([[], []])
    // Whatever is given next is not taken for what was undone.
    await give(mai, 'a2')
    expect([await may(mai, owner), await may(mai)]).toEqual([inA2, inA2])
  })

  test('back to a savepoint is no right in the rest of the transaction, nor after it', async () => {
    await give(mai, 'a2')
    await owner.query('begin')
    expect(await held(mai, owner)).toEqual(inA2)
    await owner.query('savepoint s')
    await giving('a1')
    expect(await held(mai, owner)).toEqual(inBoth)
    await owner.query('rollback to s')
    expect(await held(mai, owner)).toEqual(inA2)
    await owner.query('commit')
    expect(await may(mai, owner)).toEqual(inA2)
  })

  test('of a right taken away leaves the right', async () => {
    await give(mai, 'a1')
    expect(await may(mai, owner)).toEqual(inA1)
    const without = await inTransaction(async () => {
      await owner.query(`${entry()}; update access.grant set revoked_at = now() where account_id = ${mai}`)
      return held(mai, owner)
    }, owner)
    expect([without, await may(mai, owner)]).toEqual([[], inA1])
  })
})

test('a snapshot goes on with the rights of its time, and leaves them to nobody', async () => {
  await give(mai, 'a1')
  await one.query('begin isolation level repeatable read read only')
  await one.query('select 1')
  await deed(`update access.grant set revoked_at = now() where account_id = ${mai}`)
  expect(await held(mai)).toEqual(inA1)
  await one.query('commit')
  expect(await may(mai)).toEqual([])
})
