import type { Actor } from '../../platform/actor/actor.ts'
import { auditMany } from '../../platform/audit/index.ts'
import type { Tx } from '../../platform/db/database.ts'
import { fold } from '../../platform/text/index.ts'
import { orNull } from './team.guard.ts'
import { fitsLevel, levelOfUnitKind, readName } from './teams.rules.ts'
import * as store from './teams.store.ts'
import type { NewActivity, NewChannel, NewMember } from './teams.tables.ts'
import type { ActivityTopic, MemberRole, TeamKind } from './teams.words.ts'
import { kindsOfUnits } from './units.views.ts'

/** A team with all that belongs to it, as a load hands it over. Ends are the first day on which it is no longer so. */
export type TeamToLoad = {
  unitId: string
  kind: TeamKind
  name: string
  formedOn: string
  dissolvedOn?: string | null
  decisionNo?: string | null
  decisionOn?: string | null
  note?: string | null
  /** The day the record counts as made; the day of forming unless told. */
  recordedOn?: string
  members: readonly {
    fullName: string
    role: MemberRole
    /** National form: 0912345678. */
    phone: string | null
    joinedOn: string
    leftOn: string | null
    leftReason: string | null
  }[]
  channels: readonly { url: string; openedOn: string; closedOn: string | null }[]
  activities: readonly {
    heldOn: string
    title: string
    kind: ActivityTopic
    peopleHelped: number | null
    description: string | null
  }[]
}

export type LoadedTeam = { teamId: string; activityIds: string[] }

/**
 * Writes many teams at once, as migrations of old records and the demonstration do; records count as made on their own
 * days. Throws on a row that breaks a rule of the tables. Audited as one batch, an entry for each team.
 */
export async function loadTeams(tx: Tx, actor: Actor, rows: readonly TeamToLoad[]): Promise<LoadedTeam[]> {
  if (rows.length === 0) return []
  const kinds = await kindsOfUnits(tx, rows)
  const teams = rows.map((row, at) => {
    const level = levelOfUnitKind(kinds[at] ?? '')
    if (!level || !fitsLevel(row.kind, level))
      throw new Error(`${row.name}: a ${row.kind} does not sit in such a unit`)
    return {
      unit_id: row.unitId,
      level,
      kind: row.kind,
      name: row.name.normalize('NFC'),
      name_folded: fold(row.name),
      formed_on: row.formedOn,
      dissolved_on: row.dissolvedOn ?? null,
      dissolved_reason: null,
      decision_no: orNull(row.decisionNo ?? ''),
      decision_on: row.decisionOn ?? null,
      decision_file: null,
      note: orNull(row.note ?? ''),
      recorded_on: row.recordedOn ?? row.formedOn,
      end_recorded_on: row.dissolvedOn ?? null,
    }
  })
  const teamIds = await store.insertTeams(tx, teams)
  const members: NewMember[] = []
  const channels: NewChannel[] = []
  const activities: NewActivity[] = []
  rows.forEach((row, at) => {
    const team = teams[at]
    const ofTeam = {
      team_id: teamIds[at] ?? '',
      unit_id: row.unitId,
      kind: row.kind,
      level: team?.level ?? 'village',
      team_formed_on: row.formedOn,
    }
    for (const member of row.members) members.push({ ...ofTeam, ...memberValues(member) })
    for (const { url, openedOn, closedOn } of row.channels) {
      channels.push({
        ...ofTeam,
        url,
        opened_on: openedOn,
        closed_on: closedOn,
        recorded_on: openedOn,
        end_recorded_on: closedOn,
      })
    }
    for (const activity of row.activities) {
      activities.push({
        ...ofTeam,
        held_on: activity.heldOn,
        title: activity.title.normalize('NFC'),
        topic: activity.kind,
        people_helped: activity.peopleHelped,
        description: orNull((activity.description ?? '').normalize('NFC')),
        recorded_on: activity.heldOn,
      })
    }
  })
  await store.insertMembers(tx, members)
  await store.insertChannels(tx, channels)
  const activityIds = await store.insertActivities(tx, activities)
  await auditMany(
    tx,
    actor,
    rows.map((row, at) => ({
      action: 'teams.team_loaded',
      subject: 'teams.team',
      subjectId: teamIds[at] ?? '',
      unitId: row.unitId,
      after: {
        name: row.name,
        members: row.members.length,
        channels: row.channels.length,
        activities: row.activities.length,
      },
    })),
  )
  let next = 0
  return rows.map((row, at) => ({
    teamId: teamIds[at] ?? '',
    activityIds: row.activities.map(() => activityIds[next++] ?? ''),
  }))
}

function memberValues(member: TeamToLoad['members'][number]) {
  const name = readName(member.fullName)
  if (!name) throw new Error(`Not a name: ${member.fullName}`)
  return {
    full_name: name.fullName,
    name_folded: name.nameFolded,
    sort_key: name.sortKey,
    role: member.role,
    phone: member.phone,
    joined_on: member.joinedOn,
    left_on: member.leftOn,
    left_reason: member.leftOn === null ? null : orNull(member.leftReason ?? ''),
    note: null,
    recorded_on: member.joinedOn,
    end_recorded_on: member.leftOn,
  }
}
