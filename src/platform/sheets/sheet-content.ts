import { inflateRawSync } from 'node:zlib'
import { SheetRefusal } from './sheet.refusal.ts'
import type { SheetFormat } from './sheet.types.ts'
import { SHEET_LIMITS } from './sheet-limits.ts'
import { xlsx } from './xlsx.ts'

const startsWith = (bytes: Uint8Array, ...head: number[]) => head.every((byte, at) => bytes[at] === byte)

/**
 * Says what the bytes are, whatever the file is called, after checking size and, for packed files, unpacked size.
 * Refuses in words what is no spreadsheet, what is protected by a password and what would not fit in memory.
 */
export function detectFormat(bytes: Uint8Array): SheetFormat {
  if (bytes.length === 0) throw new SheetRefusal('empty')
  if (bytes.length > SHEET_LIMITS.bytes) throw new SheetRefusal('too_large')
  if (startsWith(bytes, 0x50, 0x4b, 0x03, 0x04)) return detectPacked(bytes)
  if (startsWith(bytes, 0xd0, 0xcf, 0x11, 0xe0)) return detectCompound(bytes)
  if (startsWith(bytes, 0x50, 0x4b)) throw new SheetRefusal('damaged')
  detectPlain(bytes)
  return 'csv'
}

function detectPlain(bytes: Uint8Array): void {
  if (startsWith(bytes, 0xff, 0xfe) || startsWith(bytes, 0xfe, 0xff)) return
  const head = Buffer.from(bytes.subarray(0, 1024))
    .toString('latin1')
    .replace(/^\u00ef\u00bb\u00bf/, '')
    .trimStart()
  if (head.startsWith('%PDF')) throw new SheetRefusal('not_a_sheet', { vi: 'tệp PDF', en: 'a PDF file' })
  if (head.startsWith('{\\rtf'))
    throw new SheetRefusal('not_a_sheet', { vi: 'tệp văn bản RTF', en: 'an RTF document' })
  if (head.startsWith('\u0089PNG') || head.startsWith('\u00ff\u00d8\u00ff') || head.startsWith('GIF8')) {
    throw new SheetRefusal('not_a_sheet', { vi: 'hình ảnh', en: 'a picture' })
  }
  if (/^<(?:!doctype|html|table|meta|\?xml|head)/i.test(head))
    throw new SheetRefusal('save_as_xlsx', 'HTML/XML')
  // Text in UTF-16 without a mark has a zero in every second byte; anything else with zeros is a program's own format.
  const zeros = [0, 0]
  for (const [at, byte] of bytes.subarray(0, 4096).entries())
    if (byte === 0) zeros[at % 2] = (zeros[at % 2] ?? 0) + 1
  const [even = 0, odd = 0] = zeros
  if (even > 0 && odd > 0)
    throw new SheetRefusal('not_a_sheet', { vi: 'tệp dạng khác', en: 'another kind of file' })
}

function detectCompound(bytes: Uint8Array): SheetFormat {
  let has: (name: string) => boolean
  try {
    const { CFB } = xlsx()
    const container = CFB.read(Buffer.from(bytes), { type: 'buffer' })
    has = (name) => CFB.find(container, name) !== null
  } catch {
    throw new SheetRefusal('damaged')
  }
  if (has('EncryptedPackage')) throw new SheetRefusal('password')
  if (has('Workbook') || has('Book')) return 'xls'
  if (has('WordDocument'))
    throw new SheetRefusal('not_a_sheet', { vi: 'văn bản Word', en: 'a Word document' })
  throw new SheetRefusal('not_a_sheet', { vi: 'tệp dạng khác', en: 'another kind of file' })
}

function detectPacked(bytes: Uint8Array): SheetFormat {
  const names = unpackedNames(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength))
  if (names.has('xl/workbook.xml')) return 'xlsx'
  if (names.has('xl/workbook.bin')) throw new SheetRefusal('save_as_xlsx', '.xlsb')
  if (names.has('word/document.xml'))
    throw new SheetRefusal('not_a_sheet', { vi: 'văn bản Word', en: 'a Word document' })
  if (names.has('content.xml')) throw new SheetRefusal('save_as_xlsx', 'OpenDocument')
  throw new SheetRefusal('not_a_sheet', { vi: 'tệp nén', en: 'an archive' })
}

/**
 * The names of the parts of a zip file, each unpacked once against one budget for all: the sizes that a file states
 * about itself can lie, so what counts is what comes out.
 */
function unpackedNames(file: Buffer): Set<string> {
  const end = file.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]))
  if (end < 0 || end + 22 > file.length) throw new SheetRefusal('damaged')
  const count = file.readUInt16LE(end + 10)
  if (count > SHEET_LIMITS.packedParts) throw new SheetRefusal('unpacks_too_large')
  const names = new Set<string>()
  let left: number = SHEET_LIMITS.unpackedBytes
  let at = file.readUInt32LE(end + 16)
  for (let part = 0; part < count; part += 1) {
    if (at + 46 > file.length || file.readUInt32LE(at) !== 0x02014b50) throw new SheetRefusal('damaged')
    const nameLength = file.readUInt16LE(at + 28)
    names.add(
      file
        .toString('utf8', at + 46, at + 46 + nameLength)
        .replaceAll('\\', '/')
        .toLowerCase(),
    )
    left -= unpackedSize(file, at, left)
    if (left < 0) throw new SheetRefusal('unpacks_too_large')
    at += 46 + nameLength + file.readUInt16LE(at + 30) + file.readUInt16LE(at + 32)
  }
  return names
}

function unpackedSize(file: Buffer, entry: number, budget: number): number {
  const method = file.readUInt16LE(entry + 10)
  const packed = file.readUInt32LE(entry + 20)
  const local = file.readUInt32LE(entry + 42)
  if (file.readUInt16LE(entry + 8) & 1) throw new SheetRefusal('password')
  if (local + 30 > file.length) throw new SheetRefusal('damaged')
  const start = local + 30 + file.readUInt16LE(local + 26) + file.readUInt16LE(local + 28)
  if (method === 0) return packed
  if (method !== 8 || start + packed > file.length) throw new SheetRefusal('damaged')
  try {
    return inflateRawSync(file.subarray(start, start + packed), { maxOutputLength: Math.max(1, budget) })
      .length
  } catch (problem) {
    const tooLarge = problem instanceof Error && 'code' in problem && problem.code === 'ERR_BUFFER_TOO_LARGE'
    throw new SheetRefusal(tooLarge ? 'unpacks_too_large' : 'damaged')
  }
}
