import { fold } from '../../text/index.ts'

/** What a file can be, told by its columns. */
export type ListKind = 'before' | 'since' | 'known'

/** The columns of each kind of list: the name in the file, further names it may have, what its cells look like. */
export const LIST_COLUMNS = {
  before: {
    provinceCode: ['province_code', 'Mã tỉnh', 'Mã TP'],
    province: ['province', 'Tỉnh', 'Tỉnh / Thành phố', 'Tỉnh Thành Phố'],
    districtCode: ['district_code', 'Mã huyện', 'Mã QH'],
    district: ['district', 'Huyện', 'Quận / Huyện', 'Quận Huyện'],
    code: ['ward_code', 'Mã xã', 'Mã PX'],
    name: ['ward', 'Xã', 'Phường / Xã', 'Phường Xã'],
  },
  since: {
    provinceCode: ['province_code', 'Mã tỉnh', 'Mã TP'],
    province: ['province', 'Tỉnh', 'Tỉnh / Thành phố', 'Tỉnh Thành Phố'],
    code: ['ward_code', 'Mã xã', 'Mã PX'],
    name: ['ward', 'Xã', 'Phường / Xã', 'Phường Xã'],
    formedFrom: ['formed_from', 'Sáp nhập từ', 'Thành lập từ', 'Hình thành từ'],
  },
  known: {
    oldCode: ['old_ward_code', 'Mã xã cũ'],
    oldName: ['old_ward', 'Xã cũ'],
    newCode: ['new_ward_code', 'Mã xã mới'],
    newName: ['new_ward', 'Xã mới'],
  },
} as const satisfies Record<ListKind, Record<string, readonly [string, ...string[]]>>

/** The key of each column of a header, by its place; null for a column that no list of this kind has. */
export function columnKeys(kind: ListKind, header: readonly string[]): (string | null)[] {
  const columns: Record<string, readonly string[]> = LIST_COLUMNS[kind]
  const byName = new Map(
    Object.entries(columns).flatMap(([key, names]) => names.map((name) => [fold(name), key] as const)),
  )
  return header.map((name) => byName.get(fold(name)) ?? null)
}

/** Names in the file of the columns that a header lacks to be a list of this kind. */
export function missingColumns(kind: ListKind, header: readonly string[]): string[] {
  const found = new Set(columnKeys(kind, header))
  return Object.entries(LIST_COLUMNS[kind])
    .filter(([key]) => !found.has(key))
    .map(([, names]) => names[0])
}
