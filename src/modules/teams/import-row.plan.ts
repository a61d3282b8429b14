import type { Words } from '../../platform/part.ts'
import { normaliseTonePlacement } from '../../platform/text/index.ts'
import * as words from './import.words.ts'
import { dayRefusals } from './teams.refusals.ts'
import { overlaps, readName, refuseBeginning, refuseEnd, samePerson } from './teams.rules.ts'
import type { Member } from './teams.tables.ts'
import { type MemberRole, roleNames, type TeamKind } from './teams.words.ts'

/** A row of the file that reads well and whose unit is known. */
export type RowToPlan = {
  row: number
  unit: { id: string; name: string }
  kind: TeamKind
  fullName: string
  role: MemberRole | null
  phone: string | null
  joinedOn: string | null
  leftOn: string | null
  note: string | null
  /** Keys of the cells that could not be read: the row is checked as far as it goes, and never written. */
  unread?: ReadonlySet<string>
}

export type RowError = { key?: string; code: string; words: Words }

/** The values of a member as they will stand. */
export type MemberValues = Pick<
  Member,
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

export type PlannedRow = {
  row: number
  unit: { id: string; name: string }
  kind: TeamKind
  fullName: string
  outcome: 'create' | 'change' | 'end' | 'unchanged' | 'error'
  notes: Words[]
  errors: RowError[]
  /** The member that the row is about; null for a new one. */
  memberId: string | null
  values: MemberValues | null
  /** The membership that begins where another role ends the one of `values`. */
  successor?: MemberValues
}

/** A team as the plan finds it: `id` null where it would be formed. */
export type TeamToPlan = {
  id: string | null
  /** No member can join before this day; null where nothing bounds it. */
  notBefore: string | null
  members: readonly Member[]
}

export type ImportDay = { today: string; joinedOn: string | null }

/** Name and phone as a row would write them. */
export function personOf(row: RowToPlan) {
  const name = readName(row.fullName)
  return {
    full_name: name?.fullName ?? '',
    name_folded: name?.nameFolded ?? '',
    sort_key: name?.sortKey ?? '',
  }
}

/** Differences of letter case and tone placement (Thuý, Thúy) are no differences of names. */
export function sameSpelling(a: string, b: string): boolean {
  const plain = (name: string) => normaliseTonePlacement(name).toLocaleLowerCase('vi')
  return plain(a) === plain(b)
}

/** The day on which the person first joined, through changes of role that followed each other without a gap. */
export function firstJoined(member: Member, members: readonly Member[]): string {
  let first = member
  for (;;) {
    const before = members.find((other) => other.left_on === first.joined_on && samePerson(other, first))
    if (!before) return first.joined_on
    first = before
  }
}

/** A row that is wrong, and why. */
export function failed(row: RowToPlan, ...errors: RowError[]): PlannedRow {
  const { row: number, unit, kind, fullName } = row
  return {
    row: number,
    unit,
    kind,
    fullName,
    outcome: 'error',
    notes: [],
    errors,
    memberId: null,
    values: null,
  }
}

function refuseDays(
  team: TeamToPlan,
  row: RowToPlan,
  joinedOn: string,
  checkJoined: boolean,
  today: string,
): RowError[] {
  const errors: RowError[] = []
  const began = checkJoined ? refuseBeginning(joinedOn, today, team.notBefore) : null
  if (began) {
    const limit = began === 'beforeFormed' ? (team.notBefore ?? '') : today
    errors.push({ key: 'joinedOn', code: 'day', words: dayRefusals[began](limit) })
  }
  const ended = row.leftOn === null ? null : refuseEnd(row.leftOn, joinedOn, today)
  if (ended)
    errors.push({
      key: 'leftOn',
      code: 'day',
      words: dayRefusals[ended](ended === 'endInFuture' ? today : joinedOn),
    })
  return errors
}

/** What a row about somebody who is not in the team would do. */
export function planNew(team: TeamToPlan, row: RowToPlan, day: ImportDay): PlannedRow {
  const joinedOn = row.joinedOn ?? day.joinedOn
  if (joinedOn === null)
    return failed(row, { key: 'joinedOn', code: 'required', words: words.joinedOnMissing })
  const errors = refuseDays(team, row, joinedOn, true, day.today)
  const person = personOf(row)
  const known = { ...person, phone: row.phone }
  const former = team.members.find(
    (member) =>
      samePerson(member, known) &&
      overlaps({ from: member.joined_on, until: member.left_on }, { from: joinedOn, until: row.leftOn }),
  )
  if (former) {
    const error = former.left_on === null ? words.alreadyMember : words.alreadyLeft(former.left_on)
    errors.push({
      key: former.left_on === null ? 'fullName' : 'joinedOn',
      code: 'already_there',
      words: error,
    })
  }
  if (errors.length > 0) return failed(row, ...errors)
  const notes = [words.joins(joinedOn)]
  if (row.leftOn !== null) notes.push(words.ends(row.leftOn))
  return {
    ...failed(row),
    outcome: 'create',
    notes,
    values: {
      ...person,
      role: row.role ?? 'member',
      phone: row.phone,
      joined_on: joinedOn,
      left_on: row.leftOn,
      left_reason: null,
      note: row.note,
      end_recorded_on: row.leftOn === null ? null : day.today,
    },
  }
}

/** What a row about a member would do. */
export function planChange(team: TeamToPlan, row: RowToPlan, member: Member, day: ImportDay): PlannedRow {
  const notes: Words[] = []
  const values: MemberValues = {
    full_name: member.full_name,
    name_folded: member.name_folded,
    sort_key: member.sort_key,
    role: member.role,
    phone: member.phone,
    joined_on: member.joined_on,
    left_on: member.left_on,
    left_reason: member.left_reason,
    note: member.note,
    end_recorded_on: member.end_recorded_on,
  }
  const first = firstJoined(member, team.members)
  const ends = row.leftOn !== null && member.left_on === null
  const role = planRole(row, member, day)
  const joinedDiffers =
    row.joinedOn !== null &&
    row.joinedOn !== first &&
    row.joinedOn !== member.joined_on &&
    row.joinedOn !== role?.on
  if (joinedDiffers && first !== member.joined_on) {
    return failed(row, { key: 'joinedOn', code: 'joined_before', words: words.joinedInSteps(first) })
  }
  const beginsOn = role && row.joinedOn === role.on ? role.on : null
  const errors = refuseDays(
    team,
    ends ? row : { ...row, leftOn: null },
    beginsOn ?? (joinedDiffers && row.joinedOn ? row.joinedOn : member.joined_on),
    beginsOn !== null || joinedDiffers,
    day.today,
  )
  if (errors.length > 0) return failed(row, ...errors)
  if (!sameSpelling(member.full_name, row.fullName)) {
    Object.assign(values, personOf(row))
    notes.push(words.changes('fullName', member.full_name, values.full_name))
  }
  if (row.phone !== null && row.phone !== member.phone) {
    values.phone = row.phone
    notes.push(
      member.phone === null ? words.addsPhone(row.phone) : words.changesPhone(member.phone, row.phone),
    )
  }
  if (joinedDiffers && row.joinedOn !== null) {
    values.joined_on = row.joinedOn
    notes.push(words.changesDay(member.joined_on, row.joinedOn))
  }
  if (row.note !== null && row.note !== member.note) {
    values.note = row.note
    notes.push(words.changesNote)
  }
  if (ends && row.leftOn !== null) {
    Object.assign(values, { left_on: row.leftOn, end_recorded_on: day.today })
    notes.push(words.ends(row.leftOn))
  }
  const outcome = ends ? 'end' : role || notes.length > 0 ? 'change' : 'unchanged'
  const successor = role && changeRoleOf(values, role, member, notes, day.today)
  return {
    ...failed(row),
    outcome,
    notes,
    memberId: member.id,
    values: notes.length > 0 ? values : null,
    ...(successor && { successor }),
  }
}

type RoleChange = { role: MemberRole; on: string }

/**
 * Another role in the file begins on the day of joining that stands there, where that is later than the membership on
 * record, or else today. Who leaves by then keeps the role, for there is no day left to hold another.
 */
function planRole(row: RowToPlan, member: Member, day: ImportDay): RoleChange | null {
  if (row.role === null || row.role === member.role || member.left_on !== null) return null
  const on = row.joinedOn !== null && row.joinedOn > member.joined_on ? row.joinedOn : day.today
  return row.leftOn !== null && row.leftOn <= on ? null : { role: row.role, on }
}

/**
 * Changes `values` as «Đổi vai trò» does by hand: corrected in place on the day the membership began, otherwise ended
 * on the day and followed by a new membership, which is answered.
 */
function changeRoleOf(
  values: MemberValues,
  { role, on }: RoleChange,
  member: Member,
  notes: Words[],
  today: string,
): MemberValues | null {
  if (on === values.joined_on) {
    values.role = role
    notes.push(words.correctsRole(member.role, role))
    return null
  }
  notes.push(words.changesRole(member.role, role, on))
  const successor = { ...values, role, joined_on: on }
  const left_reason = `Chuyển sang ${roleNames[role].vi.toLocaleLowerCase('vi')}`
  Object.assign(values, { left_on: on, left_reason, end_recorded_on: today })
  return successor
}
