import { openSheetFile, SheetRefusal } from '../../sheets/index.ts'
import { StartRefusal } from '../../start-refusal.ts'
import { tidy } from '../../text/index.ts'
import { cutAreaName } from './area-name.ts'
import type { CountryLists, KnownLink, NewCommune, OldCommune } from './country-lists.ts'
import { columnKeys, LIST_COLUMNS, type ListKind, missingColumns } from './lists.columns.ts'

export type ListFile = { name: string; bytes: Uint8Array }

type Row = { row: number; values: Readonly<Record<string, string>> }

const kinds: readonly ListKind[] = ['before', 'since', 'known']

const kindWords = {
  before: 'danh mục ba cấp / list with three levels',
  since: 'danh mục hai cấp / list with two levels',
  known: 'bảng đối chiếu cũ–mới / list of links',
} as const

/** Reads the files of one import, in any order, each known by its columns. Refuses in words naming file, row and column. */
export function readLists(files: readonly ListFile[]): CountryLists {
  const found = new Map<ListKind, { file: string; rows: Row[] }>()
  for (const file of files) {
    const { kind, rows } = readOne(file)
    const earlier = found.get(kind)
    if (earlier)
      throw new StartRefusal(
        `Tệp ${earlier.file} và tệp ${file.name} đều là ${kindWords[kind]}. Hãy chỉ giữ một.`,
        `${earlier.file} and ${file.name} are both: ${kindWords[kind]}. Keep one.`,
      )
    found.set(kind, { file: file.name, rows })
  }
  for (const kind of ['before', 'since'] as const)
    if (!found.has(kind))
      throw new StartRefusal(
        `Thiếu ${kindWords[kind]}, có các cột ${Object.values(LIST_COLUMNS[kind])
          .map(([name]) => name)
          .join(', ')}. Hãy thêm tệp đó vào lệnh.`,
        `The ${kindWords[kind]} is missing. Add that file to the command.`,
      )
  const rowsOf = (kind: ListKind) => found.get(kind)?.rows ?? []
  const lists = {
    before: rowsOf('before').map(({ values }) => values as OldCommune),
    since: rowsOf('since').map(({ values }) => values as NewCommune),
    known: rowsOf('known').map(({ values }) => values as KnownLink),
  }
  for (const kind of ['before', 'since'] as const) {
    const { file, rows } = found.get(kind) ?? { file: '', rows: [] }
    checkCodes(file, rows)
  }
  checkKnown(found.get('known'), lists)
  return lists
}

function readOne(file: ListFile): { kind: ListKind; rows: Row[] } {
  const rows = textRows(file)
  const at = rows.findIndex((row) => row.filter((cell) => cell !== '').length > 1)
  const header = rows[at] ?? []
  // A list with three levels has all columns of one with two but the last, so the one that lacks none decides.
  const kind = kinds.find((one) => missingColumns(one, header).length === 0)
  if (kind === undefined) {
    const lacks = kinds.map((one) => `${kindWords[one]}: ${missingColumns(one, header).join(', ')}`)
    throw new StartRefusal(
      `Tệp ${file.name} không phải danh mục đơn vị: dòng ${at + 1} không đủ cột của loại nào. Còn thiếu: ${lacks.join('; ')}.`,
      `${file.name} is no list of units: row ${at + 1} lacks columns of every kind: ${lacks.join('; ')}.`,
    )
  }
  const keys = columnKeys(kind, header)
  const read = rows.slice(at + 1).flatMap((cells, index) => {
    if (cells.every((cell) => cell === '')) return []
    const row = at + index + 2
    const values = Object.fromEntries(
      keys.flatMap((key, column) => (key === null ? [] : [[key, cells[column] ?? '']])),
    )
    for (const key of Object.keys(LIST_COLUMNS[kind])) checkCell(file.name, row, kind, key, values[key] ?? '')
    return [{ row, values }]
  })
  if (read.length === 0)
    throw new StartRefusal(`Tệp ${file.name} không có dòng dữ liệu nào.`, `${file.name} has no rows.`)
  return { kind, rows: read }
}

function textRows(file: ListFile): string[][] {
  try {
    const [sheet] = openSheetFile(file.bytes, file.name).worksheets
    return (sheet?.rows ?? []).map((row) => Array.from(row, (cell) => tidy(cell?.text ?? '')))
  } catch (error) {
    if (!(error instanceof SheetRefusal)) throw error
    throw new StartRefusal(`Tệp ${file.name}: ${error.message}`, `${file.name} cannot be read as a table.`)
  }
}

function refuseCell(file: string, row: number, column: string, vi: string, en: string): never {
  throw new StartRefusal(
    `Tệp ${file}, dòng ${row}, cột «${column}»: ${vi}`,
    `${file}, row ${row}, column “${column}”: ${en}`,
  )
}

function checkCell(file: string, row: number, kind: ListKind, key: string, value: string): void {
  const names: Record<string, readonly string[]> = LIST_COLUMNS[kind]
  const column = names[key]?.[0] ?? key
  if (value === '')
    refuseCell(file, row, column, 'ô trống. Hãy điền rồi nhập lại.', 'the cell is empty. Fill it in.')
  if (key.toLowerCase().endsWith('code') && !/^\d{2,5}$/.test(value))
    refuseCell(
      file,
      row,
      column,
      `«${value}» không phải mã đơn vị (2 đến 5 chữ số, giữ số 0 ở đầu).`,
      `“${value}” is no code of a unit (2 to 5 digits, leading zeros kept).`,
    )
  if ((key === 'province' || key === 'district' || key === 'name') && cutAreaName(value).word === null)
    refuseCell(
      file,
      row,
      column,
      `«${value}» không bắt đầu bằng loại đơn vị (Tỉnh, Thành phố, Huyện, Xã, Phường…).`,
      `“${value}” does not begin with the kind of unit (Tỉnh, Thành phố, Huyện, Xã, Phường…).`,
    )
}

/** One commune to a code, and one name to the code of a province or district. */
function checkCodes(file: string, rows: readonly Row[]): void {
  const seen = new Map<string, { name: string; row: number }>()
  for (const { row, values } of rows) {
    const units = [
      ['ward_code', `x${values.code}`, `${values.name}#${row}`],
      ['district_code', `h${values.districtCode}`, values.district],
      ['province_code', `t${values.provinceCode}`, values.province],
    ] as const
    for (const [column, key, name] of units) {
      if (name === undefined) continue
      const earlier = seen.get(key)
      if (!earlier) seen.set(key, { name, row })
      else if (earlier.name !== name)
        refuseCell(
          file,
          row,
          column,
          `mã ${key.slice(1)} đã là của «${earlier.name.replace(/#\d+$/, '')}» ở dòng ${earlier.row}.`,
          `code ${key.slice(1)} belongs to “${earlier.name.replace(/#\d+$/, '')}” in row ${earlier.row}.`,
        )
    }
  }
}

function checkKnown(known: { file: string; rows: Row[] } | undefined, lists: CountryLists): void {
  const codes = {
    oldCode: new Set(lists.before.map((one) => one.code)),
    newCode: new Set(lists.since.map((one) => one.code)),
  }
  for (const { row, values } of known?.rows ?? [])
    for (const key of ['oldCode', 'newCode'] as const)
      if (!codes[key].has(values[key] ?? ''))
        refuseCell(
          known?.file ?? '',
          row,
          LIST_COLUMNS.known[key][0],
          `mã ${values[key]} không có trong danh mục.`,
          `code ${values[key]} stands in no list.`,
        )
}
