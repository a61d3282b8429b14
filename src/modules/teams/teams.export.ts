import { type Actor, holds } from '../../platform/actor/actor.ts'
import { audit } from '../../platform/audit/index.ts'
import { today } from '../../platform/calendar/index.ts'
import type { Tx } from '../../platform/db/database.ts'
import { refuse, refuseNotFound } from '../../platform/http/refusal.ts'
import type { FileReply } from '../../platform/http/route.ts'
import { defineColumns, toCsv, type WrittenTable, writeTable } from '../../platform/sheets/index.ts'
import { rootId, unitPath } from '../../platform/units/index.ts'
import type { TeamsExportFilter } from './contract.ts'
import { memberColumns } from './import.columns.ts'
import { membersForExport, teamsForExport } from './list.views.ts'
import { kindNames, levelNames, type TeamKind, type TeamLevel } from './teams.words.ts'

const rowsAtMost = 20_000

const teamColumns = defineColumns([
  { key: 'unitName', header: 'Địa bàn, đơn vị', kind: 'text', width: 26 },
  { key: 'within', header: 'Thuộc', kind: 'text', width: 22 },
  { key: 'name', header: 'Tên tổ', kind: 'text', width: 44 },
  { key: 'kind', header: 'Loại', kind: 'text', width: 26 },
  { key: 'level', header: 'Cấp', kind: 'text', width: 16 },
  { key: 'formedOn', header: 'Ngày thành lập', kind: 'day', width: 16 },
  { key: 'dissolvedOn', header: 'Giải thể từ ngày', kind: 'day', width: 16 },
  { key: 'decisionNo', header: 'Số quyết định', kind: 'text', width: 18 },
  { key: 'members', header: 'Số thành viên', kind: 'number', width: 14 },
  { key: 'headName', header: 'Tổ trưởng', kind: 'text', width: 24 },
  { key: 'headPhone', header: 'Điện thoại tổ trưởng', kind: 'phone', width: 20 },
  { key: 'zalo', header: 'Nhóm Zalo', kind: 'text', width: 36 },
] as const)

/** The list as a file. Members come in the columns of the import, so the file can be mended and sent back. Audited. */
export async function exportTeams(
  tx: Tx,
  actor: Actor,
  filter: TeamsExportFilter,
  format: 'xlsx' | 'csv',
): Promise<FileReply> {
  const day = await today(tx)
  if (filter.unitId && !holds(actor, 'teams.view', await unitPath(tx, filter.unitId))) refuseNotFound()
  const table = filter.rows === 'members' ? await memberTable(tx, filter) : await teamTable(tx, filter)
  await audit(tx, actor, {
    action: 'teams.list_exported',
    subject: filter.rows === 'members' ? 'teams.member' : 'teams.team',
    subjectId: filter.unitId ?? 'all',
    unitId:
      filter.unitId ??
      actor.held.find((one) => one.capability === 'teams.view')?.unitId ??
      (await rootId(tx)),
    after: { ...filter, format, rows: table.rows.length },
  })
  const name = `${filter.rows === 'members' ? 'thanh-vien-to' : 'to-cong-nghe-so'}-${day}.${format}`
  return format === 'xlsx'
    ? {
        bytes: await writeTable(table),
        mediaType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
        fileName: name,
      }
    : { bytes: new TextEncoder().encode(toCsv(table)), mediaType: 'text/csv; charset=utf-8', fileName: name }
}

async function teamTable(tx: Tx, filter: TeamsExportFilter): Promise<WrittenTable> {
  const rows = await teamsForExport(tx, filter, rowsAtMost)
  refuseTooMany(rows.length)
  return {
    columns: teamColumns,
    rows: rows.map((row) => ({
      ...row,
      kind: kindNames[row.kind as TeamKind].vi,
      level: levelNames[row.level as TeamLevel].vi,
    })),
  }
}

async function memberTable(tx: Tx, filter: TeamsExportFilter): Promise<WrittenTable> {
  const rows = await membersForExport(tx, filter, rowsAtMost)
  refuseTooMany(rows.length)
  return { columns: memberColumns, rows: rows }
}

function refuseTooMany(count: number): void {
  if (count <= rowsAtMost) return
  refuse('teams.list_too_long', {
    vi: `Danh sách dài quá ${rowsAtMost} dòng. Hãy chọn một đơn vị nhỏ hơn rồi tải từng phần.`,
    en: `The list has more than ${rowsAtMost} rows. Choose a smaller unit and download it in parts.`,
  })
}
