import { createAccount, giveGrant, systemActor } from '../access/index.ts'
import type { Database } from '../db/database.ts'
import { buildServer } from '../http/server.ts'
import { jobs } from '../jobs/index.ts'
import { authenticate, cookieName } from '../session/index.ts'
import { type Client, client } from '../testing/server.ts'
import { openSession } from '../testing/world.ts'
import { applyChange } from '../units/index.ts'
import { foldOnce } from './fold.loop.ts'
import { historyWorld, partsOfVersion } from './history.fixtures.ts'

/** What is asked for in the address of a request. */
export type Query = Record<string, string>
const words = (query: Query) => new URLSearchParams(query).toString()

/** The world of histories served over HTTP, with measures of every kind, people of three units, and changes of units. */
export async function figureServer() {
  const world = await historyWorld()
  const { database, owner, id } = world
  const system = await systemActor(database)
  const times = { atOnce: 0, commonly: 0 }
  const counting: Database = {
    ...database,
    read: (actor, work) => {
      times.commonly += 1
      return database.read(actor, work)
    },
    askOnce: (actor, text, values) => {
      times.atOnce += 1
      return database.askOnce(actor, text, values)
    },
  }
  const http = await buildServer({
    parts: [...partsOfVersion(0), jobs],
    database: counting,
    authenticate: authenticate(database),
    version: '0.0.0',
    sessionCookie: cookieName,
  })
  const address = await http.listen({ port: 0, host: '127.0.0.1' })
  const leaderOf = async (code: string): Promise<Client> => {
    const loginName = `lanh.dao.${code.toLowerCase()}`
    const accountId = await database.write(system, async (tx) => {
      const unitId = id(code)
      const made = await createAccount(tx, system, { loginName, displayName: loginName, unitId })
      const grant = { accountId: made.accountId, role: 'leader', unitId, validFrom: '2020-01-01' }
      await giveGrant(tx, system, grant)
      return made.accountId
    })
    await owner.query('update access.password set must_change = false')
    return client(address, await database.owner.transaction().execute((tx) => openSession(tx, accountId)))
  }
  /** Of whoever leads the province, commune A and commune B. */
  const readers = { T: await leaderOf('T'), A: await leaderOf('A'), B: await leaderOf('B') }
  const change = (input: Parameters<typeof applyChange>[2]) =>
    database.write(system, (tx) => applyChange(tx, system, input))
  const made = { name: 'Thôn Mới', code: 'A3', kind: 'village', parentId: id('A'), nameIsOurs: true }
  const { madeIds } = await change({ kind: 'create', on: '2022-11-01', made })
  await change({ kind: 'merge', on: '2022-11-01', fromIds: [id('B2')], intoId: id('B1') })
  await change({ kind: 'move', on: '2022-10-01', unitId: id('A2'), parentId: id('B') })
  const figureOf = (name: string, query: Query, as: Client = readers.T) =>
    as.get(`/api/measures/${name}/figure?${words(query)}`)
  return {
    ...world,
    system,
    /** The database as the server asks it. */
    asked: counting,
    readers,
    /** A village that commune A has had since November. */
    newcomer: madeIds[0] ?? '',
    /** A village of commune B that ended with October. */
    former: id('B2'),
    /** How often the server asked for figures at once, and how often in the common way, while `work` ran. */
    async since(work: () => Promise<unknown>) {
      Object.assign(times, { atOnce: 0, commonly: 0 })
      await work()
      return { ...times }
    },
    /** Plants the rows that tests begin with, all of them summed. */
    async plant() {
      await owner.query('delete from toy.event; delete from toy.club; delete from toy.case_file')
      await world.event('A1', '2022-03-01', 'course', '10')
      await world.event('A2', '2022-12-01', 'course', '0.5')
      await world.event('B1', '2022-12-31', 'talk', '90')
      await world.club('A1', '2022-02-01', null, '12.5')
      await world.club('A2', '2022-05-01', '2022-11-15', '3')
      await owner.query(
        `insert into toy.case_file (unit_id, person, channel, received_at, due_at, settled_at)
         select ($1::bigint[])[1 + n % 3], (array['an', 'bình', 'chi'])[1 + n % 3], 'online', at, at + interval '5 days',
           case when n % 4 > 0 then at + n * interval '2 days' end
         from (select n, timestamptz '2022-02-01 08:00+07' + n * interval '30 days' as at
           from generate_series(0, 10) n) one`,
        [['A1', 'A2', 'B1'].map(id)],
      )
      await foldOnce(database)
      // The first reading learns in which blocks the measures are counted.
      await figureOf('toy.courses', { unitId: id('T'), period: 'year' })
    },
    figureOf,
    pageOf: (name: string, query: Query, as: Client = readers.T) =>
      as.get(`/api/measures/${name}?${words(query)}`),
    overviewOf: (query: Query) => readers.T.get(`/api/measures/figures?${words(query)}`),
    numerator: async (name: string, code: string) =>
      (await figureOf(name, { unitId: id(code) })).body.figure.numerator,
    async close() {
      await http.close()
      await world.close()
    },
  }
}
