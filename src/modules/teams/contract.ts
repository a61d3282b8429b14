import { z } from 'zod'
import { Day, Id } from '../../platform/http/schemas.ts'
import { activityTopics, memberRoles, teamKinds, teamLevels } from './teams.words.ts'

export * from './import.contract.ts'
export {
  type ActivityTopic,
  activityTopics,
  kindNames,
  levelNames,
  type MemberRole,
  memberRoles,
  roleNames,
  type TeamKind,
  type TeamLevel,
  topicNames,
} from './teams.words.ts'

/** PostgreSQL keeps no NUL in text. */
const Written = z
  .string()
  .refine((text) => !text.includes('\u0000'))
  .normalize('NFC')
  .trim()
const Line = (most: number) => Written.min(1).max(most)
const Lines = (most: number) => Written.max(most)
const FileId = z.uuid()

export const TeamParams = z.strictObject({ teamId: Id })
export const MemberParams = z.strictObject({ memberId: Id })
export const ChannelParams = z.strictObject({ channelId: Id })
export const ActivityParams = z.strictObject({ activityId: Id })
export const PhotoParams = z.strictObject({ activityId: Id, fileId: FileId })
export const Done = z.object({ id: Id })
/** With the name as it is kept, so that the page says what was written and not what was typed. */
export const MemberAdded = Done.extend({ fullName: z.string() })

/** What a team is called, where it sits and by which decision. Its level follows from the kind of its unit. */
export const FormTeam = z.strictObject({
  unitId: Id,
  kind: z.enum(teamKinds),
  /** Without a name the team is named after its unit. */
  name: Lines(200).default(''),
  formedOn: Day,
  decisionNo: Lines(60).default(''),
  decisionOn: Day.nullable().default(null),
  note: Lines(2000).default(''),
})
export type FormTeamInput = z.output<typeof FormTeam>

/** The revision that the person had before their eyes: what has changed since is not written over. */
const Revision = z.int().min(1)

export const ChangeTeam = z.strictObject({
  revision: Revision,
  name: Line(200),
  formedOn: Day,
  decisionNo: Lines(60),
  decisionOn: Day.nullable(),
  note: Lines(2000),
})
export type ChangeTeamInput = z.output<typeof ChangeTeam>

/** `on` is the first day without the team. The numbers shown when the person agreed must still hold. */
export const DissolveTeam = z.strictObject({
  on: Day,
  reason: Lines(500).default(''),
  members: z.int().min(0),
  channels: z.int().min(0),
})
export type DissolveTeamInput = z.output<typeof DissolveTeam>

export const AddMember = z.strictObject({
  fullName: Line(100),
  role: z.enum(memberRoles).default('member'),
  phone: Lines(40).default(''),
  joinedOn: Day,
  note: Lines(2000).default(''),
})
export type AddMemberInput = z.output<typeof AddMember>

export const ChangeMember = z.strictObject({
  revision: Revision,
  fullName: Line(100),
  role: z.enum(memberRoles),
  phone: Lines(40),
  joinedOn: Day,
  note: Lines(2000),
})
export type ChangeMemberInput = z.output<typeof ChangeMember>

/** `on` is the first day on which the person is no longer a member. */
export const EndMember = z.strictObject({ on: Day, reason: Lines(500).default('') })
export type EndMemberInput = z.output<typeof EndMember>

export const ChangeRole = z.strictObject({ role: z.enum(memberRoles), on: Day })
export type ChangeRoleInput = z.output<typeof ChangeRole>

export const OpenChannel = z.strictObject({ url: Line(500), openedOn: Day })
export type OpenChannelInput = z.output<typeof OpenChannel>
export const CloseChannel = z.strictObject({ on: Day })
export type CloseChannelInput = z.output<typeof CloseChannel>

export const RecordActivity = z.strictObject({
  heldOn: Day,
  title: Line(200),
  topic: z.enum(activityTopics),
  /** Null: nobody counted them. */
  peopleHelped: z.int().min(0).max(100_000).nullable().default(null),
  description: Lines(4000).default(''),
})
export type RecordActivityInput = z.output<typeof RecordActivity>
export const ChangeActivity = z.strictObject({ ...RecordActivity.shape, revision: Revision })
export type ChangeActivityInput = z.output<typeof ChangeActivity>

const UnitOfTeam = z.object({
  id: Id,
  name: z.string(),
  kind: z.string(),
  /** The unit above; of a unit that is no more the one in which it last stood. */
  within: z.string(),
  /** The last day of a unit that is no more. */
  lastOn: Day.nullable(),
})

export const TeamsQuery = z.strictObject({
  unitId: Id.optional(),
  kind: z.enum(teamKinds).optional(),
  level: z.enum(teamLevels).optional(),
  state: z.enum(['current', 'dissolved', 'all']).default('current'),
  /** 'yes': only teams with an open Zalo group, 'no': only those without. */
  zalo: z.enum(['yes', 'no']).optional(),
  search: z.string().max(100).default(''),
  sort: z.enum(['unit', 'name', 'members', 'formed']).default('unit'),
  descending: z.stringbool().default(false),
  offset: z.coerce.number().int().min(0).max(1_000_000).default(0),
  limit: z.coerce.number().int().min(1).max(200).default(50),
})
export type TeamsFilter = z.output<typeof TeamsQuery>

export const TeamRow = z.object({
  id: Id,
  unit: UnitOfTeam,
  kind: z.enum(teamKinds),
  level: z.enum(teamLevels),
  name: z.string(),
  formedOn: Day,
  dissolvedOn: Day.nullable(),
  members: z.number().int(),
  headName: z.string().nullable(),
  headPhone: z.string().nullable(),
  hasZalo: z.boolean(),
})
export type TeamRowAnswer = z.output<typeof TeamRow>
export const TeamsAnswer = z.object({ today: Day, total: z.number().int(), teams: z.array(TeamRow) })

export const TeamsExportQuery = z.strictObject({
  ...TeamsQuery.omit({ offset: true, limit: true, sort: true, descending: true }).shape,
  /** A row for each team or for each of its present members. */
  rows: z.enum(['teams', 'members']).default('teams'),
})
export type TeamsExportFilter = z.output<typeof TeamsExportQuery>

export const Member = z.object({
  id: Id,
  revision: z.number().int(),
  fullName: z.string(),
  role: z.enum(memberRoles),
  phone: z.string().nullable(),
  joinedOn: Day,
  leftOn: Day.nullable(),
  leftReason: z.string().nullable(),
  note: z.string().nullable(),
  /** The record was made today, so it may still be taken back whole. */
  mayRemove: z.boolean(),
  /** The end was noted today, so it may still be undone. */
  mayReopen: z.boolean(),
})
export type MemberAnswer = z.output<typeof Member>

export const Channel = z.object({
  id: Id,
  type: z.enum(['zalo']),
  url: z.string(),
  openedOn: Day,
  closedOn: Day.nullable(),
  mayRemove: z.boolean(),
})
export type ChannelAnswer = z.output<typeof Channel>

export const Activity = z.object({
  id: Id,
  revision: z.number().int(),
  heldOn: Day,
  title: z.string(),
  topic: z.enum(activityTopics),
  peopleHelped: z.number().int().nullable(),
  description: z.string().nullable(),
  photos: z.array(FileId),
  mayRemove: z.boolean(),
})
export type ActivityAnswer = z.output<typeof Activity>

export const TeamPage = z.object({
  today: Day,
  team: z.object({
    id: Id,
    revision: z.number().int(),
    unit: UnitOfTeam,
    kind: z.enum(teamKinds),
    level: z.enum(teamLevels),
    name: z.string(),
    formedOn: Day,
    dissolvedOn: Day.nullable(),
    dissolvedReason: z.string().nullable(),
    decisionNo: z.string().nullable(),
    decisionOn: Day.nullable(),
    decisionFileId: FileId.nullable(),
    note: z.string().nullable(),
    mayRemove: z.boolean(),
    mayRestore: z.boolean(),
  }),
  mayChange: z.boolean(),
  members: z.array(Member),
  formerMembers: z.array(Member),
  channels: z.array(Channel),
  activities: z.array(Activity),
  activitiesTotal: z.number().int(),
})
export type TeamPageAnswer = z.output<typeof TeamPage>

export const ActivitiesQuery = z.strictObject({
  offset: z.coerce.number().int().min(0).max(1_000_000).default(0),
  limit: z.coerce.number().int().min(1).max(100).default(20),
})
export const ActivitiesAnswer = z.object({ total: z.number().int(), activities: z.array(Activity) })
