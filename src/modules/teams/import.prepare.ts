import { createHash } from 'node:crypto'
import { today } from '../../platform/calendar/index.ts'
import type { Tx } from '../../platform/db/database.ts'
import { refuse } from '../../platform/http/refusal.ts'
import {
  type CellError,
  errorAt,
  readSheet,
  SheetRefusal,
  type SheetTable,
} from '../../platform/sheets/index.ts'
import { requireUnit } from '../../platform/units/index.ts'
import { type MemberColumns, memberColumns } from './import.columns.ts'
import { findPlaces, type ImportUnit } from './import.places.ts'
import { formingDay, notBeforeOf, planTeam } from './import.plan.ts'
import * as words from './import.words.ts'
import type { PlannedRow, RowError, RowToPlan } from './import-row.plan.ts'
import { defaultTeamName } from './teams.rules.ts'
import { membersEver, teamsOfUnits } from './teams.store.ts'
import type { Team } from './teams.tables.ts'
import type { TeamKind } from './teams.words.ts'

const rowsAtMost = 5_000
const rowsOfOneTeam = 200

export type ImportFile = { bytes: Uint8Array; name: string }
export type ImportPlace = { unitId: string; joinedOn: string | null }

export type TeamOfImport = {
  /** Null where it would be formed. */
  teamId: string | null
  unit: { id: string; name: string }
  kind: TeamKind
  name: string
  formedOn: string
  rows: PlannedRow[]
}

/** An import worked out to the last row, not yet written. */
export type PreparedImport = {
  unit: ImportUnit
  table: SheetTable<MemberColumns>
  rows: PlannedRow[]
  teams: TeamOfImport[]
  cellErrors: CellError[]
  digest: string
}

/** Works out what importing a file into a unit would do, from the records as they are now. Refuses unreadable files. */
export async function prepareImport(tx: Tx, file: ImportFile, place: ImportPlace): Promise<PreparedImport> {
  const day = { today: await today(tx), joinedOn: place.joinedOn }
  const unit = await requireUnit(tx, place.unitId, day.today)
  const table = await readTable(file)
  const readable = table.rows.flatMap((row) => (row.ok ? [row] : []))
  const places = await findPlaces(
    tx,
    unit,
    readable.map(({ values }) => ({
      commune: values.commune ?? '',
      village: values.village ?? '',
      kind: values.kind ?? 'community_team',
    })),
    day.today,
  )
  const wrong: PlannedRow[] = []
  const toPlan: RowToPlan[] = []
  readable.forEach(({ row, values }, at) => {
    const found = places[at]
    const kind = values.kind ?? 'community_team'
    if (!found || 'error' in found) {
      const error = { key: found?.key ?? 'village', code: 'unit', words: found?.error ?? words.unitMissing }
      wrong.push(failedRow(row, values.village ?? '', kind, values.fullName, error))
      return
    }
    toPlan.push({
      row,
      unit: { id: found.unit.id, name: found.unit.name },
      kind,
      fullName: values.fullName,
      role: values.role ?? null,
      phone: values.phone ?? null,
      joinedOn: values.joinedOn ?? null,
      leftOn: values.leftOn ?? null,
      note: values.note ?? null,
    })
  })
  const teams = await planTeams(tx, toPlan, day)
  const unread = table.rows.flatMap((row) =>
    row.ok
      ? []
      : [
          failedRow(
            row.row,
            row.values.village ?? '',
            row.values.kind ?? 'community_team',
            row.values.fullName ?? '',
          ),
        ],
  )
  const rows = [...unread, ...wrong, ...teams.flatMap((team) => team.rows)].sort((a, b) => a.row - b.row)
  const cellErrors = [
    ...table.errors,
    ...rows.flatMap((row) =>
      row.errors.map((error) =>
        errorAt(table, row.row, error.key as MemberColumns[number]['key'] | undefined, {
          code: error.code,
          message: error.words.vi,
          messageEn: error.words.en,
        }),
      ),
    ),
  ]
  return { unit, table, rows, teams, cellErrors, digest: digestOf(place, rows, teams, cellErrors) }
}

async function readTable(file: ImportFile): Promise<SheetTable<MemberColumns>> {
  try {
    const table = await readSheet(file.bytes, file.name, memberColumns)
    if (table.rows.length > rowsAtMost) throw new SheetRefusal('too_many_rows')
    return table
  } catch (error) {
    if (!(error instanceof SheetRefusal)) throw error
    const message = { vi: error.message, en: error.messageEn }
    refuse(`teams.sheet_${error.code}`, message, { fields: [{ path: 'file', message }] })
  }
}

function failedRow(
  row: number,
  unitName: string,
  kind: TeamKind,
  fullName: string,
  error?: RowError,
): PlannedRow {
  return {
    row,
    unit: { id: '', name: unitName },
    kind,
    fullName,
    outcome: 'error',
    notes: [],
    errors: error ? [error] : [],
    memberId: null,
    values: null,
  }
}

async function planTeams(
  tx: Tx,
  rows: readonly RowToPlan[],
  day: { today: string; joinedOn: string | null },
): Promise<TeamOfImport[]> {
  const groups = new Map<string, RowToPlan[]>()
  for (const row of rows) {
    const key = `${row.unit.id} ${row.kind}`
    groups.set(key, [...(groups.get(key) ?? []), row])
  }
  const existing = await teamsOfUnits(tx, [...new Set(rows.map((row) => row.unit.id))])
  const members = await membersEver(
    tx,
    existing.map((team) => team.id),
  )
  return [...groups.values()].map((group) => {
    const [{ unit, kind } = { unit: { id: '', name: '' }, kind: 'community_team' as const }] = group
    const own = existing.filter((team) => team.unit_id === unit.id && team.kind === kind)
    const living = own.filter((team) => team.dissolved_on === null)
    const team = living[0]
    const plan =
      tooHard(group, living, unit.name) ??
      planTeam(
        {
          id: team?.id ?? null,
          notBefore: team?.formed_on ?? notBeforeOf(own.map((one) => one.dissolved_on)),
          members: members.filter((member) => member.team_id === team?.id),
        },
        group,
        day,
      )
    return {
      teamId: team?.id ?? null,
      unit,
      kind,
      name: team?.name ?? defaultTeamName(kind, unit.name),
      formedOn: team?.formed_on ?? formingDay(plan) ?? day.today,
      rows: plan,
    }
  })
}

/** Errors for a group of rows that cannot be planned at all; null where it can. */
function tooHard(
  group: readonly RowToPlan[],
  living: readonly Team[],
  unitName: string,
): PlannedRow[] | null {
  const error =
    living.length > 1
      ? { key: 'village', code: 'several_clubs', words: words.severalClubs(unitName) }
      : group.length > rowsOfOneTeam
        ? { key: 'village', code: 'too_many', words: words.tooManyOfOneTeam(rowsOfOneTeam) }
        : null
  return (
    error &&
    group.map((row) => ({ ...failedRow(row.row, unitName, row.kind, row.fullName, error), unit: row.unit }))
  )
}

/** Stands for everything that would be written and everything that is wrong: equal digests do the same. */
function digestOf(
  place: ImportPlace,
  rows: readonly PlannedRow[],
  teams: readonly TeamOfImport[],
  errors: readonly CellError[],
): string {
  const forming = teams
    .filter((team) => team.teamId === null)
    .map(({ unit, kind, formedOn }) => [unit.id, kind, formedOn])
  const whole = {
    place: [place.unitId, place.joinedOn],
    rows: rows.map((row) => [row.row, row.unit.id, row.kind, row.outcome, row.memberId, row.values]),
    errors: errors.map((error) => [error.row, error.key, error.code]),
    forming,
  }
  return createHash('sha256').update(JSON.stringify(whole)).digest('hex')
}
