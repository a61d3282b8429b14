import type { Actor } from '../../platform/actor/actor.ts'
import { today } from '../../platform/calendar/index.ts'
import type { Tx } from '../../platform/db/database.ts'
import { writeTemplate } from '../../platform/sheets/index.ts'
import { requireUnit, unitPath } from '../../platform/units/index.ts'
import { memberColumns } from './import.columns.ts'
import { mayImportTeams } from './teams.policy.ts'
import { refuseScope } from './teams.refusals.ts'
import { levelOfUnitKind } from './teams.rules.ts'
import { namesBelow } from './units.views.ts'

/** An empty list of members to fill in, with the names of the villages of the unit to choose from. */
export async function importTemplate(tx: Tx, actor: Actor, unitId: string): Promise<Uint8Array> {
  if (!mayImportTeams(actor, await unitPath(tx, unitId))) refuseScope()
  const day = await today(tx)
  const unit = await requireUnit(tx, unitId, day)
  const level = levelOfUnitKind(unit.kind)
  const severalCommunes = level === 'district' || level === null
  const places = await namesBelow(tx, unitId, day)
  const communes = places
    .filter((place) => levelOfUnitKind(place.kind) === 'commune')
    .map((place) => place.name)
  const villages = places
    .filter((place) => levelOfUnitKind(place.kind) === 'village')
    .map((place) => place.name)
  const own = level === 'commune' || level === 'office' ? [unit.name] : []
  return writeTemplate(
    memberColumns.filter((column) => column.key !== 'commune' || severalCommunes),
    {
      title: `Danh sách thành viên tổ công nghệ số cộng đồng: ${unit.name}`,
      sheetName: 'Thành viên',
      instructions: [
        'Mỗi dòng là một người. Thứ tự các cột có thể đổi; cột không dùng có thể xóa.',
        'Cột «Thôn, bản»: chọn trong danh sách hoặc ghi tên. Với tổ cấp xã, ghi tên xã.',
        'Thôn chưa có tổ: khi nhập, tổ được lập từ ngày người đầu tiên tham gia; phần xem trước nói rõ.',
        'Người đã có trong tổ (cùng họ tên, cùng số điện thoại) không bị thêm lần nữa; nhập lại cùng một tệp không làm thay đổi gì.',
        'Người thôi tham gia: giữ nguyên dòng, ghi «Ngày thôi» là ngày đầu tiên không còn là thành viên. Xóa dòng khỏi tệp không cho ai thôi.',
        'Lưu tệp, rồi tải lên ở trang «Nhập thành viên». Chưa có gì được ghi cho đến khi anh/chị xem trước và bấm «Nhập».',
      ],
      lists: {
        ...(villages.length + own.length > 0 ? { village: [...new Set([...own, ...villages])] } : {}),
        ...(severalCommunes && communes.length > 0 ? { commune: [...new Set(communes)] } : {}),
      },
    },
  )
}
