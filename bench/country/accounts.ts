import type pg from 'pg'
import { hashPassword } from '../../src/platform/access/passwords.ts'
import { inAudited } from './audited.ts'
import { today } from './units.ts'

export const benchPassword = 'do-toc-do-2022'

/** The day that the product stands on; an officer for each commune (`officer-<code>`), a leader for each province and one for the country, who may sign in. */
export async function makeAccounts(client: pg.Client): Promise<void> {
  const hash = await hashPassword(benchPassword)
  await inAudited(client, 'accounts', async () => {
    await client.query(`insert into calendar.working_date (working_on) values ($1)`, [today])
    await client.query(
      `with place as (
       select v.unit_id, case v.kind when 'commune' then 'officer-' else 'leader-' end || lower(v.code) as name,
              case v.kind when 'commune' then 'commune_officer' else 'leader' end as role
       from units.unit_version v where v.kind in ('commune', 'province', 'country') and v.valid_until is null
     ), account as (
       insert into access.account (unit_id, login_name, display_name, sort_key, search)
       select unit_id, name, name, name, name from place returning id, unit_id, login_name
     ), allowed as (
       insert into access.grant (account_id, role, unit_id, valid_from)
       select account.id, place.role, account.unit_id, '2020-01-01' from account join place on place.name = account.login_name
     )
     insert into access.password (account_id, hash, must_change)
     select id, $1, false from account where login_name like 'leader-%'`,
      [hash],
    )
  })
}
