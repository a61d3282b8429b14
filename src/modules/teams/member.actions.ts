import type { Actor } from '../../platform/actor/actor.ts'
import { type AuditEntry, audit } from '../../platform/audit/index.ts'
import type { Tx } from '../../platform/db/database.ts'
import { refuseField } from '../../platform/http/refusal.ts'
import type { AskOnce } from '../../platform/http/route.ts'
import type { AddMemberInput, ChangeMemberInput, ChangeRoleInput, EndMemberInput } from './contract.ts'
import * as memberStore from './member.store.ts'
import { requireRevision } from './revision.store.ts'
import { ofTeam, orNull, requireRemovable, takeTeamForMember, takeTeamOf } from './team.guard.ts'
import * as refusals from './teams.refusals.ts'
import { overlaps, readName, readPhone, refuseBeginning, refuseEnd, samePerson } from './teams.rules.ts'
import * as store from './teams.store.ts'
import type { Member } from './teams.tables.ts'
import { roleNames } from './teams.words.ts'

const entry = (action: string, member: Pick<Member, 'id' | 'unit_id'>) =>
  ({
    action: `teams.${action}`,
    subject: 'teams.member',
    subjectId: member.id,
    unitId: member.unit_id,
  }) satisfies Partial<AuditEntry>

function readPerson(input: { fullName: string; phone: string }, name = readName(input.fullName)) {
  if (!name) refusals.refuseName()
  const reading = readPhone(input.phone)
  if ('refused' in reading) refuseField('teams.phone_unreadable', 'phone', reading.refused)
  return {
    full_name: name.fullName,
    name_folded: name.nameFolded,
    sort_key: name.sortKey,
    phone: reading.phone,
  }
}

/** Refuses what would put two heads or one person twice into a team at the same time. */
function refuseClashWith(known: readonly memberStore.Other[], proposed: memberStore.Other): void {
  const spell = { from: proposed.joined_on, until: proposed.left_on }
  const others = known.filter((member) => overlaps(spell, { from: member.joined_on, until: member.left_on }))
  const twin = others.find((member) => samePerson(member, proposed))
  if (twin) refusals.refuseAlreadyMember(twin.full_name)
  const head = proposed.role === 'head' ? others.find((member) => member.role === 'head') : undefined
  if (head) refusals.refuseSecondHead(head.full_name)
}

/** The same for somebody who is in the team already. */
async function refuseClash(
  tx: Tx,
  teamId: string,
  proposed: memberStore.Other,
  memberId: string,
): Promise<void> {
  const known = await store.headsAndNamesakes(tx, teamId, proposed.name_folded)
  refuseClashWith(
    known.filter((member) => member.id !== memberId),
    proposed,
  )
}

/**
 * {@link addMember} in one statement that is a transaction by itself. Null, and nothing is written, where anything stands
 * in the way: `addMember` then says what.
 */
export async function addMemberAtOnce(
  askOnce: AskOnce,
  actor: Actor,
  teamId: string,
  input: AddMemberInput,
): Promise<{ id: string; fullName: string } | null> {
  const name = readName(input.fullName)
  const reading = readPhone(input.phone)
  if (!name || 'refused' in reading) return null
  const id = await memberStore.addMemberAtOnce(askOnce, actor, {
    team_id: teamId,
    full_name: name.fullName,
    name_folded: name.nameFolded,
    sort_key: name.sortKey,
    role: input.role,
    phone: reading.phone,
    joined_on: input.joinedOn,
    note: orNull(input.note),
  })
  return id === null ? null : { id, fullName: name.fullName }
}

/** Adds a person to a team from a day on. Refuses unreadable names and phones, a second head, a person twice. */
export async function addMember(
  tx: Tx,
  actor: Actor,
  teamId: string,
  input: AddMemberInput,
): Promise<{ id: string; fullName: string }> {
  const name = readName(input.fullName)
  const reading = readPhone(input.phone)
  const { team, today, others, memberId } = await takeTeamForMember(tx, actor, teamId, {
    name_folded: name?.nameFolded ?? '',
    phone: 'refused' in reading ? null : reading.phone,
    role: input.role,
  })
  const person = readPerson(input, name)
  const reason = refuseBeginning(input.joinedOn, today, team.formed_on)
  refusals.refuseDay(reason, 'joinedOn', reason === 'inFuture' ? today : team.formed_on)
  const row = {
    ...ofTeam(team),
    ...person,
    role: input.role,
    joined_on: input.joinedOn,
    left_on: null,
    left_reason: null,
    note: orNull(input.note),
    end_recorded_on: null,
  }
  refuseClashWith(others, row)
  await memberStore.insertMember(tx, { id: memberId, ...row })
  await audit(tx, actor, { ...entry('member_added', { id: memberId, unit_id: team.unit_id }), after: row })
  return { id: memberId, fullName: row.full_name }
}

/** Corrects what was written wrongly of a member; what has truly changed since (role, leaving) has actions of its own. */
export async function changeMember(
  tx: Tx,
  actor: Actor,
  memberId: string,
  input: ChangeMemberInput,
): Promise<{ id: string }> {
  const { team, today, row: member } = await takeTeamOf(tx, actor, () => store.findMember(tx, memberId))
  await requireRevision(tx, 'teams.member', member, input.revision)
  const change = {
    ...readPerson(input),
    role: input.role,
    joined_on: input.joinedOn,
    note: orNull(input.note),
  }
  const reason = refuseBeginning(input.joinedOn, today, team.formed_on)
  refusals.refuseDay(reason, 'joinedOn', reason === 'inFuture' ? today : team.formed_on)
  if (member.left_on !== null && input.joinedOn >= member.left_on) {
    refusals.refuseDay('endNotAfterBeginning', 'joinedOn', input.joinedOn)
  }
  await refuseClash(tx, team.id, { ...change, left_on: member.left_on }, memberId)
  await store.updateMember(tx, memberId, change)
  await audit(tx, actor, { ...entry('member_changed', member), before: member, after: change })
  return { id: memberId }
}

/** Ends a membership: `on` is the first day on which the person is no longer a member. */
export async function endMember(
  tx: Tx,
  actor: Actor,
  memberId: string,
  input: EndMemberInput,
): Promise<{ id: string }> {
  const { today, row: member } = await takeTeamOf(tx, actor, () => store.findMember(tx, memberId))
  if (member.left_on !== null) refusals.refuseEnded()
  const reason = refuseEnd(input.on, member.joined_on, today)
  refusals.refuseDay(reason, 'on', reason === 'endInFuture' ? today : member.joined_on)
  const end = { left_on: input.on, left_reason: orNull(input.reason), end_recorded_on: today }
  await store.updateMember(tx, memberId, end)
  await audit(tx, actor, { ...entry('member_ended', member), before: { left_on: null }, after: end })
  return { id: memberId }
}

/** Takes back an end that was noted today. */
export async function reopenMember(tx: Tx, actor: Actor, memberId: string): Promise<{ id: string }> {
  const { team, today, row: member } = await takeTeamOf(tx, actor, () => store.findMember(tx, memberId))
  if (member.left_on === null || member.end_recorded_on !== today || team.dissolved_on !== null) {
    refusals.refuseReopen()
  }
  await refuseClash(tx, team.id, { ...member, left_on: null }, memberId)
  const change = { left_on: null, left_reason: null, left_with_team: false, end_recorded_on: null }
  await store.updateMember(tx, memberId, change)
  await audit(tx, actor, {
    ...entry('member_reopened', member),
    before: { left_on: member.left_on, left_reason: member.left_reason },
    after: change,
  })
  return { id: memberId }
}

/** Gives a member another role from a day on: the old membership ends that day and a new one begins. */
export async function changeRole(
  tx: Tx,
  actor: Actor,
  memberId: string,
  input: ChangeRoleInput,
): Promise<{ id: string }> {
  const { team, today, row: member } = await takeTeamOf(tx, actor, () => store.findMember(tx, memberId))
  if (member.left_on !== null) refusals.refuseEnded()
  if (member.role === input.role) refusals.refuseSameRole(member.role)
  refusals.refuseDay(refuseBeginning(input.on, today, null), 'on', today)
  if (input.on < member.joined_on) refusals.refuseDay('beforeFormed', 'on', member.joined_on)
  const proposed = { ...member, role: input.role, joined_on: input.on }
  await refuseClash(tx, team.id, proposed, memberId)
  if (input.on === member.joined_on) {
    await store.updateMember(tx, memberId, { role: input.role })
    await audit(tx, actor, {
      ...entry('member_changed', member),
      before: { role: member.role },
      after: { role: input.role },
    })
    return { id: memberId }
  }
  const left_reason = `Chuyển sang ${roleNames[input.role].vi.toLocaleLowerCase('vi')}`
  await store.updateMember(tx, memberId, { left_on: input.on, left_reason, end_recorded_on: today })
  const { id: _id, recorded_on: _recorded, left_with_team: _with, revision: _revision, ...same } = proposed
  const [id = ''] = await store.insertMembers(tx, [same])
  await audit(tx, actor, {
    ...entry('member_role_changed', member),
    before: { role: member.role },
    after: { role: input.role, on: input.on, member: id },
  })
  return { id }
}

/** Removes a membership entered by mistake. */
export async function removeMember(tx: Tx, actor: Actor, memberId: string): Promise<{ id: string }> {
  const { row: member, ...inHand } = await takeTeamOf(tx, actor, () => store.findMember(tx, memberId))
  requireRemovable(actor, inHand, member.recorded_on)
  await store.deleteRow(tx, 'teams.member', memberId)
  await audit(tx, actor, { ...entry('member_removed', member), before: member })
  return { id: memberId }
}
