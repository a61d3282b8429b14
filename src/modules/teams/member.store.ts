import type { Actor } from '../../platform/actor/actor.ts'
import type { Tx } from '../../platform/db/database.ts'
import { answeredLater, ask } from '../../platform/db/prepared.ts'
import type { AskOnce } from '../../platform/http/route.ts'
import type { Member, Team } from './teams.tables.ts'

/** What of a team decides about who is added to it. */
type TeamToJoin = Pick<Team, 'id' | 'unit_id' | 'kind' | 'level' | 'formed_on' | 'dissolved_on'>

/** What of a member decides whether somebody else may be added. */
export type Other = Pick<Member, 'full_name' | 'name_folded' | 'phone' | 'role' | 'joined_on' | 'left_on'>

/** A team held for a new member. `others`: who of it may clash, were they in it at the same time; `memberId`: the id to insert. */
export type TeamForMember = {
  team: TeamToJoin
  path: string[]
  today: string
  others: Other[]
  memberId: string
}

/** Like `lockTeam`, with all that adding this member asks for; null where there is no such team. */
export async function lockTeamForMember(
  tx: Tx,
  teamId: string,
  newcomer: Pick<Other, 'name_folded' | 'phone' | 'role'>,
): Promise<TeamForMember | null> {
  type Row = TeamToJoin & { path: string[]; today: string; others: Other[] | null; member_id: string }
  const { name_folded, phone, role } = newcomer
  const rows = await ask<Row>(tx, 'select * from teams.take_for_member($1, $2, $3, $4)', [
    teamId,
    name_folded,
    phone,
    role,
  ])
  if (!rows[0]) return null
  const { path, today, others, member_id, ...team } = rows[0]
  return { team, path, today, others: others ?? [], memberId: member_id }
}

/** A member as it is added: nothing of an end yet. */
type MemberToAdd = Pick<
  Member,
  'id' | 'team_id' | 'unit_id' | 'kind' | 'level' | 'team_formed_on' | 'full_name' | 'name_folded'
> &
  Pick<Member, 'sort_key' | 'role' | 'phone' | 'joined_on' | 'note'>

const addMember = `${answeredLater}insert into teams.member
    (id, team_id, unit_id, kind, level, team_formed_on, full_name, name_folded, sort_key, role, phone, joined_on, note)
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`

/** Inserts one member under an id drawn before. What refuses it comes with the commit. */
export async function insertMember(tx: Tx, row: MemberToAdd): Promise<void> {
  await ask(tx, addMember, [
    row.id,
    row.team_id,
    row.unit_id,
    row.kind,
    row.level,
    row.team_formed_on,
    row.full_name,
    row.name_folded,
    row.sort_key,
    row.role,
    row.phone,
    row.joined_on,
    row.note,
  ])
}

const addAtOnce = `select teams.add_member_at_once($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)::text as id`

/** Adds a member with the audit entry in one statement; null, and nothing written, where anything stands in the way. */
export async function addMemberAtOnce(
  askOnce: AskOnce,
  actor: Pick<Actor, 'requestId' | 'address'>,
  row: Pick<MemberToAdd, 'team_id' | 'full_name' | 'name_folded' | 'sort_key' | 'role'> &
    Pick<MemberToAdd, 'phone' | 'joined_on' | 'note'>,
): Promise<string | null> {
  const rows = await askOnce<{ id: string | null }>(addAtOnce, [
    row.team_id,
    row.full_name,
    row.name_folded,
    row.sort_key,
    row.role,
    row.phone,
    row.joined_on,
    row.note,
    actor.requestId,
    actor.address,
  ])
  return rows[0]?.id ?? null
}
