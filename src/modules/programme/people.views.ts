import { sql } from 'kysely'
import type { Tx } from '../../platform/db/database.ts'
import { fold } from '../../platform/text/index.ts'
import type { PersonAnswer } from './contract.ts'
import { unitNameOn } from './programme.views.ts'

const mostPeople = 20

/** People of a unit and below whose names hold every word typed, by name; at most twenty. */
export async function searchPeople(tx: Tx, ask: { unitId: string; q: string }): Promise<PersonAnswer[]> {
  const words = fold(ask.q)
    .split(' ')
    .filter((word) => word !== '')
    .map((word) => `%${word.replace(/[\\%_]/g, (sign) => `\\${sign}`)}%`)
  const { rows } = await sql<PersonAnswer>`
    select p.id::text, p.name, coalesce(p.position, '') as position,
           ${unitNameOn('p.unit_id', sql`calendar.today()`)} as "unitName"
    from programme.people_of(${ask.unitId}::bigint) p
    where p.search like all (${words}::text[])
    order by p.sort_key, p.id limit ${mostPeople}`.execute(tx)
  return rows
}

/** Whether somebody with this account may answer for a target of the unit. */
export async function isOfUnit(tx: Tx, unitId: string, accountId: string): Promise<boolean> {
  const { rows } = await sql`
    select 1 from programme.people_of(${unitId}::bigint) p where p.id = ${accountId}::bigint`.execute(tx)
  return rows.length > 0
}
