import sharp from 'sharp'
import { describe, expect, it } from 'vitest'
import { Refusal } from '../http/refusal.ts'
import { checkContent } from './file-content.ts'
import type { FileKind } from './file-kinds.ts'
import { cleanFileName, namedAs } from './file-name.ts'
import { compound, docx, packed, pdf, photo, xlsx } from './file-samples.fixtures.ts'
import { drawThumbnail, redrawPicture } from './picture.ts'

const all: FileKind[] = ['image', 'pdf', 'sheet', 'document']
const text = (content: string) => Buffer.from(content)

async function refusalOf(bytes: Uint8Array, name: string, kinds: FileKind[] = all): Promise<Refusal> {
  const caught = await checkContent(bytes, name, kinds).catch((error: unknown) => error)
  if (caught instanceof Refusal) return caught
  throw new Error(`${name} was taken as ${String(caught)}`)
}

describe('what a file is, is told by its content', () => {
  const rows: [string, string, () => Buffer | Promise<Buffer>, string][] = [
    ['a photograph', 'anh.jpg', () => photo('jpeg', 40, 20), 'jpeg'],
    ['a screenshot', 'man-hinh.PNG', () => photo('png', 40, 20), 'png'],
    ['a WebP picture', 'anh.webp', () => photo('webp', 40, 20), 'webp'],
    ['a decision as PDF', 'QĐ 1021.pdf', () => pdf(), 'pdf'],
    ['a workbook', 'danh sách.xlsx', xlsx, 'xlsx'],
    ['a workbook of the time before 2007', 'danh sách.xls', () => compound('/Workbook'), 'xls'],
    ['a document', 'báo cáo.docx', docx, 'docx'],
    ['a table as text', 'ds.csv', () => text('Thôn;Họ và tên\nTrung Tâm;Lò Thị Mai\n'), 'csv'],
    ['a table as text in UTF-16', 'ds.csv', () => Buffer.from('\ufeffThôn\tHọ và tên\n', 'utf16le'), 'csv'],
    [
      'a table in an old encoding',
      'ds.txt',
      () => Buffer.from([0x54, 0x68, 0xab, 0x6e, 0x3b, 0x48, 0xe4, 0x0a]),
      'csv',
    ],
    ['a name without an ending', 'Quyết định số 12', () => pdf(), 'pdf'],
    ['a name whose last point makes no ending', 'Quyết định 12.QĐ-UBND', () => pdf(), 'pdf'],
  ]
  it.each(rows)('%s (%s)', async (_, name, bytes, format) => {
    expect(await checkContent(await bytes(), name, all)).toBe(format)
  })
})

describe('refused, whatever its name says', () => {
  const svg = '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
  const rows: [string, string, () => Buffer | Promise<Buffer>, string][] = [
    ['an empty file', 'anh.jpg', () => text(''), 'files.empty'],
    [
      'a page called a picture',
      'anh.jpg',
      () => text('<!doctype html><script>alert(1)</script>'),
      'files.wrong_kind',
    ],
    ['a drawing that can run', 'logo.svg', () => text(svg), 'files.wrong_kind'],
    ['a drawing with an XML head', 'logo.png', () => text(`<?xml version="1.0"?>${svg}`), 'files.wrong_kind'],
    ['a page called a table', 'ds.csv', () => text('\ufeff  <html><body>'), 'files.wrong_kind'],
    [
      'a page hidden in a table',
      'ds.csv',
      () => text('a;b\n<script>alert(1)</script>;2\n'),
      'files.wrong_kind',
    ],
    ['a program', 'anh.png', () => Buffer.concat([text('MZ'), Buffer.alloc(200)]), 'files.wrong_kind'],
    [
      'a program of Linux',
      'ds.csv',
      () => Buffer.concat([text('\x7fELF\x02\x01\x01'), Buffer.alloc(200)]),
      'files.wrong_kind',
    ],
    ['a script', 'ds.csv', () => text('#!/bin/sh\nrm -rf /\n'), 'files.wrong_kind'],
    ['an archive called a workbook', 'ds.xlsx', () => packed('thu.txt'), 'files.wrong_kind'],
    [
      'a workbook with macros',
      'ds.xlsx',
      () => packed('[Content_Types].xml', 'xl/workbook.xml', 'xl/vbaProject.bin'),
      'files.macros',
    ],
    [
      'an old workbook with macros',
      'ds.xls',
      () => compound('/Workbook', '/_VBA_PROJECT_CUR/VBA/dir'),
      'files.macros',
    ],
    [
      'a document under a password',
      'ds.xlsx',
      () => compound('/EncryptedPackage', '/EncryptionInfo'),
      'files.password',
    ],
    ['half a workbook', 'ds.xlsx', () => xlsx().subarray(0, 60), 'files.damaged'],
    ['a PDF called a picture', 'anh.jpg', () => pdf(), 'files.name_lies'],
    ['a picture called a PDF', 'qd.pdf', () => photo('png', 40, 20), 'files.name_lies'],
    ['a PDF called a program', 'qd.pdf.exe', () => pdf(), 'files.name_lies'],
    ['a PDF called a page', 'qd.html', () => pdf(), 'files.name_lies'],
    [
      'a picture of an iPhone',
      'anh.heic',
      () => Buffer.concat([Buffer.from([0, 0, 0, 24]), text('ftypheic'), Buffer.alloc(40)]),
      'files.heic',
    ],
  ]
  it.each(rows)('%s (%s)', async (_, name, bytes, code) => {
    const refusal = await refusalOf(await bytes(), name)
    expect(refusal.code).toBe(code)
    expect(refusal.fields).toMatchObject([
      { path: 'file', message: { vi: expect.stringMatching(/\p{L}{2}/u) } },
    ])
  })

  it('what the caller did not ask for, naming what it is and what is taken', async () => {
    const refusal = await refusalOf(pdf(), 'qd.pdf', ['image'])
    expect(refusal.words.vi).toBe(
      'Chỉ nhận ảnh (JPEG, PNG, WebP); nội dung tệp này là tệp PDF. Hãy chọn tệp khác.',
    )
  })

  it('what is larger than its kind may be, though another kind may be larger', async () => {
    const large = Buffer.concat([await photo('jpeg', 40, 20), Buffer.alloc(10_000_001)])
    const refusal = await refusalOf(large, 'anh.jpg')
    expect([refusal.code, refusal.words.vi]).toEqual([
      'files.too_large',
      'Tệp lớn hơn 10 MB. Hãy giảm dung lượng hoặc chia nhỏ rồi gửi lại.',
    ])
  })
})

describe('a picture is drawn anew', () => {
  it('upright, at most 2048 points long, without place or camera', async () => {
    const drawn = await sharp(await redrawPicture(await photo(), 'jpeg')).metadata()
    expect([drawn.format, drawn.width, drawn.height]).toEqual(['jpeg', 1024, 2048])
    expect([drawn.exif, drawn.xmp, drawn.orientation]).toEqual([undefined, undefined, undefined])
  })

  it('the same picture gives the same bytes', async () => {
    const given = await photo('png', 400, 300)
    expect(Buffer.compare(await redrawPicture(given, 'png'), await redrawPicture(given, 'png'))).toBe(0)
  })

  it('what is hidden behind the picture is gone', async () => {
    const given = Buffer.concat([await photo('jpeg', 40, 20), text('<script>alert(1)</script>')])
    expect(Buffer.from(await redrawPicture(given, 'jpeg')).includes('script')).toBe(false)
  })

  it('small in a thumbnail', async () => {
    const drawn = await sharp(await drawThumbnail(await photo('png', 640, 480))).metadata()
    expect([drawn.format, drawn.width, drawn.height]).toEqual(['webp', 240, 320])
  })

  it('one that unfolds into too many points is refused before it does', async () => {
    const huge = await sharp({ create: { width: 12_000, height: 12_000, channels: 3, background: '#fff' } })
      .png()
      .toBuffer()
    expect(huge.length).toBeLessThan(1_000_000)
    await expect(redrawPicture(huge, 'png')).rejects.toMatchObject({ code: 'files.picture_unreadable' })
  })

  it('one that is broken off is refused', async () => {
    const whole = await photo('jpeg', 400, 300)
    await expect(redrawPicture(whole.subarray(0, 700), 'jpeg')).rejects.toMatchObject({
      code: 'files.picture_unreadable',
    })
  })
})

describe('the name of a file', () => {
  const rows = [
    ['../../etc/passwd', 'passwd'],
    ['C:\\Users\\Lan\\Quyết định.pdf', 'Quyết định.pdf'],
    ['..', 'tep'],
    ['', 'tep'],
    ['.htaccess', 'htaccess'],
    ['a\0b\r\nSet-Cookie: x.pdf', 'abSet-Cookie_ x.pdf'],
    ['gpj\u202efdp.pdf', 'gpjfdp.pdf'],
    ['Quye\u0302\u0301t đi\u0323nh.pdf', 'Quyết định.pdf'],
    ['  ds   tổ  .xlsx ', 'ds tổ .xlsx'],
    ['con<script>.pdf', 'con_script_.pdf'],
  ] as const
  it.each(rows)('%j is kept as %j', (given, kept) => {
    expect(cleanFileName(given)).toBe(kept)
  })

  it('a very long one is cut, and keeps its ending', () => {
    const kept = cleanFileName(`${'ế'.repeat(400)}.pdf`)
    expect([...kept].length).toBe(150)
    expect(kept.endsWith('ế.pdf')).toBe(true)
  })

  it('gets the ending of its content where it has none', () => {
    expect([namedAs('Quyết định 12.QĐ', 'pdf'), namedAs('anh.JPEG', 'jpeg')]).toEqual([
      'Quyết định 12.QĐ.pdf',
      'anh.JPEG',
    ])
  })
})
