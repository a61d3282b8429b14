import { conflicts, warnOfNoHead } from './import.conflicts.ts'
import * as words from './import.words.ts'
import {
  failed,
  firstJoined,
  type ImportDay,
  type PlannedRow,
  personOf,
  planChange,
  planNew,
  type RowError,
  type RowToPlan,
  sameSpelling,
  type TeamToPlan,
} from './import-row.plan.ts'
import { overlaps, readName, samePerson } from './teams.rules.ts'
import type { Member } from './teams.tables.ts'

/**
 * What the rows of one team would do. Every row comes back once; nothing is written. Rows with cells that could not be
 * read stand in nobody's way, but all else that is wrong with them is said as well. Pure.
 */
export function planTeam(team: TeamToPlan, rows: readonly RowToPlan[], day: ImportDay): PlannedRow[] {
  const sound = rows.filter((row) => !row.unread)
  const planned = new Map(planSound(team, sound, day).map((one) => [one.row, one]))
  const standing = sound.filter((row) => planned.get(row.row)?.outcome !== 'error')
  const repeated = repeatedRows(rows.filter((row) => row.fullName !== ''))
  return rows.map((row) => {
    const unread = row.unread
    if (!unread) return planned.get(row.row) ?? failed(row)
    // An unread day of joining says nothing about leaving either; the day the file is read stands in for the rest.
    const read = unread.has('joinedOn') ? { ...row, joinedOn: null, leftOn: null } : row
    const inTime = unread.has('joinedOn') ? { ...day, joinedOn: day.joinedOn ?? day.today } : day
    const alone = planSound(team, [...standing, read], inTime).at(-1)
    const errors = [...(alone?.errors ?? [])]
    const twin = repeated.get(row.row)
    if (twin && !errors.some(({ code }) => code === 'repeated')) errors.push(twin)
    return failed(row, ...errors.filter(({ key }) => key === undefined || !unread.has(key)))
  })
}

function planSound(team: TeamToPlan, rows: readonly RowToPlan[], day: ImportDay): PlannedRow[] {
  const claimed = new Set<string>()
  const matched = new Map<number, Member>()
  const refusedMatch = new Map<number, RowError>()
  const people = rows.map((row) => ({
    row,
    known: { name_folded: readName(row.fullName)?.nameFolded ?? '', phone: row.phone },
  }))
  const claim = (row: RowToPlan, member: Member) => {
    claimed.add(member.id)
    matched.set(row.row, member)
  }
  const repeated = repeatedRows(rows)
  const open = (member: Member) => member.left_on === null && !claimed.has(member.id)
  const waiting = () =>
    people.filter(({ row }) => !matched.has(row.row) && !repeated.has(row.row) && !refusedMatch.has(row.row))
  // What is already written down as ended comes first, so that an old list of people who left changes nothing.
  for (const { row, known } of waiting()) {
    const same = team.members.find(
      (member) =>
        !claimed.has(member.id) &&
        member.left_on !== null &&
        member.left_on === row.leftOn &&
        samePerson(member, known) &&
        (row.joinedOn === null || row.joinedOn === firstJoined(member, team.members)),
    )
    if (same) claim(row, same)
  }
  for (const { row, known } of waiting()) {
    const same = team.members.find(
      (member) => open(member) && member.name_folded === known.name_folded && member.phone === known.phone,
    )
    if (same) claim(row, same)
  }
  for (const { row, known } of waiting()) {
    const alike = team.members.filter((member) => open(member) && samePerson(member, known))
    if (alike.length > 1)
      refusedMatch.set(row.row, { key: 'phone', code: 'ambiguous', words: words.ambiguous(alike.length) })
    else if (alike[0]) claim(row, alike[0])
  }
  for (const { row } of waiting()) {
    // Another phone and the very same name: one person with a new number, unless another row is that person.
    const alike = team.members.filter(
      (member) => open(member) && sameSpelling(member.full_name, row.fullName),
    )
    if (alike.length === 1 && alike[0]) claim(row, alike[0])
  }
  const planned = rows.map((row) => {
    const member = matched.get(row.row)
    const error = repeated.get(row.row) ?? refusedMatch.get(row.row)
    if (error) {
      const ofDays = planNew(team, row, day).errors.filter(({ code }) => code !== 'already_there')
      return failed(row, error, ...ofDays)
    }
    return member ? planChange(team, row, member, day) : planNew(team, row, day)
  })
  return warnOfNoHead(team.members, conflicts(team.members, planned))
}

function repeatedRows(rows: readonly RowToPlan[]): Map<number, RowError> {
  const found = new Map<number, RowError>()
  const byName = new Map<string, RowToPlan[]>()
  for (const row of rows) {
    const key = personOf(row).name_folded
    const earlier = byName.get(key) ?? []
    const spell = (one: RowToPlan) => ({ from: one.joinedOn ?? '0000-01-01', until: one.leftOn })
    const twin = earlier.find(
      (one) =>
        (one.phone === null || row.phone === null || one.phone === row.phone) &&
        overlaps(spell(one), spell(row)),
    )
    if (twin) found.set(row.row, { key: 'fullName', code: 'repeated', words: words.repeated(twin.row) })
    byName.set(key, [...earlier, row])
  }
  return found
}

/** The day a team that an import forms begins: when its first member joined. Null where nobody joins it. */
export function formingDay(rows: readonly PlannedRow[]): string | null {
  const days = rows.flatMap((row) => (row.outcome === 'create' && row.values ? [row.values.joined_on] : []))
  return days.toSorted()[0] ?? null
}

/** The first day a further team of a kind can be formed: when the last one was dissolved. */
export function notBeforeOf(dissolvedOn: readonly (string | null)[]): string | null {
  const ends = dissolvedOn.filter((on) => on !== null)
  return ends.toSorted().at(-1) ?? null
}
