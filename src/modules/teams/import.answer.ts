import { skipReasonsEn, skipReasonsVi } from '../../platform/sheets/index.ts'
import type { ImportCheckAnswer, ImportRowAnswer } from './contract.ts'
import type { ImportPlace, PreparedImport } from './import.prepare.ts'

/** How many rows of each outcome, and how many teams would be formed. */
export function countsOf(prepared: PreparedImport): ImportCheckAnswer['counts'] {
  const counts = { create: 0, change: 0, end: 0, unchanged: 0, error: 0 }
  for (const row of prepared.rows) counts[row.outcome] += 1
  return { ...counts, teams: forming(prepared).length }
}

function forming(prepared: PreparedImport) {
  return prepared.teams.filter((team) => team.teamId === null && team.rows.some((row) => row.values !== null))
}

/** The dry run as it travels. */
export function checkAnswer(fileId: string, place: ImportPlace, prepared: PreparedImport): ImportCheckAnswer {
  const { table } = prepared
  const errors = new Map<number, ImportRowAnswer['errors']>()
  for (const { row, header, typed, message, messageEn } of prepared.cellErrors) {
    errors.set(row, [...(errors.get(row) ?? []), { header, typed, message: { vi: message, en: messageEn } }])
  }
  return {
    fileId,
    fileName: table.fileName,
    unit: { id: prepared.unit.id, name: prepared.unit.name },
    joinedOn: place.joinedOn,
    worksheet: table.worksheet,
    otherWorksheets: table.otherWorksheets.filter((other) => other.sameHeader).map((other) => other.name),
    digest: prepared.digest,
    counts: countsOf(prepared),
    teamsToForm: forming(prepared).map(({ name, unit, formedOn }) => ({
      name,
      unitName: unit.name,
      formedOn,
    })),
    rows: prepared.rows.map((row) => ({
      row: row.row,
      outcome: row.outcome,
      unitName: row.unit.name,
      fullName: row.fullName,
      notes: row.notes,
      errors: errors.get(row.row) ?? [],
    })),
    skipped: table.skipped
      .filter((one) => one.reason !== 'blank')
      .map(({ row, text, reason }) => ({
        row,
        text,
        reason: { vi: skipReasonsVi[reason], en: skipReasonsEn[reason] },
      })),
    ignoredColumns: table.ignored,
  }
}
