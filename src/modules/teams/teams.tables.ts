import type { Generated, Insertable, Selectable, Updateable } from 'kysely'
import type { ActivityTopic, MemberRole, TeamKind, TeamLevel } from './teams.words.ts'

type OfTeam = {
  team_id: string
  unit_id: string
  kind: TeamKind
  level: TeamLevel
  team_formed_on: string
}

export type TeamTable = {
  id: Generated<string>
  unit_id: string
  level: TeamLevel
  kind: TeamKind
  name: string
  name_folded: string
  formed_on: string
  dissolved_on: string | null
  dissolved_reason: string | null
  decision_no: string | null
  decision_on: string | null
  decision_file: string | null
  note: string | null
  revision: Generated<number>
  recorded_on: Generated<string>
  end_recorded_on: string | null
}

export type MemberTable = OfTeam & {
  id: Generated<string>
  full_name: string
  name_folded: string
  sort_key: string
  role: MemberRole
  phone: string | null
  joined_on: string
  left_on: string | null
  left_reason: string | null
  left_with_team: Generated<boolean>
  note: string | null
  revision: Generated<number>
  recorded_on: Generated<string>
  end_recorded_on: string | null
}

export type ChannelTable = OfTeam & {
  id: Generated<string>
  type: Generated<'zalo'>
  url: string
  opened_on: string
  closed_on: string | null
  closed_with_team: Generated<boolean>
  recorded_on: Generated<string>
  end_recorded_on: string | null
}

export type ActivityTable = OfTeam & {
  id: Generated<string>
  held_on: string
  title: string
  topic: ActivityTopic
  people_helped: number | null
  description: string | null
  revision: Generated<number>
  recorded_on: Generated<string>
}

export type TeamsTables = {
  'teams.team': TeamTable
  'teams.member': MemberTable
  'teams.channel': ChannelTable
  'teams.activity': ActivityTable
  'teams.activity_photo': { activity_id: string; unit_id: string; file_id: string }
}

export type Team = Selectable<TeamTable>
export type NewTeam = Insertable<TeamTable>
export type Member = Selectable<MemberTable>
export type NewMember = Insertable<MemberTable>
export type MemberChange = Updateable<MemberTable>
export type Channel = Selectable<ChannelTable>
export type NewChannel = Insertable<ChannelTable>
export type Activity = Selectable<ActivityTable>
export type NewActivity = Insertable<ActivityTable>
