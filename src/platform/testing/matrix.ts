import type { Actor } from '../actor/actor.ts'
import type { Capability, RoleKey } from '../actor/capability.ts'
import type { Database, Tx } from '../db/database.ts'
import type { RouteDeclaration } from '../http/route.ts'
import { routeKey } from '../http/route.ts'
import type { Part } from '../part.ts'
import type { Answer, Client } from './server.ts'
import { type AccountKey, accountRows, type UnitKey, unitRows, type World } from './world.ts'

/** The unit that a probe asks about, and a text no other probe has, for names and codes. */
export type ProbePlace = {
  unitId: string
  unitKey: UnitKey
  unique: string
  world: World
  /** For what no transaction of the program itself may plant; e.g. a session. */
  database: Database
  /** Who will send the request. */
  account: AccountKey | 'anonymous'
}

/** Ids and texts of what `plant` made, for `request` and `served`. */
export type Planted = Record<string, string>

export type ProbeRequest = {
  params?: Record<string, string>
  query?: Record<string, string>
  body?: unknown
  upload?: { name: string; bytes: Uint8Array; fields?: Record<string, string> }
}

/**
 * How to ask one route about one unit. The test knows by itself who must be served; a probe only says how to ask and
 * how to see that it was served.
 */
export type Probe = {
  /** The capability that decides over the unit, where it is not the route's audience. */
  needs?: string
  /**
   * `own`: the route is about the reader alone, so units do not matter. `anyone`: it shows whoever may use it the same
   * for every unit, e.g. names of units.
   */
  reach?: 'unit' | 'own' | 'anyone'
  /** Makes what the request is about, as the program itself. Made afresh for every request of a route that writes. */
  plant?: (tx: Tx, actor: Actor, place: ProbePlace) => Promise<Planted>
  request?: (place: ProbePlace, planted: Planted) => ProbeRequest
  /** That the answer holds what was asked for; unless told, any 2xx. A list says whether the planted row stands in it. */
  served?: (answer: Answer, planted: Planted, place: ProbePlace) => boolean
}

/** What `<part>.matrix.ts` exports as `probes`: one probe per route of the part, by `METHOD /path`. */
export type Probes = Readonly<Record<string, Probe>>

/** Every probe in the house, found by file name. */
export function allProbes(): Map<string, Probe> {
  const files = import.meta.glob<{ probes: Probes }>('../../{platform,modules}/*/*.matrix.ts', {
    eager: true,
  })
  return new Map(Object.values(files).flatMap((file) => Object.entries(file.probes)))
}

export function allRoutes(parts: readonly Part[]): RouteDeclaration[] {
  return parts.flatMap((part) => part.routes ?? [])
}

/** Where a unit stands seen from commune A1, where the roles of the matrix are given. */
export const relations = {
  a1: 'its own unit',
  a11: 'a unit below',
  officeA1: 'a body in its unit',
  districtA: 'the unit above',
  province: 'two above',
  a2: 'a sibling',
  a21: 'below a sibling',
  b1: 'elsewhere',
} as const satisfies Partial<Record<UnitKey, string>>

export type RelationKey = keyof typeof relations

/** The readers of the matrix: each role, one above, and those whose rights do not hold. */
export const readers = [
  'administrator',
  'leader',
  'standing_office',
  'commune_officer',
  'village_head',
  'auditor',
  'district_leader',
  'suspended',
  'expired',
  'revoked',
  'without_grants',
  'anonymous',
] as const satisfies readonly (AccountKey | 'anonymous')[]

export type Reader = (typeof readers)[number]

/** What an account may do, told from the planted world and the declarations alone: no database, no product code. */
export function model(parts: readonly Part[]) {
  const rolesOf = new Map<string, readonly RoleKey[]>(
    parts.flatMap((part) =>
      (part.capabilities ?? []).map((one: Capability) => [one.name, one.roles] as const),
    ),
  )
  const grantOf = (reader: Reader) => {
    if (reader === 'anonymous') return null
    const row = accountRows[reader]
    const holds = row.role !== null && !('status' in row) && !('grant' in row)
    return holds ? { role: row.role as RoleKey, unit: row.unit as UnitKey } : null
  }
  const isSignedIn = (reader: Reader) => reader !== 'anonymous' && reader !== 'suspended'
  const mayAnywhere = (reader: Reader, capability: string) => {
    const grant = grantOf(reader)
    return grant !== null && (rolesOf.get(capability)?.includes(grant.role) ?? false)
  }
  const may = (reader: Reader, capability: string, unit: UnitKey) => {
    const grant = grantOf(reader)
    return grant !== null && mayAnywhere(reader, capability) && isWithin(unit, grant.unit)
  }
  const mayEnter = (reader: Reader, audience: string) =>
    audience === 'anyone' || (audience === 'signed_in' ? isSignedIn(reader) : mayAnywhere(reader, audience))
  const isServed = (reader: Reader, declared: RouteDeclaration, probe: Probe, unit: UnitKey) => {
    if (!mayEnter(reader, declared.audience)) return false
    const reach = probe.reach ?? 'unit'
    if (reach !== 'unit') return true
    const deciding = probe.needs ?? declared.audience
    if (deciding === 'anyone' || deciding === 'signed_in') return mayEnter(reader, deciding)
    return may(reader, deciding, unit)
  }
  return { isSignedIn, may, mayEnter, isServed }
}

/** True if `unit` is `above` or below it, by the rows of the planted world. */
export function isWithin(unit: UnitKey, above: UnitKey): boolean {
  for (let at: UnitKey = unit; ; at = unitRows[at][3] as UnitKey) {
    if (at === above) return true
    if (at === 'root') return false
  }
}

/** Sends what a probe asks for. */
export function sendProbe(client: Client, declared: RouteDeclaration, wanted: ProbeRequest): Promise<Answer> {
  const path = declared.path.replace(/:([A-Za-z]+)/g, (_, name: string) =>
    encodeURIComponent((wanted.params?.[name] ?? `missing-${name}`).toWellFormed()),
  )
  const query = new URLSearchParams(wanted.query).toString()
  const target = query ? `${path}?${query}` : path
  if (wanted.upload) return client.upload(target, wanted.upload, wanted.upload.fields)
  if (wanted.body === undefined) return client.raw(declared.method, target)
  return client.raw(declared.method, target, {
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(wanted.body),
  })
}

/** Routes without a probe and probes without a route; both must be empty. */
export function unmatched(parts: readonly Part[], probes: ReadonlyMap<string, Probe>) {
  const keys = new Set(allRoutes(parts).map(routeKey))
  return {
    routesWithoutProbe: [...keys].filter((key) => !probes.has(key)).toSorted(),
    probesWithoutRoute: [...probes.keys()].filter((key) => !keys.has(key)).toSorted(),
  }
}
