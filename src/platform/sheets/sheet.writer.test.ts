import ExcelJS from 'exceljs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  defineColumns,
  errorAt,
  MARK_HEADER,
  readSheet,
  toCsv,
  writeMarkedCopy,
  writeTable,
  writeTemplate,
} from './index.ts'
import { day, memberColumns, xls, xlsx } from './sheets.fixtures.ts'

async function open(bytes: Uint8Array): Promise<ExcelJS.Workbook> {
  const book = new ExcelJS.Workbook()
  await book.xlsx.load(bytes.buffer as ArrayBuffer)
  return book
}

describe('a template', () => {
  const lists = { village: ['Nà Lọng', 'Bản Lùng'] }
  const words = { title: 'Danh sách thành viên tổ', instructions: ['Ghi mỗi người một dòng.'], lists }

  it('can be filled in and imported', async () => {
    const book = await open(await writeTemplate(memberColumns, words))
    const sheet = book.getWorksheet('Danh sách')
    sheet?.getRow(4).eachCell(() => expect.unreachable('the first row below the header is empty'))
    const filled = ['Lò Thị Nga', 'Nà Lọng', 'Tổ trưởng', '0912345678', day('2022-08-30'), 'Trưởng thôn']
    filled.forEach((value, at) => {
      if (sheet) sheet.getCell(4, at + 1).value = value
    })
    const table = await readSheet(new Uint8Array(await book.xlsx.writeBuffer()), 'mau.xlsx', memberColumns)
    expect(table.errors).toEqual([])
    expect(table).toMatchObject({ worksheet: 'Danh sách', headerRow: 3, missing: [], ignored: [] })
    expect(table.rows[0]?.values).toMatchObject({ role: 'head', phone: '0912345678', joinedOn: '2022-08-30' })
  })

  it('offers lists, keeps phones as text and explains every column', async () => {
    const book = await open(await writeTemplate(memberColumns, words))
    expect(book.worksheets.map((sheet) => sheet.name)).toEqual(['Danh sách', 'Hướng dẫn', 'Danh mục'])
    const sheet = book.getWorksheet('Danh sách')
    expect(sheet?.getCell('C4').dataValidation).toMatchObject({
      type: 'list',
      formulae: ["'Danh mục'!$B$2:$B$4"],
    })
    expect(sheet?.getCell('D4').numFmt).toBe('@')
    expect(sheet?.getCell('A3').value).toBe('Họ và tên *')
    const guide = book.getWorksheet('Hướng dẫn')?.getSheetValues().flat()
    for (const column of memberColumns) expect(guide).toContain(column.header)
  })

  it('that is not filled in is refused', async () => {
    const file = await writeTemplate(memberColumns, words)
    await expect(readSheet(file, 'mau.xlsx', memberColumns)).rejects.toMatchObject({ code: 'no_rows' })
  })
})

describe('a marked copy', () => {
  const rows = [
    ['DANH SÁCH THÀNH VIÊN'],
    ['Thôn', 'Họ tên', 'Dân tộc', 'SĐT', 'Từ ngày'],
    ['Nà Lọng', 'Lò Thị Nga', 'Thái', 912345678, day('2022-08-30')],
    [null, 'Vàng A Lử', 'Mông', '091234', '8/30/2022'],
    ['Bản Lạ', 'Hà Văn Ton', 'Tày', '0987654321', '30/8/2022'],
  ]
  const marked = async () => {
    const original = await xlsx(rows, (sheet) => {
      sheet.mergeCells('A1:E1')
      sheet.mergeCells('A3:A4')
    })
    const table = await readSheet(original, 'ds.xlsx', memberColumns)
    const unknown = { code: 'village_unknown', message: 'Không có thôn này.', messageEn: 'No such village.' }
    const copy = await writeMarkedCopy(table, [...table.errors, errorAt(table, 5, 'village', unknown)])
    return { table, copy, book: await open(copy) }
  }

  it('keeps every row in place with the columns of its owner', async () => {
    const { book } = await marked()
    const sheet = book.worksheets[0]
    expect(sheet?.getCell('A1').value).toBe('DANH SÁCH THÀNH VIÊN')
    expect([sheet?.getCell('C3').value, sheet?.getCell('C4').value, sheet?.getCell('C5').value]).toEqual([
      'Thái',
      'Mông',
      'Tày',
    ])
    expect(sheet?.getCell('A4').master.address).toBe('A3')
    expect(sheet?.getCell('E3').value).toEqual(day('2022-08-30'))
  })

  it('tints refused cells, says in a note how to mend them, and gathers it all in the last column', async () => {
    const { book } = await marked()
    const sheet = book.worksheets[0]
    expect(sheet?.getCell('F2').value).toBe(MARK_HEADER)
    expect(sheet?.getCell('D4').note).toEqual(expect.stringContaining('10 chữ số'))
    expect(sheet?.getCell('D4').fill).toMatchObject({ pattern: 'solid' })
    expect(sheet?.getCell('D3').note).toBeUndefined()
    expect(sheet?.getCell('F4').text).toContain('SĐT: ')
    expect(sheet?.getCell('F4').text).toContain('Từ ngày: ')
    expect(sheet?.getCell('F5').value).toBe('Thôn: Không có thôn này.')
    expect(sheet?.views[0]).toMatchObject({ state: 'frozen', ySplit: 2 })
  })

  it('reads like the file it was made from, and cleanly once mended', async () => {
    const { table, copy, book } = await marked()
    const again = await readSheet(copy, 'ds.xlsx', memberColumns)
    expect(again.rows).toEqual(table.rows)
    expect(again.ignored).toEqual(table.ignored)
    const sheet = book.worksheets[0]
    if (sheet) sheet.getCell('D4').value = '0912345679'
    if (sheet) sheet.getCell('E4').value = '30/8/2022'
    const mended = await readSheet(new Uint8Array(await book.xlsx.writeBuffer()), 'ds.xlsx', memberColumns)
    expect(mended.errors).toEqual([])
    expect(mended.rows.map((row) => row.values.village)).toEqual(['Nà Lọng', 'Nà Lọng', 'Bản Lạ'])
  })

  it('of a marked copy has one column «Cần sửa», not two', async () => {
    const { copy } = await marked()
    const second = await open(await writeMarkedCopy(await readSheet(copy, 'ds.xlsx', memberColumns)))
    expect(second.worksheets[0]?.getRow(2).values).toEqual([undefined, ...(rows[1] ?? []), MARK_HEADER])
    expect(second.worksheets[0]?.getCell('F5').value).toBeNull()
  })

  it('is made of old workbooks too', async () => {
    const table = await readSheet(
      xls([
        ['Họ tên', 'Thôn', 'SĐT'],
        ['Lò Thị Nga', 'Nà Lọng', 12],
      ]),
      'ds.xls',
      memberColumns,
    )
    const sheet = (await open(await writeMarkedCopy(table))).worksheets[0]
    expect(sheet?.getCell('C2').value).toBe(12)
    expect(sheet?.getCell('D2').text).toContain('SĐT: ')
  })
})

describe('an export', () => {
  const columns = defineColumns([
    { key: 'name', header: 'Nội dung', kind: 'text' },
    { key: 'phone', header: 'Số điện thoại', kind: 'phone' },
    { key: 'on', header: 'Ngày', kind: 'day' },
    { key: 'amount', header: 'Số lượng', kind: 'number' },
    {
      key: 'state',
      header: 'Trạng thái',
      kind: 'choice',
      choices: [
        { value: 'met', label: 'Đạt' },
        { value: 'late', label: 'Chậm' },
      ],
    },
  ])
  const tidied = (text: string) =>
    text
      .split('\n')
      .map((line) => line.replace(/[\s\u00a0]+/g, ' ').trim())
      .join('\n')
      .trim()
  const content = fc
    .oneof(
      fc.string({ unit: 'grapheme', maxLength: 30 }),
      fc.constantFrom('=1+1', '+84', '-x', '@a', "'=x", '_x0041_', 'a;b,"c"', 'Bản\nLùng'),
    )
    .map((text) =>
      tidied(text.normalize('NFC').replace(/[\p{C}\p{Z}]/gu, (sign) => (sign === '\n' ? sign : ' '))),
    )
    .filter((text) => /\p{L}/u.test(text) && !/^(?:tổng|cộng|total|sum|ghi|ki|ký)/iu.test(text))
  const row = fc.record({
    name: content,
    phone: fc.constantFrom('0912345678', '0381234567', '02163851234', undefined),
    on: fc.option(
      fc
        .date({ min: day('1900-01-01'), max: day('2100-12-31'), noInvalidDate: true })
        .map((at) => at.toISOString().slice(0, 10)),
      { nil: undefined },
    ),
    amount: fc.option(
      fc.oneof(
        fc.integer(),
        fc.integer({ min: -99999, max: 99999 }).map((n) => n / 100),
      ),
      { nil: undefined },
    ),
    state: fc.constantFrom('met', 'late', undefined),
  })
  const filled = (rows: readonly object[]) =>
    rows.map((values) =>
      Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)),
    )

  it('written as .xlsx is read back equal', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(row, { minLength: 1, maxLength: 12 }), async (rows) => {
        const table = await readSheet(
          await writeTable({ columns, rows, title: ['Báo cáo'] }),
          'x.xlsx',
          columns,
        )
        expect(table.rows.map((read) => read.values)).toEqual(filled(rows))
      }),
      { numRuns: 40 },
    )
  })

  it('written as .csv is read back equal', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(row, { minLength: 1, maxLength: 12 }),
        fc.constantFrom(';', ',', '\t'),
        async (rows, separator) => {
          const table = await readSheet(Buffer.from(toCsv({ columns, rows }, separator)), 'x.csv', columns)
          expect(table.rows.map((read) => read.values)).toEqual(filled(rows))
        },
      ),
      { numRuns: 100 },
    )
  })

  it('holds no formula, whatever its texts begin with', async () => {
    const rows = ['=HYPERLINK("http://x")', '+1', '-1', '@SUM(A1)', '\t=1'].map((name) => ({ name }))
    const lines = toCsv({ columns, rows }).slice(1).split('\r\n').slice(1, -1)
    for (const line of lines) expect(line).toMatch(/^"?'/)
    const sheet = (await open(await writeTable({ columns, rows }))).worksheets[0]
    for (const at of rows.keys()) expect(sheet?.getCell(at + 2, 1).type).toBe(ExcelJS.ValueType.String)
  })
})
