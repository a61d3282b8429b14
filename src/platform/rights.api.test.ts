import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { systemActor } from './access/index.ts'
import { nobody } from './actor/actor.ts'
import type { RouteDeclaration } from './http/route.ts'
import { routeKey } from './http/route.ts'
import {
  allProbes,
  allRoutes,
  model,
  type Planted,
  type Probe,
  type ProbePlace,
  type Reader,
  type RelationKey,
  readers,
  relations,
  sendProbe,
  unmatched,
} from './testing/matrix.ts'
import { scopeFaults } from './testing/scope-matrix.ts'
import { type Answer, type Client, productParts, startTestServer, type TestServer } from './testing/server.ts'
import { openSession } from './testing/world.ts'

const probes = allProbes()
const parts = await productParts()
const routes = allRoutes(parts).filter((declared) => probes.has(routeKey(declared)))
const rights = model(parts)

let server: TestServer
let asked = 0
const refusedRequests: string[] = []
beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server.close())

test('every route stands in the matrix, and nothing else does', () => {
  expect(unmatched(parts, probes)).toEqual({ routesWithoutProbe: [], probesWithoutRoute: [] })
})

async function plant(probe: Probe, place: ProbePlace): Promise<Planted> {
  if (!probe.plant) return {}
  const actor = await systemActor(server.database)
  return server.database.write(actor, (tx) => probe.plant?.(tx, actor, place) ?? Promise.resolve({}))
}

const tokens = new Map<Reader, string>()

/** Routes about the own account get a session of their own each time: some end the one they came with, or all. */
async function clientOf(reader: Reader, probe: Probe): Promise<Client> {
  if (reader === 'anonymous') return server.anonymous
  if (probe.reach === 'own') tokens.delete(reader)
  const { accountId } = server.world.accounts[reader]
  const open = () => server.database.owner.transaction().execute((tx) => openSession(tx, accountId))
  const token = tokens.get(reader) ?? (await open())
  if (probe.reach !== 'own') tokens.set(reader, token)
  return server.as({ token })
}

function faultOf(
  answer: Answer,
  served: boolean,
  mustServe: boolean,
  reader: Reader,
  declared: RouteDeclaration,
): string | null {
  if (answer.status >= 500) return 'failed'
  if (mustServe) return served ? null : 'was refused'
  if (served) return 'was SERVED'
  if (!rights.isSignedIn(reader) && declared.audience !== 'anyone')
    return answer.status === 401 ? null : 'not 401'
  if (!rights.mayEnter(reader, declared.audience)) return answer.status === 403 ? null : 'not 403'
  if (declared.method === 'GET') return null
  return [403, 404].includes(answer.status) ? null : 'refused, but not for lack of rights'
}

async function ask(
  declared: RouteDeclaration,
  probe: Probe,
  unitKey: RelationKey,
  reader: Reader,
  shared: { place: ProbePlace; planted: Planted } | null,
): Promise<string | null> {
  asked++
  const place = { ...(shared?.place ?? placeOf(unitKey, reader)), account: reader }
  const planted = shared?.planted ?? (await plant(probe, place))
  const answer = await sendProbe(
    await clientOf(reader, probe),
    declared,
    probe.request?.(place, planted) ?? {},
  )
  const served = probe.served?.(answer, planted, place) ?? (answer.status >= 200 && answer.status < 300)
  if (!served && answer.body?.error?.requestId) refusedRequests.push(answer.body.error.requestId)
  const fault = faultOf(answer, served, rights.isServed(reader, declared, probe, unitKey), reader, declared)
  if (!fault) return null
  return `${reader} at ${relations[unitKey]} (${unitKey}): ${fault}: ${answer.status} ${answer.text.slice(0, 200)}`
}

let places = 0
function placeOf(unitKey: RelationKey, account: Reader): ProbePlace {
  places++
  return {
    unitId: server.world.units[unitKey],
    unitKey,
    unique: `p${places}`,
    world: server.world,
    database: server.database,
    account,
  }
}

describe('each route serves exactly those who hold its right over the unit', () => {
  for (const declared of routes) {
    const probe = probes.get(routeKey(declared)) ?? {}
    const reach = probe.reach ?? 'unit'
    const units: RelationKey[] = reach === 'unit' ? (Object.keys(relations) as RelationKey[]) : ['a1']
    test(routeKey(declared), { timeout: 120_000 }, async () => {
      const faults: (string | null)[] = []
      for (const unitKey of units) {
        const place = placeOf(unitKey, 'anonymous')
        const shared = reach === 'own' ? null : { place, planted: await plant(probe, place) }
        const changes = (reader: Reader) =>
          declared.method !== 'GET' && rights.isServed(reader, declared, probe, unitKey)
        const looking = readers.filter((reader) => !changes(reader))
        faults.push(
          ...(await Promise.all(looking.map((reader) => ask(declared, probe, unitKey, reader, shared)))),
        )
        // Who changes something gets rows of their own, one after the other, and is refused for nobody else's sake.
        for (const reader of readers.filter(changes))
          faults.push(await ask(declared, probe, unitKey, reader, null))
      }
      expect(faults.filter((fault) => fault !== null)).toEqual([])
    })
  }

  test('and what was refused wrote nothing', async () => {
    const { rows } = await sql<{ action: string }>`
      select distinct action from audit.entry
      where request_id = any(${refusedRequests}) and action not like 'session.%'`.execute(
      server.database.owner,
    )
    expect(asked).toBeGreaterThan(200)
    expect(rows).toEqual([])
  })
})

describe('the database itself', () => {
  test('shows and lets change exactly those rows, table by table', { timeout: 240_000 }, async () => {
    expect(await scopeFaults(server, rights, parts)).toEqual([])
  })

  test('shows nothing to a connection that names nobody', async () => {
    const seen: string[] = []
    for (const table of parts.flatMap((part) => part.scope ?? [])) {
      if ('platformOnly' in table) continue
      const { rows } = await server.database.read(nobody, (tx) =>
        sql<{ count: string }>`select count(*) from ${sql.table(table.table)}`.execute(tx),
      )
      if (rows[0]?.count !== '0') seen.push(table.table)
    }
    expect(seen).toEqual([])
  })

  test('opens no table of the platform to a person', async () => {
    const open: string[] = []
    const { accountId } = server.world.accounts.root_administrator
    for (const table of parts.flatMap((part) => part.scope ?? [])) {
      if (!('platformOnly' in table)) continue
      const read = server.database.read({ ...nobody, accountId }, (tx) =>
        sql`select 1 from ${sql.table(table.table)} limit 1`.execute(tx),
      )
      const code = await read.then(
        () => 'read',
        (error: { code?: string }) => error.code,
      )
      if (code !== '42501') open.push(table.table)
    }
    expect(open).toEqual([])
  })

  test('is seen through where a table is opened wider than declared', { timeout: 120_000 }, async () => {
    const wide = parts.map((part) => ({
      ...part,
      scope: (part.scope ?? []).map((table) =>
        table.table === 'access.account' ? { ...table, view: 'signed_in', change: 'signed_in' } : table,
      ),
    }))
    const holed = await startTestServer({ parts: wide })
    try {
      const faults = await scopeFaults(holed, rights, parts)
      expect(faults.some((fault) => /^leader sees \d+ rows of access\.account/.test(fault))).toBe(true)
      expect(faults.some((fault) => /^leader adding to access\.account at districtA/.test(fault))).toBe(true)
    } finally {
      await holed.close()
    }
  })
})
