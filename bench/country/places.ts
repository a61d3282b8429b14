import type pg from 'pg'
import type { Actor } from '../../src/platform/actor/actor.ts'
import { mergedOn } from './units.ts'

/** A village and the officer of its commune, who may write there. */
export type WritingPlace = { unitId: string; actor: Actor }

/** What the load is put on. */
export type Country = {
  /** Every village, in an order that jumps from commune to commune. */
  everywhere: readonly WritingPlace[]
  /** The villages of one commune. */
  oneCommune: readonly WritingPlace[]
  countryId: string
  /** The province where communes merged. */
  provinceId: string
  provinces: readonly string[]
  /** Units of every level as they are today. */
  units: readonly string[]
  /** An account that may see all totals. */
  leader: Actor
}

/** Looks up what {@link makeCountry} and {@link makeAccounts} made. */
export async function lookAround(client: pg.Client): Promise<Country> {
  const ask = async <T extends object>(text: string) => (await client.query<T>(text)).rows
  const villages = await ask<{ unitId: string; communeId: string; accountId: string }>(
    `select v.unit_id as "unitId", v.parent_id as "communeId", a.id as "accountId"
     from units.unit_version v join access.account a on a.unit_id = v.parent_id
     where v.kind = 'village' and v.valid_until is null order by md5(v.unit_id::text)`,
  )
  const units = await ask<{ id: string; kind: string; code: string }>(
    `select unit_id as id, kind, code from units.unit_version where valid_until is null order by md5(unit_id::text)`,
  )
  const [leader] = await ask<{ id: string }>(`select id from access.account where login_name = 'leader-vn'`)
  const places = villages.map(({ unitId, communeId, accountId }) => ({
    unitId,
    communeId,
    actor: actorOf(accountId),
  }))
  const idOf = (code: string) => units.find((unit) => unit.code === code)?.id ?? ''
  return {
    everywhere: places,
    oneCommune: places.filter((place) => place.communeId === places[0]?.communeId),
    countryId: idOf('VN'),
    provinceId: idOf('P1'),
    provinces: units.filter((unit) => unit.kind === 'province').map((unit) => unit.id),
    units: units.map((unit) => unit.id),
    leader: actorOf(leader?.id ?? ''),
  }
}

/** The last day on which the communes of the first province stood as before. */
export const dayBeforeMerger = new Date(Date.parse(mergedOn) - 86_400_000).toISOString().slice(0, 10)

/** What the database asks of an actor is the account; rights are looked up there. */
function actorOf(accountId: string): Actor {
  return { accountId, displayName: '', held: [], requestId: null, address: null }
}
