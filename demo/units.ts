import { bodies } from './bodies.ts'
import { confirmedNames, villageNames } from './village-names.ts'

/** Areas nest; the other kinds are bodies that sit in an area. */
export type DemoUnitKind =
  | 'province'
  | 'district'
  | 'commune'
  | 'township'
  | 'village'
  | 'committee'
  | 'office'
  | 'school'
  | 'station'

export type DemoUnit = {
  /** Official code of the statistics office for areas down to the commune; below that a code of our own form. */
  readonly code: string
  readonly name: string
  readonly kind: DemoUnitKind
  readonly parentCode: string | null
  readonly validFromOn: string
  /** True where no source confirms the name: it is shown as a name of ours. */
  readonly nameIsOurs: boolean
  readonly nameSource: string | null
}

export const vanChanCode = '140'

/**
 * The demo needs no older map than that of 2022. The day is that of the rearrangement of Yên Bái's units
 * (Resolution 871/NQ-UBTVQH14 of 10 January 2020; ≈ to be checked against the gazette).
 */
export const unitsValidFromOn = '2020-03-01'

const officialList = 'Danh mục hành chính của Tổng cục Thống kê'

const areaRows = [
  ['15', 'Tỉnh Yên Bái', 'province', null],
  ['140', 'Huyện Văn Chấn', 'district', '15'],
  ['04621', 'Thị trấn Nông trường Liên Sơn', 'township', '140'],
  ['04627', 'Thị trấn Nông trường Trần Phú', 'township', '140'],
  ['04630', 'Xã Tú Lệ', 'commune', '140'],
  ['04633', 'Xã Nậm Búng', 'commune', '140'],
  ['04636', 'Xã Gia Hội', 'commune', '140'],
  ['04639', 'Xã Sùng Đô', 'commune', '140'],
  ['04642', 'Xã Nậm Mười', 'commune', '140'],
  ['04645', 'Xã An Lương', 'commune', '140'],
  ['04648', 'Xã Nậm Lành', 'commune', '140'],
  ['04651', 'Xã Sơn Lương', 'commune', '140'],
  ['04654', 'Xã Suối Quyền', 'commune', '140'],
  ['04657', 'Xã Suối Giàng', 'commune', '140'],
  ['04666', 'Xã Nghĩa Sơn', 'commune', '140'],
  ['04669', 'Xã Suối Bu', 'commune', '140'],
  ['04672', 'Thị trấn Sơn Thịnh', 'township', '140'],
  ['04687', 'Xã Đại Lịch', 'commune', '140'],
  ['04690', 'Xã Đồng Khê', 'commune', '140'],
  ['04693', 'Xã Cát Thịnh', 'commune', '140'],
  ['04696', 'Xã Tân Thịnh', 'commune', '140'],
  ['04699', 'Xã Chấn Thịnh', 'commune', '140'],
  ['04702', 'Xã Bình Thuận', 'commune', '140'],
  ['04705', 'Xã Thượng Bằng La', 'commune', '140'],
  ['04708', 'Xã Minh An', 'commune', '140'],
  ['04711', 'Xã Nghĩa Tâm', 'commune', '140'],
  // A neighbour outside Văn Chấn: what belongs to it must never show up in Văn Chấn's figures.
  ['136', 'Huyện Văn Yên', 'district', '15'],
  ['04387', 'Xã Châu Quế Hạ', 'commune', '136'],
] as const

const areas: readonly DemoUnit[] = areaRows.map(([code, name, kind, parentCode]) => ({
  code,
  name,
  kind,
  parentCode,
  validFromOn: unitsValidFromOn,
  nameIsOurs: false,
  nameSource: officialList,
}))

const villages: readonly DemoUnit[] = areas.flatMap((commune) =>
  (villageNames[commune.code] ?? []).map((name, index): DemoUnit => {
    const code = `${commune.code}.${String(index + 1).padStart(2, '0')}`
    const nameSource = confirmedNames[code] ?? null
    return {
      code,
      name,
      kind: 'village',
      parentCode: commune.code,
      validFromOn: unitsValidFromOn,
      nameIsOurs: nameSource === null,
      nameSource,
    }
  }),
)

const committees: readonly DemoUnit[] = areas
  .filter((area) => area.kind !== 'province')
  .map((area) => ({
    code: `${area.code}.UB`,
    name: `Ủy ban nhân dân ${area.name.charAt(0).toLocaleLowerCase('vi')}${area.name.slice(1)}`,
    kind: 'committee',
    parentCode: area.code,
    validFromOn: unitsValidFromOn,
    nameIsOurs: false,
    nameSource: 'Tên theo cấp hành chính',
  }))

const otherBodies: readonly DemoUnit[] = bodies.map((body) => ({
  ...body,
  validFromOn: unitsValidFromOn,
  nameIsOurs: true,
  nameSource: null,
}))

/** Every unit of the demo, each after its parent: areas, then villages, then the bodies that sit in them. */
export const demoUnits: readonly DemoUnit[] = [...areas, ...villages, ...committees, ...otherBodies]

const unitsByCode = new Map(demoUnits.map((unit) => [unit.code, unit]))

/** The unit of a code; throws on a code the demo does not have. */
export function demoUnit(code: string): DemoUnit {
  const unit = unitsByCode.get(code)
  if (!unit) throw new Error(`The demo has no unit ${code}`)
  return unit
}

/** Whether a unit is the given area or lies in it, at any depth. */
export function liesIn(code: string, areaCode: string): boolean {
  for (
    let unit: DemoUnit | null = demoUnit(code);
    unit;
    unit = unit.parentCode ? demoUnit(unit.parentCode) : null
  ) {
    if (unit.code === areaCode) return true
  }
  return false
}

/** Communes and townships of an area, in the order of their codes. */
export function communesOf(areaCode: string): readonly DemoUnit[] {
  return demoUnits.filter(
    (unit) => (unit.kind === 'commune' || unit.kind === 'township') && liesIn(unit.code, areaCode),
  )
}

/** Villages of an area, in the order of their codes. */
export function villagesOf(areaCode: string): readonly DemoUnit[] {
  return demoUnits.filter((unit) => unit.kind === 'village' && liesIn(unit.code, areaCode))
}

/** The agencies of a district, each with a digital club; in the order of their codes. */
export function officesOf(areaCode: string): readonly DemoUnit[] {
  return demoUnits.filter((unit) => unit.kind === 'office' && unit.parentCode === areaCode)
}
