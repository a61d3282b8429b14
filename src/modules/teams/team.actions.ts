import type { Actor } from '../../platform/actor/actor.ts'
import { audit } from '../../platform/audit/index.ts'
import { today } from '../../platform/calendar/index.ts'
import type { Tx } from '../../platform/db/database.ts'
import { attach } from '../../platform/files/index.ts'
import { fold } from '../../platform/text/index.ts'
import { requireUnit, unitPath } from '../../platform/units/index.ts'
import type { ChangeTeamInput, DissolveTeamInput, FormTeamInput } from './contract.ts'
import { requireRevision } from './revision.store.ts'
import { orNull, requireRemovable, takeLivingTeam, takeTeam } from './team.guard.ts'
import { mayChangeTeams } from './teams.policy.ts'
import * as refusals from './teams.refusals.ts'
import { defaultTeamName, fitsLevel, levelOfUnitKind, refuseBeginning, refuseEnd } from './teams.rules.ts'
import * as store from './teams.store.ts'
import { endOfUnit } from './units.views.ts'

/** Forms a team in a unit from a day on. Refuses a kind that does not fit the unit and a second team of the kind. */
export async function formTeam(tx: Tx, actor: Actor, input: FormTeamInput): Promise<{ id: string }> {
  const now = await today(tx)
  const path = await unitPath(tx, input.unitId)
  const ended = await endOfUnit(tx, input.unitId, now)
  // Whoever is given the unit that it lay in still holds it; without a place at all the reason is its end as well.
  if (!mayChangeTeams(actor, path) && !(ended && path.length === 0)) refusals.refuseScope()
  if (ended) refusals.refuseEndedUnit(ended.name, ended.endedOn)
  refusals.refuseDay(refuseBeginning(input.formedOn, now, null), 'formedOn', now)
  if (input.decisionOn) refusals.refuseDay(refuseBeginning(input.decisionOn, now, null), 'decisionOn', now)
  const unit = await requireUnit(tx, input.unitId, input.formedOn)
  const level = levelOfUnitKind(unit.kind)
  if (level === null) refusals.refuseUnitKind(unit.name)
  if (!fitsLevel(input.kind, level)) refusals.refuseKindThere(input.kind)
  await refuseAnother(tx, { ...input, from: input.formedOn, until: null })
  const name = input.name === '' ? defaultTeamName(input.kind, unit.name) : input.name
  const row = {
    unit_id: input.unitId,
    level,
    kind: input.kind,
    name,
    name_folded: fold(name),
    formed_on: input.formedOn,
    dissolved_on: null,
    dissolved_reason: null,
    decision_no: orNull(input.decisionNo),
    decision_on: input.decisionOn,
    decision_file: null,
    note: orNull(input.note),
    end_recorded_on: null,
  }
  const [id = ''] = await store.insertTeams(tx, [row])
  await audit(tx, actor, {
    action: 'teams.team_formed',
    subject: 'teams.team',
    subjectId: id,
    unitId: input.unitId,
    after: row,
  })
  return { id }
}

type Overlap = {
  unitId: string
  kind: FormTeamInput['kind']
  from: string
  until: string | null
  except?: string
}

async function refuseAnother(tx: Tx, ask: Overlap): Promise<void> {
  if (ask.kind === 'digital_club') return
  const other = await store.teamThere(tx, ask)
  if (other) refusals.refuseSecondTeam(other.name)
}

/** Corrects what is written of a team; its unit and kind stay: a team of another place is another team. */
export async function changeTeam(
  tx: Tx,
  actor: Actor,
  teamId: string,
  input: ChangeTeamInput,
): Promise<{ id: string }> {
  const { team, today: now } = await takeTeam(tx, actor, teamId)
  await requireRevision(tx, 'teams.team', team, input.revision)
  refusals.refuseDay(refuseBeginning(input.formedOn, now, null), 'formedOn', now)
  if (input.decisionOn) refusals.refuseDay(refuseBeginning(input.decisionOn, now, null), 'decisionOn', now)
  if (input.formedOn !== team.formed_on) {
    const { first } = await store.daysOfRecords(tx, teamId)
    if (first !== null && input.formedOn > first) refusals.refuseEarlierRecords(first)
    if (team.dissolved_on !== null && input.formedOn >= team.dissolved_on) {
      refusals.refuseDay('endNotAfterBeginning', 'formedOn', input.formedOn)
    }
    const spell = { unitId: team.unit_id, kind: team.kind, from: input.formedOn, until: team.dissolved_on }
    await refuseAnother(tx, { ...spell, except: teamId })
  }
  const change = {
    name: input.name,
    name_folded: fold(input.name),
    formed_on: input.formedOn,
    decision_no: orNull(input.decisionNo),
    decision_on: input.decisionOn,
    note: orNull(input.note),
  }
  await store.updateTeam(tx, teamId, change)
  await audit(tx, actor, {
    action: 'teams.team_changed',
    subject: 'teams.team',
    subjectId: teamId,
    unitId: team.unit_id,
    before: team,
    after: change,
  })
  return { id: teamId }
}

/** Dissolves a team from a day on; its members and channels end on that day. Refuses if their numbers have moved. */
export async function dissolveTeam(
  tx: Tx,
  actor: Actor,
  teamId: string,
  input: DissolveTeamInput,
): Promise<{ id: string }> {
  const { team, today: now } = await takeLivingTeam(tx, actor, teamId)
  refusals.refuseDay(
    refuseEnd(input.on, team.formed_on, now),
    'on',
    input.on <= team.formed_on ? team.formed_on : now,
  )
  const { last } = await store.daysOfRecords(tx, teamId)
  if (last !== null && last >= input.on) refusals.refuseLaterRecords()
  const members = (await store.membersEver(tx, [teamId])).filter((member) => member.left_on === null)
  const channels = (await store.channelsEver(tx, teamId)).filter((channel) => channel.closed_on === null)
  if (members.length !== input.members || channels.length !== input.channels) {
    refusals.refuseMovedNumbers(members.length, channels.length)
  }
  const end = { dissolved_on: input.on, dissolved_reason: orNull(input.reason), end_recorded_on: now }
  await store.endAllOfTeam(tx, teamId, input.on, now)
  await store.updateTeam(tx, teamId, end)
  await audit(tx, actor, {
    action: 'teams.team_dissolved',
    subject: 'teams.team',
    subjectId: teamId,
    unitId: team.unit_id,
    before: { dissolved_on: null },
    after: { ...end, members: members.map(({ id }) => id), channels: channels.map(({ id }) => id) },
  })
  return { id: teamId }
}

/** Takes back a dissolution noted today, with the members and channels that ended by it. */
export async function restoreTeam(tx: Tx, actor: Actor, teamId: string): Promise<{ id: string }> {
  const { team, today: now } = await takeTeam(tx, actor, teamId)
  if (team.dissolved_on === null || team.end_recorded_on !== now) refusals.refuseReopen()
  await refuseAnother(tx, {
    unitId: team.unit_id,
    kind: team.kind,
    from: team.formed_on,
    until: null,
    except: teamId,
  })
  const change = { dissolved_on: null, dissolved_reason: null, end_recorded_on: null }
  await store.updateTeam(tx, teamId, change)
  await store.reopenAllOfTeam(tx, teamId)
  await audit(tx, actor, {
    action: 'teams.team_restored',
    subject: 'teams.team',
    subjectId: teamId,
    unitId: team.unit_id,
    before: { dissolved_on: team.dissolved_on, dissolved_reason: team.dissolved_reason },
    after: change,
  })
  return { id: teamId }
}

/** Removes a team entered by mistake that nothing hangs on. */
export async function removeTeam(tx: Tx, actor: Actor, teamId: string): Promise<{ id: string }> {
  const inHand = await takeTeam(tx, actor, teamId)
  requireRemovable(actor, inHand, inHand.team.recorded_on)
  const { first } = await store.daysOfRecords(tx, teamId)
  if (first !== null) refusals.refuseNotEmpty()
  await store.deleteRow(tx, 'teams.team', teamId)
  await audit(tx, actor, {
    action: 'teams.team_removed',
    subject: 'teams.team',
    subjectId: teamId,
    unitId: inHand.team.unit_id,
    before: inHand.team,
  })
  return { id: teamId }
}

/** Attaches the signed decision (PDF, Word or a photo of it) to a team, in place of an earlier one. */
export async function attachDecision(
  tx: Tx,
  actor: Actor,
  teamId: string,
  file: { bytes: Uint8Array; name: string },
): Promise<{ fileId: string }> {
  const { team } = await takeTeam(tx, actor, teamId)
  const { fileId } = await attach(tx, actor, {
    ...file,
    unitId: team.unit_id,
    viewCapability: 'teams.view',
    changeCapability: 'teams.change',
    kinds: ['pdf', 'document', 'image'],
  })
  await store.updateTeam(tx, teamId, { decision_file: fileId })
  await audit(tx, actor, {
    action: 'teams.decision_attached',
    subject: 'teams.team',
    subjectId: teamId,
    unitId: team.unit_id,
    before: { decision_file: team.decision_file },
    after: { decision_file: fileId },
  })
  return { fileId }
}
