import { sql, type Updateable } from 'kysely'
import type { Tx } from '../../platform/db/database.ts'
import type {
  Activity,
  ActivityTable,
  Channel,
  ChannelTable,
  Member,
  MemberChange,
  NewActivity,
  NewChannel,
  NewMember,
  NewTeam,
  Team,
  TeamsTables,
  TeamTable,
} from './teams.tables.ts'

/** Rows of one statement: well below the 65,535 parameters that PostgreSQL takes. */
const rowsAtOnce = 2_000

const tables = (tx: Tx) => tx.withTables<TeamsTables>()
const raised = sql<number>`revision + 1`

/**
 * A team of the actor's scope, held until the end of the transaction, with its unit and those above it as rights see
 * them (in no order), and the day it is; null where there is none.
 */
export async function lockTeam(
  tx: Tx,
  teamId: string,
): Promise<{ team: Team; path: string[]; today: string } | null> {
  const { rows } = await sql<Team & { path: string[]; today: string }>`
    select t.*, calendar.today() as today,
      array(select s.ancestor_id::text from units.standing s where s.unit_id = t.unit_id) as path
    from teams.team t where t.id = ${teamId} for update of t`.execute(tx)
  if (!rows[0]) return null
  const { path, today, ...team } = rows[0]
  return { team, path, today }
}

/** True where the reader may see the team, whether or not they may change it. */
export async function teamIsVisible(tx: Tx, teamId: string): Promise<boolean> {
  const query = tables(tx).selectFrom('teams.team').select('id').where('id', '=', teamId)
  return (await query.executeTakeFirst()) !== undefined
}

/** The team of the same kind in a unit whose time overlaps the given one. */
export async function teamThere(
  tx: Tx,
  ask: { unitId: string; kind: string; from: string; until: string | null; except?: string },
): Promise<Team | null> {
  const team = await tables(tx)
    .selectFrom('teams.team')
    .selectAll()
    .where('unit_id', '=', ask.unitId)
    .where(sql<boolean>`kind = ${ask.kind}`)
    .where(
      sql<boolean>`daterange(formed_on, dissolved_on) && daterange(${ask.from}::date, ${ask.until}::date)`,
    )
    .where('id', '<>', ask.except ?? '0')
    .executeTakeFirst()
  return team ?? null
}

/**
 * Holds every team at and below a unit until the end of the transaction, so that nobody changes them by hand meanwhile;
 * imports follow each other, so that two of them cannot form the same team.
 */
export async function lockTeamsWithin(tx: Tx, unitId: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtext('teams.import'))`.execute(tx)
  await sql`
    select t.id from teams.team t where t.unit_id in (
      select s.unit_id from units.standing s where s.ancestor_id = ${unitId}::bigint)
    order by t.id for update of t`.execute(tx)
}

/** Every team that the given units ever had. */
export async function teamsOfUnits(tx: Tx, unitIds: readonly string[]): Promise<Team[]> {
  if (unitIds.length === 0) return []
  return tables(tx)
    .selectFrom('teams.team')
    .selectAll()
    .where('unit_id', 'in', [...unitIds])
    .orderBy('id')
    .execute()
}

async function inBatches<Row>(
  rows: readonly Row[],
  insert: (batch: Row[]) => Promise<{ id: string }[]>,
): Promise<string[]> {
  const ids: string[] = []
  for (let at = 0; at < rows.length; at += rowsAtOnce) {
    ids.push(...(await insert(rows.slice(at, at + rowsAtOnce))).map((row) => row.id))
  }
  return ids
}

/** Inserts teams and gives their ids in order. */
export function insertTeams(tx: Tx, rows: readonly NewTeam[]): Promise<string[]> {
  return inBatches(rows, (batch) =>
    tables(tx).insertInto('teams.team').values(batch).returning('id').execute(),
  )
}

/** Inserts members and gives their ids in order. */
export function insertMembers(tx: Tx, rows: readonly NewMember[]): Promise<string[]> {
  return inBatches(rows, (batch) =>
    tables(tx).insertInto('teams.member').values(batch).returning('id').execute(),
  )
}

/** Inserts channels and gives their ids in order. */
export function insertChannels(tx: Tx, rows: readonly NewChannel[]): Promise<string[]> {
  return inBatches(rows, (batch) =>
    tables(tx).insertInto('teams.channel').values(batch).returning('id').execute(),
  )
}

/** Inserts activities and gives their ids in order. */
export function insertActivities(tx: Tx, rows: readonly NewActivity[]): Promise<string[]> {
  return inBatches(rows, (batch) =>
    tables(tx).insertInto('teams.activity').values(batch).returning('id').execute(),
  )
}

/** Changes one team; the rows below follow by their foreign keys. */
export async function updateTeam(tx: Tx, teamId: string, change: Updateable<TeamTable>): Promise<void> {
  await tables(tx)
    .updateTable('teams.team')
    .set({ ...change, revision: raised })
    .where('id', '=', teamId)
    .execute()
}

export async function updateMember(tx: Tx, memberId: string, change: MemberChange): Promise<void> {
  await tables(tx)
    .updateTable('teams.member')
    .set({ ...change, revision: raised })
    .where('id', '=', memberId)
    .execute()
}

export type MemberUpdate = Pick<
  Member,
  | 'id'
  | 'full_name'
  | 'name_folded'
  | 'sort_key'
  | 'role'
  | 'phone'
  | 'joined_on'
  | 'left_on'
  | 'left_reason'
  | 'note'
  | 'end_recorded_on'
>

/** Changes many members in one statement, so that two heads may change places. */
export async function updateMembers(tx: Tx, rows: readonly MemberUpdate[]): Promise<void> {
  if (rows.length === 0) return
  await sql`
    update teams.member m set
      full_name = r.full_name, name_folded = r.name_folded, sort_key = r.sort_key, role = r.role, phone = r.phone,
      joined_on = r.joined_on, left_on = r.left_on, left_reason = r.left_reason, note = r.note,
      end_recorded_on = r.end_recorded_on, revision = m.revision + 1
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(
      id bigint, full_name text, name_folded text, sort_key text, role text, phone text, joined_on date, left_on date,
      left_reason text, note text, end_recorded_on date)
    where m.id = r.id`.execute(tx)
}

export async function updateChannel(
  tx: Tx,
  channelId: string,
  change: Updateable<ChannelTable>,
): Promise<void> {
  await tables(tx).updateTable('teams.channel').set(change).where('id', '=', channelId).execute()
}

export async function updateActivity(
  tx: Tx,
  activityId: string,
  change: Updateable<ActivityTable>,
): Promise<void> {
  await tables(tx)
    .updateTable('teams.activity')
    .set({ ...change, revision: raised })
    .where('id', '=', activityId)
    .execute()
}

/** Ends the members and channels that a team still has on `on`, together with the team. */
export async function endAllOfTeam(tx: Tx, teamId: string, on: string, today: string): Promise<void> {
  const end = { end_recorded_on: today }
  await tables(tx)
    .updateTable('teams.member')
    .set({ ...end, left_on: on, left_with_team: true, revision: raised })
    .where('team_id', '=', teamId)
    .where('left_on', 'is', null)
    .execute()
  await tables(tx)
    .updateTable('teams.channel')
    .set({ ...end, closed_on: on, closed_with_team: true })
    .where('team_id', '=', teamId)
    .where('closed_on', 'is', null)
    .execute()
}

/** Takes back what `endAllOfTeam` ended. */
export async function reopenAllOfTeam(tx: Tx, teamId: string): Promise<void> {
  await tables(tx)
    .updateTable('teams.member')
    .set({ left_on: null, left_with_team: false, end_recorded_on: null, revision: raised })
    .where('team_id', '=', teamId)
    .where('left_with_team', '=', true)
    .execute()
  await tables(tx)
    .updateTable('teams.channel')
    .set({ closed_on: null, closed_with_team: false, end_recorded_on: null })
    .where('team_id', '=', teamId)
    .where('closed_with_team', '=', true)
    .execute()
}

export async function findMember(tx: Tx, id: string): Promise<Member | null> {
  return (
    (await tables(tx).selectFrom('teams.member').selectAll().where('id', '=', id).executeTakeFirst()) ?? null
  )
}

export async function findChannel(tx: Tx, channelId: string): Promise<Channel | null> {
  const query = tables(tx).selectFrom('teams.channel').selectAll().where('id', '=', channelId)
  return (await query.executeTakeFirst()) ?? null
}

export async function findActivity(tx: Tx, activityId: string): Promise<Activity | null> {
  const query = tables(tx).selectFrom('teams.activity').selectAll().where('id', '=', activityId)
  return (await query.executeTakeFirst()) ?? null
}

/** Every member that a team ever had. */
export async function membersEver(tx: Tx, teamIds: readonly string[]): Promise<Member[]> {
  if (teamIds.length === 0) return []
  return tables(tx)
    .selectFrom('teams.member')
    .selectAll()
    .where('team_id', 'in', [...teamIds])
    .orderBy('id')
    .execute()
}

/** Those that a team ever had who may be the same person as one, or lead it. */
export async function headsAndNamesakes(tx: Tx, teamId: string, nameFolded: string): Promise<Member[]> {
  const query = tables(tx).selectFrom('teams.member').selectAll().where('team_id', '=', teamId)
  return query
    .where((is) => is.or([is('role', '=', 'head'), is('name_folded', '=', nameFolded)]))
    .orderBy('id')
    .execute()
}

export async function channelsEver(tx: Tx, teamId: string): Promise<Channel[]> {
  return tables(tx)
    .selectFrom('teams.channel')
    .selectAll()
    .where('team_id', '=', teamId)
    .orderBy('id')
    .execute()
}

/** First and last day on which anything is written down for a team; nulls for an empty one. */
export async function daysOfRecords(
  tx: Tx,
  teamId: string,
): Promise<{ first: string | null; last: string | null }> {
  const { rows } = await sql<{ first: string | null; last: string | null }>`
    select min(began)::date as first, max(touched)::date as last from (
      select joined_on as began, greatest(joined_on, left_on - 1) as touched from teams.member where team_id = ${teamId}
      union all select opened_on, greatest(opened_on, closed_on - 1) from teams.channel where team_id = ${teamId}
      union all select held_on, held_on from teams.activity where team_id = ${teamId}) records`.execute(tx)
  return rows[0] ?? { first: null, last: null }
}

/** Removes one row; the actions decide whether that may be. */
export async function deleteRow(
  tx: Tx,
  table: 'teams.team' | 'teams.member' | 'teams.channel' | 'teams.activity',
  id: string,
): Promise<void> {
  await sql`delete from ${sql.table(table)} where id = ${id}::bigint`.execute(tx)
}
