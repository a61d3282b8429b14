import { sql } from 'kysely'
import pg from 'pg'
import { parts } from '../src/app.ts'
import type { Actor } from '../src/platform/actor/actor.ts'
import { openDatabase } from '../src/platform/db/database.ts'
import type { Measure } from '../src/platform/measures/declare.ts'
import { figure } from '../src/platform/measures/figures.ts'
import { type Case, loadCalls, loadHttp } from './load.ts'
import { madeUpPerson } from './made-up.ts'
import { countMembers, countVillages } from './plain-queries.ts'
import type { ProductClient } from './product-client.ts'

export const membersMeasure = 'teams.village_team_members'
const villagesMeasure = 'teams.villages_with_team'

/** Both servers, how to reach their databases, and what the load is put on. */
export type Field = {
  ours: { address: string; ownerUrl: string; cookie: string; accountId: string }
  limit: { address: string; url: string }
  /** The district of the demonstration, and the day it stands on. */
  district: string
  asOf: string
  /** Village teams that members are added to. */
  teams: readonly string[]
}

/** Looks up in the product what the load is put on. */
export async function lookAround(client: ProductClient): Promise<Pick<Field, 'district' | 'asOf' | 'teams'>> {
  const { unit, asOf } = await client.get<{ unit: { id: string }; asOf: string }>('/api/programme/overview')
  const query = `unitId=${unit.id}&kind=community_team&level=village&limit=200`
  const { teams } = await client.get<{ teams: { id: string }[] }>(`/api/teams?${query}`)
  return { district: unit.id, asOf, teams: teams.map((team) => team.id) }
}

/** Reading: over HTTP, and one figure by itself on a pool of eight connections. `close` ends the pools. */
export function readingCases(field: Field): { cases: Case[]; close(): Promise<void> } {
  const { ours, limit, district, asOf } = field
  const database = openDatabase(ours.ownerUrl, 8)
  const plain = new pg.Pool({ connectionString: limit.url, max: 8 })
  const someTeam = taking(field.teams)
  const oneFigure = (name: string, measureName: string, text: string): Case => {
    const ask = { measure: measureNamed(measureName), unitId: district, asOf }
    return {
      name,
      seconds: 3,
      limit: (seconds) => loadCalls(seconds, () => plain.query(text, [district, asOf])),
      ours: (seconds) => loadCalls(seconds, () => database.read(actorOf(field), (tx) => figure(tx, ask))),
    }
  }
  return {
    cases: [
      {
        name: 'read one team page',
        seconds: 5,
        limit: (seconds) =>
          loadHttp(limit.address, seconds, () => ({ method: 'GET', path: `/teams/${someTeam()}` })),
        ours: (seconds) =>
          loadHttp(
            ours.address,
            seconds,
            () => ({ method: 'GET', path: `/api/teams/${someTeam()}` }),
            ours.cookie,
          ),
      },
      oneFigure('one figure, stock (no HTTP)', membersMeasure, countMembers),
      oneFigure('one figure, coverage (no HTTP)', villagesMeasure, countVillages),
      {
        name: 'overview of the district',
        seconds: 5,
        limit: (seconds) =>
          loadHttp(limit.address, seconds, () => ({
            method: 'GET',
            path: `/overview?unitId=${district}&asOf=${asOf}`,
          })),
        ours: (seconds) =>
          loadHttp(
            ours.address,
            seconds,
            () => ({ method: 'GET', path: `/api/programme/overview?unitId=${district}` }),
            ours.cookie,
          ),
      },
    ],
    close: async () => {
      await database.close()
      await plain.end()
    },
  }
}

/** Writing: one member is added to one of the village teams, which are taken in turn. */
export function writingCase(field: Field): Case {
  const { ours, limit, asOf } = field
  let number = 0
  const next = (path: (teamId: string) => string) => {
    const someTeam = taking(field.teams)
    return () => {
      number += 1
      const member = { ...madeUpPerson(number), role: 'member', joinedOn: asOf, note: '' }
      return { method: 'POST' as const, path: path(someTeam()), body: member }
    }
  }
  return {
    name: 'add a member',
    seconds: 5,
    limit: (seconds) =>
      loadHttp(
        limit.address,
        seconds,
        next((id) => `/teams/${id}/members`),
      ),
    ours: (seconds) =>
      loadHttp(
        ours.address,
        seconds,
        next((id) => `/api/teams/${id}/members`),
        ours.cookie,
      ),
  }
}

/**
 * What the product counts after the load, and how many rows there truly are, in one snapshot: both must be the same, or
 * the speed is worth nothing.
 */
export async function countBothWays(field: Field): Promise<{ figure: string; rows: string }> {
  const database = openDatabase(field.ours.ownerUrl, 1)
  try {
    return await database.read(actorOf(field), async (tx) => {
      const { numerator } = await figure(tx, {
        measure: measureNamed(membersMeasure),
        unitId: field.district,
        asOf: field.asOf,
      })
      const { rows } = await sql<{ count: string }>`
        select count(*) from teams.member m
        join units.ancestry a on a.unit_id = m.unit_id and a.ancestor_id = ${field.district}::bigint
          and a.valid_from <= ${field.asOf}::date and (a.valid_until is null or a.valid_until > ${field.asOf}::date)
        where m.kind = 'community_team' and m.level = 'village' and m.joined_on <= ${field.asOf}::date
          and (m.left_on is null or m.left_on > ${field.asOf}::date)`.execute(tx)
      return { figure: numerator ?? '', rows: rows[0]?.count ?? '' }
    })
  } finally {
    await database.close()
  }
}

function actorOf(field: Field): Actor {
  return { accountId: field.ours.accountId, displayName: '', held: [], requestId: null, address: null }
}

function measureNamed(name: string): Measure {
  const found = parts.flatMap((part) => part.measures ?? []).find((measure) => measure.name === name)
  if (!found) throw new Error(`No part declares the measure ${name}`)
  return found
}

/** Each of them in turn, over and over. */
function taking(ids: readonly string[]): () => string {
  let at = 0
  return () => {
    at += 1
    return ids[at % ids.length] ?? ''
  }
}
