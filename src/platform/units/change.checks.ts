import { refuseField } from '../http/refusal.ts'
import { type Draft, type Version, versionOn, written } from './change.draft.ts'
import type { Later } from './change.later.ts'
import { mayStandBelow, type UnitKind } from './level.contract.ts'

/** What a change is worked out from: the units it names, those directly below them, and the units above. */
export type Territory = {
  versions: readonly Version[]
  kinds: ReadonlyMap<string, UnitKind>
  elsewhere: Draft['elsewhere']
} & Later

export type Ground = Territory & { draft: Draft }

export function requireNotTop(version: Version, path = 'kind'): void {
  if (version.parentId !== null) return
  refuseField('units.top_stays', path, {
    vi: `«${version.name}» đứng đầu cây đơn vị nên không kết thúc, tách, nhập hay chuyển đi được. Hãy chọn loại thay đổi khác, hoặc đơn vị khác.`,
    en: `“${version.name}” is the top of the tree and cannot end, be split, merged or moved. Choose another kind of change, or another unit.`,
  })
}

/** What merges stands side by side: a commune does not merge with a village of its own, nor with its district. */
export function requireApart(draft: Draft, ids: readonly string[]): void {
  for (const id of ids) {
    for (
      let above = versionOn(draft, id, draft.on)?.parentId;
      above;
      above = versionOn(draft, above, draft.on)?.parentId
    ) {
      if (!ids.includes(above)) continue
      const [lower, upper] = [versionOn(draft, id, draft.on)?.name, versionOn(draft, above, draft.on)?.name]
      refuseField('units.merge_with_own', 'fromIds', {
        vi: `«${lower}» nằm trong «${upper}» nên hai đơn vị này không nhập với nhau. Hãy chọn các đơn vị cùng cấp.`,
        en: `“${lower}” stands within “${upper}”, so the two do not merge. Choose units of one level.`,
      })
    }
  }
}

export function requireOther(version: Version, parentId: string): void {
  if (version.parentId !== parentId && version.unitId !== parentId) return
  refuseField('units.same_parent', 'parentId', {
    vi: `«${version.name}» đã đứng ở đó vào ngày này. Hãy chọn đơn vị cấp trên khác.`,
    en: 'The unit stands there already. Choose another unit above.',
  })
}

export function requireLevel(
  ground: Ground,
  kind: string,
  parentId: string,
  path: string,
  on = ground.draft.on,
): void {
  const child = ground.kinds.get(kind)
  if (!child || kind === 'part') {
    refuseField('units.kind_unknown', path, {
      vi: 'Không có loại đơn vị này. Hãy chọn một loại trong danh sách.',
      en: 'There is no such kind of unit. Choose one from the list.',
    })
  }
  const parent = versionOn(ground.draft, parentId, on)
  const above = ground.kinds.get(parent?.kind ?? '')
  if (!parent || !above || mayStandBelow(child, above)) return
  refuseField('units.wrong_level', path, {
    vi: `${child.nameVi} không nằm trong ${above.nameVi.toLocaleLowerCase('vi')} «${parent.name}»${since(ground, on).vi}. Hãy chọn loại khác hoặc đơn vị cấp trên khác.`,
    en: `A ${child.nameEn.toLowerCase()} does not stand in a ${above.nameEn.toLowerCase()} (“${parent.name}”${since(ground, on).en}). Choose another kind or another unit above.`,
  })
}

/** Names the day where it is not that of the change. */
const since = (ground: Ground, on: string) =>
  on === ground.draft.on
    ? { vi: '', en: '' }
    : { vi: ` (từ ${written(on)} đơn vị này ở đó)`, en: `, where the unit stands from ${written(on)}` }

/** What a unit is split into is of its own level: a commune into communes, townships or wards. */
export function requireSameLevel(ground: Ground, whole: Version, kind: string, path: string): void {
  const [was, now] = [ground.kinds.get(whole.kind), ground.kinds.get(kind)]
  if (!was || !now || (was.isArea === now.isArea && was.rank === now.rank)) return
  const alike = [...ground.kinds.values()].filter((one) => one.isArea === was.isArea && one.rank === was.rank)
  const list = (key: 'nameVi' | 'nameEn') => alike.map((one) => one[key].toLocaleLowerCase('vi')).join(', ')
  refuseField('units.other_level', path, {
    vi: `«${whole.name}» chỉ tách thành đơn vị cùng cấp: ${list('nameVi')}. Hãy chọn một trong các loại đó.`,
    en: `“${whole.name}” is split into units of its own level only: ${list('nameEn')}. Choose one of these kinds.`,
  })
}

/** The last version of a unit in the draft, the one that lasts. */
export const lastOf = (draft: Draft, id: string) => draft.units.get(id)?.at(-1)
