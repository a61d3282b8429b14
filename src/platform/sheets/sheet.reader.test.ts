import * as XLSX from '@e965/xlsx'
import fc from 'fast-check'
import iconv from 'iconv-lite'
import { describe, expect, it } from 'vitest'
import { openSheetFile, readSheet, writeMarkedCopy } from './index.ts'
import { day, memberColumns, xls, xlsx } from './sheets.fixtures.ts'

const read = (bytes: Uint8Array, worksheet?: string) =>
  readSheet(bytes, 'Danh sách.xlsx', memberColumns, worksheet === undefined ? {} : { worksheet })
const plain = [
  ['Họ và tên', 'Thôn', 'Chức vụ', 'Số điện thoại', 'Từ ngày'],
  ['Lò Thị Thuý Nga', 'Nà Lọng', 'Tổ trưởng', '0912345678', '30/8/2022'],
  ['Hoàng Đức Ưởng', 'Bản Lùng', 'thành viên', '0987 654 321', '2022-08-30'],
]
const expected = [
  {
    fullName: 'Lò Thị Thuý Nga',
    village: 'Nà Lọng',
    role: 'head',
    phone: '0912345678',
    joinedOn: '2022-08-30',
  },
  {
    fullName: 'Hoàng Đức Ưởng',
    village: 'Bản Lùng',
    role: 'member',
    phone: '0987654321',
    joinedOn: '2022-08-30',
  },
]
const csv = (separator: string) => plain.map((row) => row.join(separator)).join('\r\n')

describe('the same table in every kind of file', () => {
  /** How text in a .VnTime font is stored: the bytes of TCVN3 as if they were Western letters. */
  const tcvn3 = (text: string) => iconv.encode(text, 'tcvn').toString('latin1')
  /** Windows-1258 has letters with their hooks and horns, and tones as signs of their own behind them. */
  const windows1258 = (text: string) => {
    const apart = [...text].map((letter) => {
      const tone = letter.normalize('NFD').match(/[\u0300\u0301\u0303\u0309\u0323]/u)?.[0] ?? ''
      return letter.normalize('NFD').replace(tone, '').normalize('NFC') + tone
    })
    return iconv.encode(apart.join(''), 'windows-1258')
  }
  const rows = [
    ['.xlsx', () => xlsx(plain), 'xlsx', 'unicode'],
    ['.xls', () => xls(plain), 'xls', 'unicode'],
    ['.xls in a .VnTime font', () => xls(plain.map((row) => row.map(tcvn3))), 'xls', 'tcvn3'],
    ['.csv in UTF-8', () => Buffer.from(csv(',')), 'csv', 'utf-8'],
    ['.csv in UTF-8 with a mark', () => Buffer.from(`\ufeff${csv(';')}`), 'csv', 'utf-8'],
    ['.csv that states its separator', () => Buffer.from(`sep=;\r\n${csv(';')}`), 'csv', 'utf-8'],
    ['Unicode text of Excel', () => iconv.encode(csv('\t'), 'utf-16le', { addBOM: true }), 'csv', 'utf-16le'],
    ['.csv in UTF-16 without a mark', () => iconv.encode(csv(';'), 'utf-16le'), 'csv', 'utf-16le'],
    ['.csv in Windows-1258', () => windows1258(csv(';')), 'csv', 'windows-1258'],
    ['.csv in TCVN3', () => iconv.encode(csv(';'), 'tcvn'), 'csv', 'tcvn3'],
  ] as const
  it.each(rows)('%s', async (_kind, make, format, encoding) => {
    const table = await read(new Uint8Array(await make()))
    expect(table.errors).toEqual([])
    expect(table.rows.map((row) => row.values)).toEqual(expected)
    expect(table).toMatchObject({ format, encoding, headerRow: 1 })
  })
})

describe('a table as people keep it', () => {
  it('has titles above, columns in any order, capitals, decomposed letters and columns of its own', async () => {
    const table = await read(
      await xlsx(
        [
          ['UBND XÃ TÚ LỆ'],
          ['DANH SÁCH TỔ CÔNG NGHỆ SỐ CỘNG ĐỒNG'],
          [],
          [
            'STT',
            'THÔN, BẢN',
            'HỌ VÀ TÊN'.normalize('NFD'),
            'Dân tộc',
            'SĐT',
            'Ngày tham gia (ngày/tháng/năm)',
          ],
          ['(1)', '(2)', '(3)', '(4)', '(5)', '(6)'],
          [
            1,
            'Nước Nóng'.normalize('NFD'),
            'LÒ THỊ\u00a0NGA'.normalize('NFD'),
            'Thái',
            912345678,
            day('2022-08-30'),
          ],
        ],
        (sheet) => {
          sheet.mergeCells('A1:F1')
          sheet.mergeCells('A2:F2')
        },
      ),
    )
    expect(table.rows).toEqual([
      {
        row: 6,
        ok: true,
        values: { fullName: 'Lò Thị Nga', village: 'Nước Nóng', phone: '0912345678', joinedOn: '2022-08-30' },
      },
    ])
    expect(table).toMatchObject({
      headerRow: 4,
      ignored: ['STT', 'Dân tộc'],
      missing: ['Chức vụ trong tổ', 'Ghi chú'],
    })
    expect(table.skipped).toEqual([
      { row: 5, reason: 'column_numbers', text: '(1) · (2) · (3) · (4) · (5) · (6)' },
    ])
  })

  it('merges the village over its members', async () => {
    const rows = [
      ['Thôn', 'Họ tên'],
      ['Nà Lọng', 'Lò Thị Nga'],
      [null, 'Vàng A Lử'],
      [null, 'Hà Văn Ton'],
      ['Bản Lùng', 'Lý Thị Mỷ'],
    ]
    const table = await read(await xlsx(rows, (sheet) => sheet.mergeCells('A2:A4')))
    expect(table.rows.map((row) => row.values.village)).toEqual(['Nà Lọng', 'Nà Lọng', 'Nà Lọng', 'Bản Lùng'])
  })

  it('has a header of two rows', async () => {
    const rows = [
      ['Họ và tên', 'Địa bàn', 'Thông tin', null],
      [null, null, 'Số điện thoại', 'Từ ngày'],
      ['Lò Thị Nga', 'Nà Lọng', '0912345678', '30.8.2022'],
    ]
    const table = await read(
      await xlsx(rows, (sheet) => {
        sheet.mergeCells('A1:A2')
        sheet.mergeCells('B1:B2')
        sheet.mergeCells('C1:D1')
      }),
    )
    expect(table.headerRow).toBe(2)
    expect(table.rows[0]?.values).toMatchObject({ phone: '0912345678', joinedOn: '2022-08-30' })
  })

  it('has blank rows, sections, totals, headers on every page and signatures, which are passed over and told', async () => {
    const rows = [
      ['STT', 'Họ tên', 'Thôn', 'Ghi chú'],
      ['I', 'Khu trung tâm'],
      [1, 'Tống Công Minh', 'Nà Lọng'],
      [],
      ['STT', 'Họ tên', 'Thôn', 'Ghi chú'],
      [2, 'Lò Thị Nga', 'Nà Lọng'],
      [3],
      ['Tổng cộng', null, null, '2 người'],
      [null, null, null, 'Tú Lệ, ngày 30 tháng 8 năm 2022'],
      [null, 'NGƯỜI LẬP BIỂU'],
      [null, 'Hà Văn Ton'],
    ]
    const table = await read(await xlsx(rows))
    expect(table.rows.map((row) => [row.row, row.values.fullName])).toEqual([
      [3, 'Tống Công Minh'],
      [6, 'Lò Thị Nga'],
    ])
    expect(table.skipped.map(({ row, reason }) => [row, reason])).toEqual([
      [2, 'section_title'],
      [4, 'blank'],
      [5, 'repeated_header'],
      [7, 'blank'],
      [8, 'total'],
      [9, 'footer'],
      [10, 'footer'],
      [11, 'footer'],
    ])
    expect(table.errors).toEqual([])
  })

  it('lies on one of several worksheets', async () => {
    const file = await xlsx([['Tổng hợp'], ['Xã', 'Số tổ']], (_sheet, book) => {
      book.addWorksheet('Thành viên').addRows(plain)
      book.addWorksheet('Thành viên 2').addRows(plain.slice(0, 2))
    })
    const table = await read(file)
    expect(table.worksheet).toBe('Thành viên')
    expect(table.otherWorksheets).toEqual([
      { name: 'Sheet1', sameHeader: false },
      { name: 'Thành viên 2', sameHeader: true },
    ])
    expect((await read(file, 'Thành viên 2')).rows).toHaveLength(1)
    await expect(read(file, 'Không có')).rejects.toMatchObject({ code: 'worksheet_unknown' })
  })

  it('has formulas, of which the saved value is read', async () => {
    const file = await xlsx([
      ['Họ tên', 'Thôn'],
      [{ formula: 'A9', result: 'Lò Thị Nga' }, { error: '#REF!' }],
    ])
    expect((await read(file)).errors).toMatchObject([
      { row: 2, key: 'village', code: 'formula_error', typed: '#REF!' },
    ])
  })

  it('counts days from 1904', async () => {
    const file = await xlsx(
      [
        ['Họ tên', 'Thôn', 'Từ ngày'],
        ['Lò Thị Nga', 'Nà Lọng', day('2022-08-30')],
      ],
      (_sheet, book) => {
        book.properties.date1904 = true
      },
    )
    expect((await read(file)).rows[0]?.values.joinedOn).toBe('2022-08-30')
  })

  it('has a month that Excel made a day of', async () => {
    const file = await xlsx(
      [
        ['Họ tên', 'Thôn', 'Từ ngày'],
        ['Lò Thị Nga', 'Nà Lọng', day('2022-08-01')],
      ],
      (sheet) => {
        sheet.getCell('C2').numFmt = 'mmm-yy'
      },
    )
    expect((await read(file)).errors).toMatchObject([{ row: 2, code: 'day_month_only', typed: '08/2022' }])
  })
})

describe('merges that no program makes', () => {
  it('are left out where they overlap or run past the table', async () => {
    const file = XLSX.utils.aoa_to_sheet([
      ['Họ tên', 'Thôn'],
      ['Lò Thị Nga', 'Nà Lọng'],
      ['Vàng A Lử', ''],
    ])
    file['!merges'] = ['B2:B3', 'A2:B1048576', 'A1:XFD1', 'B3:B2000'].map((area) =>
      XLSX.utils.decode_range(area),
    )
    const book = XLSX.utils.book_new()
    XLSX.utils.book_append_sheet(book, file, 'Danh sách')
    const table = await read(XLSX.write(book, { bookType: 'xlsx', type: 'buffer' }))
    expect(table.rows.map((row) => row.values.village)).toEqual(['Nà Lọng', 'Nà Lọng'])
    expect(table.sheet.merges).toHaveLength(2)
    await expect(writeMarkedCopy(table)).resolves.toBeInstanceOf(Uint8Array)
  })
})

describe('a refused cell', () => {
  it('is told by row, column, what was typed and how to mend it', async () => {
    const file = await xlsx([
      ['Họ tên', 'Thôn', 'SĐT', 'Chức vụ'],
      ['Lò Thị Nga', '', '091234', 'Phó'],
    ])
    const table = await read(file)
    expect(table.rows[0]).toMatchObject({ row: 2, ok: false, values: { fullName: 'Lò Thị Nga' } })
    expect(table.errors.map(({ row, header, typed, code }) => [row, header, typed, code])).toEqual([
      [2, 'Thôn', '', 'required'],
      [2, 'Chức vụ', 'Phó', 'choice_unknown'],
      [2, 'SĐT', '091234', 'phone_wrong_digits'],
    ])
    expect(table.errors[1]?.message).toContain('Tổ trưởng; Tổ phó; Thành viên')
  })
})

describe('whatever bytes arrive', () => {
  it('are read or refused, never a fault', () => {
    const heads = fc.constantFrom(
      '',
      'PK\u0003\u0004',
      '\u00d0\u00cf\u0011\u00e0\u00a1\u00b1\u001a\u00e1',
      'Họ tên;Thôn\n',
      '\u00ff\u00fe',
    )
    fc.assert(
      fc.property(heads, fc.uint8Array({ maxLength: 2000 }), (head, tail) => {
        try {
          openSheetFile(new Uint8Array(Buffer.concat([Buffer.from(head, 'latin1'), tail])), 'x.xlsx')
        } catch (problem) {
          expect(problem).toMatchObject({ name: 'SheetRefusal' })
        }
      }),
    )
  })
})
