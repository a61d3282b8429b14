import { sql } from 'kysely'
import type { Tx } from '../../platform/db/database.ts'
import { answeredLater } from '../../platform/db/prepared.ts'
import type { Member, NewMember, Team } from './teams.tables.ts'

/** What of a team decides about who is added to it. */
export type TeamToJoin = Pick<Team, 'id' | 'unit_id' | 'kind' | 'level' | 'formed_on' | 'dissolved_on'>

/** What of a member decides whether somebody else may be added. */
export type Other = Pick<Member, 'full_name' | 'name_folded' | 'phone' | 'role' | 'joined_on' | 'left_on'>

/** A team held for a new member. `others`: who ever led it or goes by the same name; `memberId`: the id to insert. */
export type TeamForMember = {
  team: TeamToJoin
  path: string[]
  today: string
  others: Other[]
  memberId: string
}

/** Like `lockTeam`, with all that adding a member of this name asks for; null where there is no such team. */
export async function lockTeamForMember(
  tx: Tx,
  teamId: string,
  nameFolded: string,
): Promise<TeamForMember | null> {
  type Row = TeamToJoin & { path: string[]; today: string; others: Other[] | null; member_id: string }
  const { rows } = await sql<Row>`
    select * from teams.take_for_member(${teamId}, ${nameFolded})`.execute(tx)
  if (!rows[0]) return null
  const { path, today, others, member_id, ...team } = rows[0]
  return { team, path, today, others: others ?? [], memberId: member_id }
}

/** Inserts one member under an id drawn before. What refuses it comes with the commit. */
export async function insertMember(tx: Tx, row: NewMember & { id: string }): Promise<void> {
  const columns = Object.keys(row).map((name) => sql.ref(name))
  await sql`${answeredLater} insert into teams.member (${sql.join(columns)})
    values (${sql.join(Object.values(row))})`.execute(tx)
}
