import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { systemActor } from '../access/index.ts'
import {
  allProbes,
  allRoutes,
  model,
  type Planted,
  type ProbePlace,
  type Reader,
  readers,
  sendProbe,
} from '../testing/matrix.ts'
import { type Client, productParts, startTestServer, type TestServer } from '../testing/server.ts'
import { openSession } from '../testing/world.ts'
import { type RouteDeclaration, routeKey } from './route.ts'

const parts = await productParts()
const probes = allProbes()
const rights = model(parts)

let server: TestServer
beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server.close())

const oddValues: readonly unknown[] = [
  {},
  [],
  null,
  Number.NaN,
  1e308,
  -1,
  '',
  'x'.repeat(5000),
  '9'.repeat(19),
  'a\u0000b',
  '\ud800',
  '%',
  "' or 1=1 --",
  '../../../etc/passwd',
  '0000-00-00',
  '9999-12-31',
  '999999-01-01',
  '<script>alert(1)</script>',
  { $ne: null },
]

const fieldsOf = (schema: unknown): string[] =>
  schema instanceof z.ZodObject ? Object.keys(schema.shape) : []
const asText = (value: unknown) => (typeof value === 'string' ? value : (JSON.stringify(value) ?? ''))

async function browserOf(reader: Reader): Promise<Client> {
  if (reader === 'anonymous') return server.anonymous
  const { accountId } = server.world.accounts[reader]
  return server.as({
    token: await server.database.owner.transaction().execute((tx) => openSession(tx, accountId)),
  })
}

async function faultsOf(declared: RouteDeclaration): Promise<string[]> {
  const probe = probes.get(routeKey(declared)) ?? {}
  const reader = readers.find((one) => rights.isServed(one, declared, probe, 'a1')) ?? 'administrator'
  const place: ProbePlace = {
    unitId: server.world.units.a1,
    unitKey: 'a1',
    unique: `bad${declared.method}${declared.path}`.toLowerCase().replace(/[^a-z0-9]/g, ''),
    world: server.world,
    database: server.database,
    account: reader,
  }
  const actor = await systemActor(server.database)
  const planted: Planted = probe.plant
    ? await server.database.write(actor, (tx) => probe.plant?.(tx, actor, place) ?? Promise.resolve({}))
    : {}
  const sound = probe.request?.(place, planted) ?? {}
  const asked = [
    ...fieldsOf(declared.params).map((field) => ['params', field] as const),
    ...fieldsOf(declared.query).map((field) => ['query', field] as const),
    ...(declared.upload ? [] : fieldsOf(declared.body)).map((field) => ['body', field] as const),
  ]
  const faults: string[] = []
  for (const [where, field] of asked) {
    for (const value of oddValues) {
      const before = (sound[where] ?? {}) as Record<string, unknown>
      const wanted = { ...sound, [where]: { ...before, [field]: where === 'body' ? value : asText(value) } }
      const answer = await sendProbe(await browserOf(reader), declared, wanted)
      if (answer.status >= 500)
        faults.push(`${where}.${field} = ${asText(value).slice(0, 40)}: ${answer.status}`)
    }
  }
  return faults
}

describe('no value of any field makes the server fail', () => {
  for (const declared of allRoutes(parts)) {
    test(routeKey(declared), { timeout: 120_000 }, async () => {
      expect(await faultsOf(declared)).toEqual([])
    })
  }
})
