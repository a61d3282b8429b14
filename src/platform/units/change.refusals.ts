import type { Tx } from '../db/database.ts'
import { refuse, refuseField } from '../http/refusal.ts'
import { type Version, written } from './change.draft.ts'
import * as store from './change.store.ts'

/** A version as the audit log keeps it. */
export const summary = ({ unitId, name, code, kind, parentId, validFrom, validUntil }: Version) => ({
  unitId,
  name,
  code,
  kind,
  parentId,
  validFrom,
  validUntil,
})

/** Refuses a code that another unit holds while the change would give it; `path`: the field that gives it. */
export function refuseCode(
  holder: { code: string; name: string; validFrom: string; validUntil: string | null },
  path: string,
): never {
  const until = holder.validUntil ? written(holder.validUntil) : null
  refuseField('units.code_taken', path, {
    vi: `Mã ${holder.code} đang là của «${holder.name}» từ ${written(holder.validFrom)}${until ? ` đến trước ${until}` : ''}. Hãy dùng mã khác, hoặc chọn ngày sau khi mã đó thôi dùng.`,
    en: `Code ${holder.code} belongs to “${holder.name}” from ${written(holder.validFrom)}${until ? ` until ${until}` : ''}. Use another code, or a day after that code is given up.`,
  })
}

/** Refuses what would leave a unit without one above it on some days. */
export async function refuseHanging(tx: Tx, unitIds: readonly string[]): Promise<void> {
  const name = (await store.hanging(tx, unitIds))?.name
  if (name === undefined) return
  refuseField('units.parent_not_there', 'on', {
    vi: `«${name}» sẽ không có đơn vị cấp trên vào một số ngày. Hãy chọn ngày khác, hoặc thay đổi đơn vị đó trước.`,
    en: `“${name}” would have no unit above it on some days. Choose another day, or change that unit first.`,
  })
}

/** Refuses to undo what would put a unit back below one that has been ended since, and leads to where that is undone. */
export async function refuseBackBelowEnded(tx: Tx, unitIds: readonly string[]): Promise<void> {
  const found = await store.hanging(tx, unitIds)
  if (!found) return
  const { name, aboveId, aboveName, aboveUntil } = found
  const until =
    aboveUntil === null
      ? { vi: '', en: '' }
      : { vi: ` từ ${written(aboveUntil)}`, en: ` on ${written(aboveUntil)}` }
  refuse(
    'units.back_below_ended',
    {
      vi: `Không hủy được: «${name}» sẽ trở lại trực thuộc «${aboveName}», mà đơn vị đó đã được ghi là kết thúc${until.vi}. Hãy hủy việc kết thúc «${aboveName}» trước, ở mục «Thay đổi đã ghi» trên trang của đơn vị đó.`,
      en: `“${name}” would stand below “${aboveName}” again, which is recorded to end${until.en}. Undo the end of “${aboveName}” first, under “Recorded changes” on its page.`,
    },
    {
      links: [
        { href: `/units/${aboveId}`, label: { vi: `Mở trang của ${aboveName}`, en: `Open ${aboveName}` } },
      ],
    },
  )
}
