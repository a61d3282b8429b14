import { CFB } from '@e965/xlsx'
import { describe, expect, it } from 'vitest'
import { readSheet, SHEET_LIMITS } from './index.ts'
import { memberColumns, xlsx } from './sheets.fixtures.ts'

const bytes = (text: string) => new Uint8Array(Buffer.from(text, 'latin1'))
/** A zip file of one part. */
function packed(name: string, part: Buffer): Uint8Array {
  const container = CFB.utils.cfb_new()
  CFB.utils.cfb_add(container, name, part)
  return Buffer.from(
    CFB.write(container, { type: 'buffer', fileType: 'zip', compression: true }) as Uint8Array,
  )
}

const read = (content: Uint8Array) => readSheet(content, 'danh-sach.xlsx', memberColumns)

describe('a file that cannot be taken is refused in words', () => {
  const rows = [
    ['nothing', new Uint8Array(), 'empty'],
    ['a PDF called .xlsx', bytes('%PDF-1.7\n…'), 'not_a_sheet'],
    ['a picture', new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0, 0, 0, 0]), 'not_a_sheet'],
    ['a web page called .xls', bytes('<html><table><tr><td>Họ tên'), 'save_as_xlsx'],
    ['half a workbook', bytes('PK\u0003\u0004 and no more'), 'damaged'],
    ['half an old workbook', bytes('\u00d0\u00cf\u0011\u00e0 and no more'), 'damaged'],
    ['more than 10 MB', new Uint8Array(SHEET_LIMITS.bytes + 1), 'too_large'],
    ['a table of something else', bytes('a;b;c\n1;2;3\n'), 'header_not_found'],
    [
      'a table without a required column',
      Buffer.from('Họ và tên;Ghi chú\nLò Thị Nga;x\n'),
      'columns_missing',
    ],
    ['a header and nothing below', Buffer.from('Họ và tên;Thôn\n\n'), 'no_rows'],
  ] as const
  it.each(rows)('%s', async (_what, content, code) => {
    await expect(read(content)).rejects.toMatchObject({ name: 'SheetRefusal', code })
  })

  it('says which required columns are missing', async () => {
    await expect(read(Buffer.from('Họ và tên;Ghi chú\nLò Thị Nga;x\n'))).rejects.toThrow('«Thôn, bản»')
  })

  it('a workbook locked with a password', async () => {
    const container = CFB.utils.cfb_new()
    CFB.utils.cfb_add(container, '/EncryptionInfo', Buffer.alloc(64))
    CFB.utils.cfb_add(container, '/EncryptedPackage', Buffer.alloc(5000))
    const locked = new Uint8Array(Buffer.from(CFB.write(container, { type: 'buffer' }) as Uint8Array))
    await expect(read(locked)).rejects.toMatchObject({ code: 'password' })
  })

  it('a Word document called .xlsx', async () => {
    await expect(read(packed('/word/document.xml', Buffer.from('<w:document/>')))).rejects.toMatchObject({
      code: 'not_a_sheet',
    })
  })

  it('a small file that unpacks to hundreds of megabytes', async () => {
    const bomb = packed('/xl/workbook.xml', Buffer.alloc(SHEET_LIMITS.unpackedBytes + 1, 0x20))
    expect(bomb.length).toBeLessThan(1_000_000)
    await expect(read(bomb)).rejects.toMatchObject({ code: 'unpacks_too_large' })
  })

  it('a row too many', async () => {
    const lines = Array.from({ length: SHEET_LIMITS.rows + 1 }, (_, at) => `Lò Văn A;Thôn ${at}`)
    await expect(read(Buffer.from(['Họ và tên;Thôn', ...lines].join('\n')))).rejects.toMatchObject({
      code: 'too_many_rows',
    })
  })

  it('a table of hundreds of columns', async () => {
    const wide = [
      'Họ và tên',
      'Thôn',
      ...Array.from({ length: SHEET_LIMITS.columns }, (_, at) => `Cột ${at}`),
    ]
    await expect(read(await xlsx([wide]))).rejects.toMatchObject({ code: 'too_many_columns' })
  })
})

describe('a worksheet formatted down to its last row', () => {
  it('is read like any other', async () => {
    const file = await xlsx(
      [
        ['Họ và tên', 'Thôn'],
        ['Lò Thị Nga', 'Nà Lọng'],
      ],
      (sheet) => {
        sheet.getCell('XFD1048576').numFmt = '@'
      },
    )
    expect((await read(file)).rows).toHaveLength(1)
  })
})
