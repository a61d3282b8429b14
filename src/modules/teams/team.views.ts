import { sql } from 'kysely'
import type { Actor } from '../../platform/actor/actor.ts'
import { today } from '../../platform/calendar/index.ts'
import type { Tx } from '../../platform/db/database.ts'
import { refuseNotFound } from '../../platform/http/refusal.ts'
import { unitPath } from '../../platform/units/index.ts'
import type { ActivityAnswer, ChannelAnswer, MemberAnswer, TeamPageAnswer } from './contract.ts'
import { unitJson, unitOn } from './list.views.ts'
import { mayChangeTeams, mayRemoveRecord } from './teams.policy.ts'

const activitiesOnPage = 20

type Recorded = { recordedOn: string }
type Raw<Answer> = Omit<Answer, 'mayRemove' | 'mayReopen'> & Recorded

/** Everything on the page of one team, in one snapshot. Refused as not found where the reader may not see it. */
export async function teamPage(tx: Tx, actor: Actor, teamId: string): Promise<TeamPageAnswer> {
  const day = await today(tx)
  const { rows } = await sql<
    Raw<TeamPageAnswer['team']> & { endRecordedOn: string | null; activitiesTotal: number }
  >`
    select t.id::text, t.revision, ${unitJson} as unit,
           t.kind, t.level, t.name, t.formed_on as "formedOn", t.dissolved_on as "dissolvedOn",
           t.dissolved_reason as "dissolvedReason", t.decision_no as "decisionNo", t.decision_on as "decisionOn",
           t.decision_file as "decisionFileId", t.note, t.recorded_on as "recordedOn",
           t.end_recorded_on as "endRecordedOn",
           (select count(*)::int from teams.activity a where a.team_id = t.id) as "activitiesTotal"
    from teams.team t ${unitOn(sql`t.unit_id`, day)} where t.id = ${teamId}::bigint`.execute(tx)
  const [team] = rows
  if (!team) refuseNotFound()
  const path = await unitPath(tx, team.unit.id)
  const mayChange = mayChangeTeams(actor, path)
  const removable = (row: Recorded) => mayRemoveRecord(actor, path, row.recordedOn, day)
  const members = await membersOf(tx, teamId)
  const shown = members.map((row) => ({
    ...row,
    mayRemove: removable(row),
    mayReopen: mayChange && team.dissolvedOn === null && row.leftOn !== null && row.endRecordedOn === day,
  }))
  const activities = await activityRows(tx, teamId, { offset: 0, limit: activitiesOnPage })
  const isNow = (row: { joinedOn: string; leftOn: string | null }) => row.leftOn === null || row.leftOn > day
  return {
    today: day,
    team: {
      ...team,
      mayRemove: removable(team) && members.length === 0,
      mayRestore: mayChange && team.dissolvedOn !== null && team.endRecordedOn === day,
    },
    mayChange,
    members: shown.filter(isNow),
    formerMembers: shown.filter((row) => !isNow(row)),
    channels: (await channelsOf(tx, teamId)).map((row) => ({ ...row, mayRemove: removable(row) })),
    activities: activities.map((row) => ({ ...row, mayRemove: removable(row) })),
    activitiesTotal: team.activitiesTotal,
  }
}

/** Members in the order of Vietnamese name lists: by given name; the head and deputies first. */
async function membersOf(
  tx: Tx,
  teamId: string,
): Promise<(Raw<MemberAnswer> & { endRecordedOn: string | null })[]> {
  const { rows } = await sql<Raw<MemberAnswer> & { endRecordedOn: string | null }>`
    select id::text, revision, full_name as "fullName", role, phone, joined_on as "joinedOn", left_on as "leftOn",
           left_reason as "leftReason", note, recorded_on as "recordedOn", end_recorded_on as "endRecordedOn"
    from teams.member where team_id = ${teamId}::bigint
    order by array_position(array['head', 'deputy', 'member'], role), sort_key, id
    limit 2000`.execute(tx)
  return rows
}

async function channelsOf(tx: Tx, teamId: string): Promise<Raw<ChannelAnswer>[]> {
  const { rows } = await sql<Raw<ChannelAnswer>>`
    select id::text, type, url, opened_on as "openedOn", closed_on as "closedOn", recorded_on as "recordedOn"
    from teams.channel where team_id = ${teamId}::bigint
    order by closed_on is not null, opened_on desc, id limit 200`.execute(tx)
  return rows
}

/** One page of the activities of a team, the latest first. */
export async function activitiesOf(
  tx: Tx,
  actor: Actor,
  teamId: string,
  page: { offset: number; limit: number },
): Promise<{ total: number; activities: ActivityAnswer[] }> {
  const day = await today(tx)
  const { rows: found } = await sql<{ unitId: string; total: number }>`
    select t.unit_id::text as "unitId", (select count(*)::int from teams.activity a where a.team_id = t.id) as total
    from teams.team t where t.id = ${teamId}::bigint`.execute(tx)
  const [team] = found
  if (!team) refuseNotFound()
  const path = await unitPath(tx, team.unitId)
  const rows = await activityRows(tx, teamId, page)
  return {
    total: team.total,
    activities: rows.map((row) => ({ ...row, mayRemove: mayRemoveRecord(actor, path, row.recordedOn, day) })),
  }
}

async function activityRows(
  tx: Tx,
  teamId: string,
  page: { offset: number; limit: number },
): Promise<Raw<ActivityAnswer>[]> {
  const { rows } = await sql<Raw<ActivityAnswer>>`
    select a.id::text, a.revision, a.held_on as "heldOn", a.title, a.topic, a.people_helped as "peopleHelped", a.description,
           a.recorded_on as "recordedOn",
           array(select f.file_id::text from teams.activity_photo f where f.activity_id = a.id order by 1) as photos
    from teams.activity a where a.team_id = ${teamId}::bigint
    order by a.held_on desc, a.id desc limit ${page.limit} offset ${page.offset}`.execute(tx)
  return rows
}
