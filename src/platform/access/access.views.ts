import { sql } from 'kysely'
import type { z } from 'zod'
import type { Actor } from '../actor/actor.ts'
import type { Tx } from '../db/database.ts'
import { refuseNotFound } from '../http/refusal.ts'
import { fold } from '../text/index.ts'
import {
  type GrantLineAnswer,
  type HoldersAnswer,
  type HoldersQuery,
  type PeopleAnswer,
  type PeopleQuery,
  type PersonPageAnswer,
  type PersonSummaryAnswer,
  peoplePerPage,
} from './contract.ts'

/** What a unit is called today, or was called last. */
const unitName = (unitId: ReturnType<typeof sql.ref>) => sql<string>`(
  select v.name from units.unit_version v where v.unit_id = ${unitId} and v.valid_from <= calendar.today()
  order by v.valid_from desc limit 1)`

const within = (unitId: string) => sql`(
  select y.unit_id from units.standing y where y.ancestor_id = ${unitId})`

const grantHolds = sql`g.revoked_at is null and g.valid_from <= (select calendar.today())
  and (g.valid_until is null or g.valid_until > (select calendar.today()))`

const personColumns = sql`
  a.id, a.login_name as "loginName", a.display_name as "displayName", a.position, a.unit_id as "unitId",
  ${unitName(sql.ref('a.unit_id'))} as "unitName", a.status, a.is_demo as "isDemo",
  array(select distinct g.role from access.grant g where g.account_id = a.id and ${grantHolds} order by 1) as roles,
  to_json(a.last_signed_in_at) #>> '{}' as "lastSignedInAt"`

/** People of the units where the actor holds access.view, by given name; 50 a page. */
export async function listPeople(
  tx: Tx,
  query: z.output<typeof PeopleQuery>,
): Promise<z.input<typeof PeopleAnswer>> {
  const words = fold(query.q).split(' ').filter(Boolean)
  const typed = query.q.trim().toLowerCase()
  const conditions = [
    sql`a.kind = 'person'`,
    sql`a.unit_id in (select access.units_permitted('access.view'))`,
    ...words.map(
      (word) =>
        sql`(a.search like ${`%${literalLike(word)}%`} or a.login_name like ${`%${literalLike(typed)}%`})`,
    ),
    ...(query.status ? [sql`a.status = ${query.status}`] : []),
    ...(query.unitId ? [sql`a.unit_id in ${within(query.unitId)}`] : []),
    ...(query.role
      ? [
          sql`exists (select 1 from access.grant g where g.account_id = a.id and g.role = ${query.role} and ${grantHolds})`,
        ]
      : []),
  ]
  const where = sql.join(conditions, sql` and `)
  const { rows } = await sql<PersonSummaryAnswer>`
    select ${personColumns} from access.account a where ${where}
    order by a.sort_key, a.id limit ${peoplePerPage} offset ${(query.page - 1) * peoplePerPage}`.execute(tx)
  const count = await sql<{ total: string }>`
    select count(*) as total from access.account a where ${where}`.execute(tx)
  return { people: rows, total: Number(count.rows[0]?.total ?? 0) }
}

const literalLike = (text: string) => text.replace(/[\\%_]/g, (sign) => `\\${sign}`)

const grantLines = (actor: Actor) => sql`
  select g.id, g.account_id as "accountId", a.display_name as "displayName", g.role,
    json_build_object('vi', r.name_vi, 'en', r.name_en) as "roleName",
    g.unit_id as "unitId", ${unitName(sql.ref('g.unit_id'))} as "unitName",
    case when held.id <> g.unit_id then ${unitName(sql.ref('held.id'))} end as "heldIn",
    g.valid_from as "validFrom", g.valid_until as "validUntil", g.reason,
    case when g.revoked_at is not null then 'revoked'
         when g.valid_until <= calendar.today() then 'ended'
         when g.valid_from > calendar.today() then 'future'
         else 'current' end as state,
    access.display_name(g.granted_by) as "grantedBy",
    to_json(g.revoked_at) #>> '{}' as "revokedAt", g.revoke_reason as "revokeReason",
    g.revoked_at is null and (g.valid_until is null or g.valid_until > calendar.today())
      and g.account_id is distinct from ${actor.accountId}::bigint
      and access.permits('access.manage', held.id) as "mayRevoke"
  from access.grant g
  join access.account a on a.id = g.account_id and a.kind = 'person'
  join access.role r on r.key = g.role
  cross join lateral (select access.held_in(g.unit_id, calendar.today()) as id) held`

/** One person with the grants that the actor may see; refuses what is out of sight as not found. */
export async function viewPerson(tx: Tx, actor: Actor, accountId: string): Promise<PersonPageAnswer> {
  const { rows } = await sql<PersonSummaryAnswer & { mayManage: boolean }>`
    select ${personColumns}, coalesce(access.manages_whole(a.id), false) as "mayManage"
    from access.account a where a.id = ${accountId} and a.kind = 'person'`.execute(tx)
  const person = rows[0]
  if (!person) refuseNotFound()
  const grants = await sql<GrantLineAnswer>`
    ${grantLines(actor)} where g.account_id = ${accountId}
    order by (g.revoked_at is not null), g.valid_from desc, g.id desc limit 200`.execute(tx)
  const isSelf = accountId === actor.accountId
  return { person, grants: grants.rows, mayManage: person.mayManage && !isSelf, isSelf }
}

const holdersShown = 500

/** Who holds what today over the units where the actor holds access.view; at most 500 lines. */
export async function listHolders(
  tx: Tx,
  actor: Actor,
  query: z.output<typeof HoldersQuery>,
): Promise<z.input<typeof HoldersAnswer>> {
  const conditions = [
    grantHolds,
    sql`a.status = 'active'`,
    sql`g.unit_id in (select access.units_permitted('access.view'))`,
    ...(query.unitId ? [sql`g.unit_id in ${within(query.unitId)}`] : []),
    ...(query.role ? [sql`g.role = ${query.role}`] : []),
  ]
  const { rows } = await sql<GrantLineAnswer>`
    ${grantLines(actor)} where ${sql.join(conditions, sql` and `)}
    order by "unitName", g.role, a.sort_key, g.id limit ${holdersShown + 1}`.execute(tx)
  return { grants: rows.slice(0, holdersShown), cut: rows.length > holdersShown }
}
