import * as words from './import.words.ts'
import type { MemberValues, PlannedRow } from './import-row.plan.ts'
import { overlaps } from './teams.rules.ts'
import type { Member } from './teams.tables.ts'

type Standing = { row: PlannedRow | null; values: MemberValues }

/**
 * Turns rows into errors that would leave a team with two heads, or one person twice, at the same time. Rows fall one
 * by one, the last of the file first, because a row that is not written leaves things as they were.
 */
export function conflicts(members: readonly Member[], planned: readonly PlannedRow[]): PlannedRow[] {
  let rows = [...planned]
  for (;;) {
    const clash = lastClash(members, rows)
    if (!clash) return rows
    const { row, error } = clash
    rows = rows.map((one) => {
      if (one !== row) return one
      const { successor: _successor, ...rest } = one
      return { ...rest, outcome: 'error', notes: [], errors: [error], memberId: null, values: null }
    })
  }
}

/** Says it on the row that would take a team its only head. */
export function warnOfNoHead(members: readonly Member[], planned: readonly PlannedRow[]): PlannedRow[] {
  const heads = members.filter((member) => member.role === 'head' && member.left_on === null)
  const changed = new Map(planned.map((row) => [row.memberId, row.values] as const))
  const isHead = (values: MemberValues | null | undefined) =>
    values?.role === 'head' && values.left_on === null
  const stays =
    heads.some((member) => isHead(changed.get(member.id) ?? member)) ||
    planned.some((row) => isHead(row.values) || isHead(row.successor))
  if (stays) return [...planned]
  const were = new Set<string | null>(heads.map((member) => member.id))
  return planned.map((row) =>
    were.has(row.memberId) ? { ...row, notes: [...row.notes, words.leavesNoHead] } : row,
  )
}

function lastClash(members: readonly Member[], rows: readonly PlannedRow[]) {
  const changed = new Map(
    rows.flatMap((row) => (row.memberId !== null && row.values ? [[row.memberId, row] as const] : [])),
  )
  const standing: Standing[] = members.map((member) => {
    const row = changed.get(member.id)
    return { row: row ?? null, values: row?.values ?? member }
  })
  for (const row of rows) {
    if (row.memberId === null && row.values) standing.push({ row, values: row.values })
    if (row.successor) standing.push({ row, values: row.successor })
  }
  for (const one of standing.toReversed()) {
    if (!one.row) continue
    const rivals = standing.filter((other) => other !== one && together(one.values, other.values))
    const twin = rivals.find(
      ({ values }) => values.full_name === one.values.full_name && values.phone === one.values.phone,
    )
    if (twin)
      return { row: one.row, error: { key: 'fullName', code: 'already_there', words: words.alreadyMember } }
    const head = one.values.role === 'head' ? rivals.find(({ values }) => values.role === 'head') : undefined
    if (head)
      return {
        row: one.row,
        error: { key: 'role', code: 'second_head', words: words.secondHead(head.values.full_name) },
      }
  }
  return null
}

function together(a: MemberValues, b: MemberValues): boolean {
  return overlaps({ from: a.joined_on, until: a.left_on }, { from: b.joined_on, until: b.left_on })
}
