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
import { failed, type PlannedRow, type RowToPlan } from './import-row.plan.ts'
import { defaultTeamName, levelOfUnitKind } from './teams.rules.ts'
import { membersEver, teamsOfUnits } from './teams.store.ts'
import type { Team } from './teams.tables.ts'
import type { TeamKind } from './teams.words.ts'

const rowsAtMost = 5_000
const rowsOfOneTeam = 200
const tooManyRows = new SheetRefusal('too_many_rows', rowsAtMost.toLocaleString('vi-VN'))

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
  if (needsPlaces(unit) && !table.found.some(({ key }) => key === 'village')) {
    const message = words.placeColumnMissing(table.ignored)
    refuse('teams.sheet_columns_missing', message, { fields: [{ path: 'file', message }] })
  }
  const read = table.rows.map((row) => readRow(row))
  const places = await findPlaces(
    tx,
    unit,
    read.map(({ commune, village, kind }) => ({ commune, village, kind })),
    day.today,
  )
  const wrong: PlannedRow[] = []
  const toPlan: RowToPlan[] = []
  read.forEach(({ village, commune: _commune, ...row }, at) => {
    const found = places[at]
    const isUnread = ['kind', 'commune', 'village'].some((key) => row.unread?.has(key))
    if (!found || 'error' in found || isUnread) {
      const placeless = { ...row, unit: { id: '', name: village } }
      const [alone] = planTeam({ id: null, notBefore: null, members: [] }, [placeless], day)
      const key = found && 'error' in found ? found.key : 'village'
      const said = found && 'error' in found ? found.error : words.unitMissing
      const ofPlace = isUnread ? [] : [{ key, code: 'unit', words: said }]
      wrong.push(failed(placeless, ...ofPlace, ...(alone?.errors ?? [])))
      return
    }
    toPlan.push({ ...row, unit: { id: found.unit.id, name: found.unit.name } })
  })
  const teams = await planTeams(tx, toPlan, day)
  const rows = [...wrong, ...teams.flatMap((team) => team.rows)].sort((a, b) => a.row - b.row)
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

/** A list for one village or one agency may leave out where its people live. */
function needsPlaces(unit: ImportUnit): boolean {
  const level = levelOfUnitKind(unit.kind)
  return level !== 'village' && level !== 'office'
}

/** A row of the file, as far as its cells could be read. */
function readRow(row: SheetTable<MemberColumns>['rows'][number]) {
  const { values } = row
  return {
    row: row.row,
    commune: values.commune ?? '',
    village: values.village ?? '',
    kind: values.kind ?? ('community_team' as const),
    fullName: values.fullName ?? '',
    role: values.role ?? null,
    phone: values.phone ?? null,
    joinedOn: values.joinedOn ?? null,
    leftOn: values.leftOn ?? null,
    note: values.note ?? null,
    ...(!row.ok && { unread: new Set(row.errors.map(({ key }) => key ?? '')) }),
  }
}

async function readTable(file: ImportFile): Promise<SheetTable<MemberColumns>> {
  try {
    const table = await readSheet(file.bytes, file.name, memberColumns)
    if (table.rows.length > rowsAtMost) throw tooManyRows
    return table
  } catch (error) {
    if (!(error instanceof SheetRefusal)) throw error
    // The reader of sheets stops at a limit of its own, higher than ours.
    const said = error.code === 'too_many_rows' ? tooManyRows : error
    const message = { vi: said.message, en: said.messageEn }
    refuse(`teams.sheet_${said.code}`, message, { fields: [{ path: 'file', message }] })
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
  return error && group.map((row) => failed(row, error))
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
    rows: rows.map((row) => [
      row.row,
      row.unit.id,
      row.kind,
      row.outcome,
      row.memberId,
      row.values,
      row.successor,
    ]),
    errors: errors.map((error) => [error.row, error.key, error.code]),
    forming,
  }
  return createHash('sha256').update(JSON.stringify(whole)).digest('hex')
}
