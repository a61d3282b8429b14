/**
 * The reform of 1 July 2025 as far as it touches the demo's units: 24 communes of Văn Chấn became 11, four of which also
 * took in communes of other districts; the districts were abolished, and Yên Bái joined Lào Cai. Facts of the published
 * lists of units in our own form. Numbers and days of the resolutions come from articles, not from the gazette, so each
 * bears the mark of an assumption wherever it is shown.
 */
export const reformOn = '2025-07-01'

const unchecked = '(≈ số và ngày văn bản chưa kiểm chứng)'
const provincesBasis = `Nghị quyết 202/2025/QH15 ngày 12/6/2025 ${unchecked}`
const communesBasis = `Nghị quyết 1673/NQ-UBTVQH15 ngày 16/6/2025 ${unchecked}`
const districtsBasis = `Nghị quyết 203/2025/QH15 ngày 16/6/2025 ${unchecked}`

/** What is certain of every change of the reform, for whoever reads it on the screen. */
export const reformNote =
  'Chắc chắn, theo danh mục đơn vị đã công bố: tên, mã, ngày 1/7/2025, đơn vị nào về đơn vị nào'

export type ReformUnitKind = 'province' | 'district' | 'town' | 'commune' | 'ward'
export type ReformUnit = {
  readonly code: string
  readonly name: string
  readonly kind: ReformUnitKind
  readonly parentCode: string | null
}

const neighbourRows = [
  ['10', 'Tỉnh Lào Cai', 'province', null],
  ['133', 'Thị xã Nghĩa Lộ', 'town', '15'],
  ['137', 'Huyện Mù Cang Chải', 'district', '15'],
  ['04282', 'Phường Pú Trạng', 'ward', '133'],
  ['04288', 'Phường Tân An', 'ward', '133'],
  ['04297', 'Xã Nghĩa Phúc', 'commune', '133'],
  ['04300', 'Xã Nghĩa An', 'commune', '133'],
  ['04660', 'Xã Sơn A', 'commune', '133'],
  ['04384', 'Xã Châu Quế Thượng', 'commune', '136'],
  ['04450', 'Xã Mỏ Vàng', 'commune', '136'],
  ['04480', 'Xã Cao Phạ', 'commune', '137'],
] as const

/** Units outside Văn Chấn with which its communes were joined; the demo has nothing of them but their names. */
export const reformNeighbours: readonly ReformUnit[] = neighbourRows.map(
  ([code, name, kind, parentCode]) => ({ code, name, kind, parentCode }),
)

/** From that day on the code means another unit: Yên Bái's became that of the new Lào Cai. */
export const newProvince = {
  code: '15',
  name: 'Tỉnh Lào Cai',
  fromCodes: ['15', '10'],
  legalBasis: provincesBasis,
} as const

type Merger = {
  readonly code: string
  readonly name: string
  readonly kind: 'commune' | 'ward'
  readonly fromCodes: readonly string[]
  readonly legalBasis: string
}

const mergerRows = [
  ['04288', 'Phường Nghĩa Lộ', 'ward', ['04282', '04288', '04300', '04666']],
  ['04450', 'Xã Mỏ Vàng', 'commune', ['04450', '04645']],
  ['04630', 'Xã Tú Lệ', 'commune', ['04480', '04630']],
  ['04636', 'Xã Gia Hội', 'commune', ['04633', '04636', '04648']],
  ['04651', 'Xã Sơn Lương', 'commune', ['04639', '04642', '04651', '04654']],
  ['04660', 'Xã Liên Sơn', 'commune', ['04297', '04621', '04660']],
  ['04672', 'Xã Văn Chấn', 'commune', ['04657', '04669', '04672', '04690']],
  ['04699', 'Xã Chấn Thịnh', 'commune', ['04687', '04696', '04699']],
  ['04705', 'Xã Thượng Bằng La', 'commune', ['04627', '04705']],
  ['04711', 'Xã Nghĩa Tâm', 'commune', ['04702', '04708', '04711']],
  ['04387', 'Xã Châu Quế', 'commune', ['04384', '04387']],
] as const

/** Communes that became one; the code is that of one of them, not always of the one with the same name. */
export const reformMergers: readonly Merger[] = mergerRows.map(([code, name, kind, fromCodes]) => ({
  code,
  name,
  kind,
  fromCodes,
  legalBasis: communesBasis,
}))

/** Cát Thịnh alone stayed what it was; only its district went. */
export const reformStays = { code: '04693', legalBasis: communesBasis } as const

export const abolishedDistricts = {
  codes: ['133', '136', '137', '140'],
  legalBasis: districtsBasis,
} as const
