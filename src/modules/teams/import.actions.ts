import type { Actor } from '../../platform/actor/actor.ts'
import { type AuditEntry, auditMany } from '../../platform/audit/index.ts'
import { today } from '../../platform/calendar/index.ts'
import type { Tx } from '../../platform/db/database.ts'
import { attach, readAttachment } from '../../platform/files/index.ts'
import { refuse, refuseNotFound } from '../../platform/http/refusal.ts'
import { figureAnswers, findMeasure } from '../../platform/measures/index.ts'
import { writeMarkedCopy } from '../../platform/sheets/index.ts'
import { unitPath } from '../../platform/units/index.ts'
import type { ApplyImportInput, ImportCheckAnswer, ImportResultAnswer } from './contract.ts'
import { checkAnswer, countsOf } from './import.answer.ts'
import { type ImportFile, type ImportPlace, type PreparedImport, prepareImport } from './import.prepare.ts'
import { loadTeams } from './load.actions.ts'
import { mayImportTeams } from './teams.policy.ts'
import { refuseScope } from './teams.refusals.ts'
import { insertMembers, lockTeamsWithin, membersEver, teamsOfUnits, updateMembers } from './teams.store.ts'
import type { Team } from './teams.tables.ts'

async function requireImport(tx: Tx, actor: Actor, unitId: string): Promise<void> {
  if (!mayImportTeams(actor, await unitPath(tx, unitId))) refuseScope()
}

/** Dry run: keeps the file and says, row by row, what importing it would do. No team or member is written. */
export async function checkImport(
  tx: Tx,
  actor: Actor,
  file: ImportFile,
  place: ImportPlace,
): Promise<ImportCheckAnswer> {
  await requireImport(tx, actor, place.unitId)
  const prepared = await prepareImport(tx, file, place)
  const { fileId } = await attach(tx, actor, {
    ...file,
    unitId: place.unitId,
    viewCapability: 'teams.import',
    kinds: ['sheet'],
  })
  return checkAnswer(fileId, place, prepared)
}

/** The file as it was sent, with the cells that need mending marked and said in a last column. */
export async function markedCopy(
  tx: Tx,
  actor: Actor,
  ask: ImportPlace & { fileId: string },
): Promise<{ bytes: Uint8Array; name: string }> {
  const { prepared, name } = await prepareAgain(tx, actor, ask)
  const bytes = await writeMarkedCopy(prepared.table, prepared.cellErrors)
  return { bytes, name: `${name.replace(/\.[^.]*$/, '')}-can-sua.xlsx` }
}

async function prepareAgain(tx: Tx, actor: Actor, ask: ImportPlace & { fileId: string }) {
  await requireImport(tx, actor, ask.unitId)
  const file = await readAttachment(tx, ask.fileId)
  if (file.unitId !== ask.unitId) refuseNotFound()
  return { prepared: await prepareImport(tx, file, ask), name: file.name }
}

/**
 * Does what the dry run showed, all or nothing. Refuses when it would do anything else by now, and when rows are wrong
 * unless leaving them out was asked for. Importing a file again changes nothing.
 */
export async function applyImport(
  tx: Tx,
  actor: Actor,
  input: ApplyImportInput,
): Promise<ImportResultAnswer> {
  await lockTeamsWithin(tx, input.unitId)
  const { prepared } = await prepareAgain(tx, actor, input)
  if (prepared.digest !== input.digest) refuseMoved()
  const counts = countsOf(prepared)
  if (counts.error > 0 && !input.skipErrors) refuseErrors(counts.error)
  const before = await figuresNow(tx, input.unitId)
  if (counts.create + counts.change + counts.end > 0) await write(tx, actor, input, prepared)
  const after = await figuresNow(tx, input.unitId)
  return {
    counts,
    unit: { id: prepared.unit.id, name: prepared.unit.name },
    moved: before.flatMap((one, at) => {
      const other = after[at]
      return other && (one.numerator !== other.numerator || one.denominator !== other.denominator)
        ? [{ before: one, after: other }]
        : []
    }),
  }
}

async function write(tx: Tx, actor: Actor, input: ApplyImportInput, prepared: PreparedImport): Promise<void> {
  const now = await today(tx)
  const working = prepared.teams.filter((team) => team.rows.some((row) => row.values !== null))
  const forming = working.filter((team) => team.teamId === null)
  await loadTeams(
    tx,
    actor,
    forming.map((team) => ({
      unitId: team.unit.id,
      kind: team.kind,
      name: team.name,
      formedOn: team.formedOn,
      recordedOn: now,
      members: [],
      channels: [],
      activities: [],
    })),
  )
  const teams = await teamsOfUnits(tx, [...new Set(working.map((team) => team.unit.id))])
  const teamOf = (unitId: string, kind: string): Team | undefined =>
    teams.find((team) => team.unit_id === unitId && team.kind === kind && team.dissolved_on === null)
  const changing = working.flatMap((team) =>
    team.rows.flatMap((row) =>
      row.memberId && row.values ? [{ row, id: row.memberId, values: row.values }] : [],
    ),
  )
  const old = new Map(
    (
      await membersEver(
        tx,
        teams.map((team) => team.id),
      )
    ).map((member) => [member.id, member]),
  )
  // Changes first: a head who leaves makes room for the one who comes.
  await updateMembers(
    tx,
    changing.map(({ id, values }) => ({ ...values, id })),
  )
  const creating = working.flatMap((group) => {
    const team = teamOf(group.unit.id, group.kind)
    return group.rows.flatMap((row) => {
      const values = row.memberId === null ? row.values : row.successor
      if (!values || !team) return []
      const { id: team_id, unit_id, kind, level, formed_on: team_formed_on } = team
      return [{ row, values: { ...values, team_id, unit_id, kind, level, team_formed_on } }]
    })
  })
  const ids = await insertMembers(
    tx,
    creating.map(({ values }) => values),
  )
  const subject = 'teams.member'
  const entries: AuditEntry[] = [
    ...changing.map(({ row, id, values }) => ({
      action: `teams.${row.successor ? 'member_role_changed' : row.outcome === 'end' ? 'member_ended' : 'member_changed'}`,
      subject,
      subjectId: id,
      unitId: row.unit.id,
      before: old.get(id) ?? null,
      after: values,
    })),
    ...creating.map(({ row, values }, at) => ({
      action: 'teams.member_added',
      subject,
      subjectId: ids[at] ?? '',
      unitId: row.unit.id,
      after: values,
    })),
    {
      action: 'teams.members_imported',
      subject: 'files.attachment',
      subjectId: input.fileId,
      unitId: input.unitId,
      after: { ...countsOf(prepared), file: prepared.table.fileName, skipErrors: input.skipErrors },
    },
  ]
  await auditMany(tx, actor, entries)
}

const watched = [
  'teams.village_teams',
  'teams.village_team_members',
  'teams.commune_team_members',
  'teams.digital_club_members',
  'teams.project06_groups',
] as const

async function figuresNow(tx: Tx, unitId: string) {
  const asOf = await today(tx)
  const measures = watched.flatMap((name) => findMeasure(name) ?? [])
  return figureAnswers(
    tx,
    measures.map((measure) => ({ measure, unitId, asOf })),
  )
}

function refuseMoved(): never {
  refuse(
    'teams.import_moved',
    {
      vi: 'Từ lúc xem trước đến giờ đã có người sửa dữ liệu, nên kết quả sẽ khác bảng anh/chị đã xem. Chưa ghi gì; hãy xem trước lại rồi nhập.',
      en: 'The records have changed since the preview, so the result would differ from what you saw. Nothing was written; preview again.',
    },
    { status: 409 },
  )
}

function refuseErrors(count: number): never {
  refuse('teams.import_has_errors', {
    vi: `Tệp còn ${count} dòng chưa đúng nên chưa ghi gì. Hãy sửa tệp rồi tải lên lại, hoặc chọn «Bỏ qua dòng lỗi».`,
    en: `${count} rows of the file are not right; nothing was written. Mend the file, or choose to leave those rows out.`,
  })
}
