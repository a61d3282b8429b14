import { createRequire } from 'node:module'
import { fileTypeFromBuffer } from 'file-type'
import { refuse } from '../http/refusal.ts'
import type { Words } from '../part.ts'
import { type FileFormat, type FileKind, fileFormats, fileKinds } from './file-kinds.ts'
import { endingOf } from './file-name.ts'

const require = createRequire(import.meta.url)

/**
 * Says what the bytes are, whatever the file is called. Refuses, naming the field `file`, what is of none of `kinds`, too
 * large for its kind, empty, under a password, carries macros, or is called something that it is not.
 */
export async function checkContent(
  bytes: Uint8Array,
  name: string,
  kinds: readonly FileKind[],
): Promise<FileFormat> {
  if (bytes.length === 0)
    refuseFile('files.empty', {
      vi: 'Tệp rỗng. Hãy chọn lại tệp.',
      en: 'The file is empty. Choose it again.',
    })
  const largest = Math.max(...kinds.map((kind) => fileKinds[kind].maxBytes))
  if (bytes.length > largest) refuseTooLarge(largest)
  const format = await formatOf(bytes, kinds)
  const fitting = kinds.filter((kind) => fileKinds[kind].formats.includes(format))
  if (fitting.length === 0) refuseKind({ vi: fileFormats[format].vi, en: fileFormats[format].en }, kinds)
  const limit = Math.max(...fitting.map((kind) => fileKinds[kind].maxBytes))
  if (bytes.length > limit) refuseTooLarge(limit)
  checkEnding(name, format)
  return format
}

async function formatOf(bytes: Uint8Array, kinds: readonly FileKind[]): Promise<FileFormat> {
  if (startsWith(bytes, 0x50, 0x4b, 0x03, 0x04)) return packedFormat(bytes, kinds)
  if (startsWith(bytes, 0xd0, 0xcf, 0x11, 0xe0)) return compoundFormat(bytes, kinds)
  // The mark of UTF-16 is also how some music begins; text is asked first.
  if (isWide(bytes) && looksLikeTable(bytes)) return 'csv'
  const found = await fileTypeFromBuffer(bytes)
  switch (found?.mime) {
    case 'image/jpeg':
      return 'jpeg'
    case 'image/png':
    case 'image/apng':
      return 'png'
    case 'image/webp':
      return 'webp'
    case 'application/pdf':
      return 'pdf'
    case 'image/heic':
    case 'image/heif':
      return refuseFile('files.heic', {
        vi: 'Ảnh HEIC của iPhone chưa đọc được. Vào Cài đặt › Camera › Định dạng, chọn «Tương thích nhất» rồi chụp lại, hoặc gửi ảnh dạng JPEG.',
        en: 'HEIC pictures cannot be read. Choose “Most Compatible” in the camera settings, or send a JPEG.',
      })
    case undefined:
      return looksLikeTable(bytes) ? 'csv' : refuseKind(null, kinds)
    default:
      return refuseKind({ vi: `tệp .${found?.ext}`, en: `a .${found?.ext} file` }, kinds)
  }
}

function packedFormat(bytes: Uint8Array, kinds: readonly FileKind[]): FileFormat {
  const names = partNames(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength))
  if (names === null) return refuseDamaged()
  const format = names.has('xl/workbook.xml') ? 'xlsx' : names.has('word/document.xml') ? 'docx' : null
  if (format === null || !names.has('[content_types].xml')) {
    return refuseKind({ vi: 'tệp nén hoặc tệp dạng khác', en: 'an archive or another kind of file' }, kinds)
  }
  if ([...names].some((name) => name.endsWith('vbaproject.bin'))) return refuseMacros()
  return format
}

function compoundFormat(bytes: Uint8Array, kinds: readonly FileKind[]): FileFormat {
  let has: (name: string) => boolean
  let names: readonly string[]
  try {
    // Loaded with the first such file: the library takes thirty megabytes.
    const { CFB } = require('@e965/xlsx') as typeof import('@e965/xlsx')
    const container = CFB.read(Buffer.from(bytes), { type: 'buffer' })
    has = (name) => CFB.find(container, name) !== null
    names = container.FullPaths
  } catch {
    return refuseDamaged()
  }
  if (has('EncryptedPackage')) {
    return refuseFile('files.password', {
      vi: 'Tệp có đặt mật khẩu nên không kiểm tra được. Hãy bỏ mật khẩu rồi gửi lại.',
      en: 'The file is protected by a password. Remove it and send the file again.',
    })
  }
  if (names.some((name) => /_VBA_PROJECT/i.test(name))) return refuseMacros()
  if (has('Workbook') || has('Book')) return 'xls'
  if (has('WordDocument'))
    return refuseKind({ vi: 'văn bản Word 97-2003 (.doc)', en: 'a Word 97-2003 document (.doc)' }, kinds)
  return refuseKind(null, kinds)
}

/** Names of the parts in a zip file, from its directory alone: nothing is unpacked, so nothing can swell. */
function partNames(file: Buffer): Set<string> | null {
  const end = file.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]))
  if (end < 0 || end + 22 > file.length) return null
  const count = file.readUInt16LE(end + 10)
  const names = new Set<string>()
  let at = file.readUInt32LE(end + 16)
  for (let part = 0; part < count; part += 1) {
    if (at + 46 > file.length || file.readUInt32LE(at) !== 0x02014b50) return null
    const length = file.readUInt16LE(at + 28)
    names.add(
      file
        .toString('utf8', at + 46, at + 46 + length)
        .replaceAll('\\', '/')
        .toLowerCase(),
    )
    at += 46 + length + file.readUInt16LE(at + 30) + file.readUInt16LE(at + 32)
  }
  return names
}

/** Text in UTF-8, UTF-16 or an old single-byte encoding that is neither markup nor a program's own format. */
function looksLikeTable(bytes: Uint8Array): boolean {
  const head = Buffer.from(bytes.subarray(0, 4096))
  const wide = isWide(bytes)
  if (!wide && Buffer.from(bytes).some((byte) => byte < 9 || (byte > 13 && byte < 32))) return false
  const text = wide ? head.toString('latin1').replaceAll('\0', '') : head.toString('latin1')
  const start = text.replace(/^(?:\u00ef\u00bb\u00bf|\u00ff\u00fe|\u00fe\u00ff)/, '').trimStart()
  return !/^(?:<|\{\\rtf|#!|%!|%PDF)/i.test(start) && !/<(?:script|html|svg|iframe)\b/i.test(text)
}

function isWide(bytes: Uint8Array): boolean {
  return startsWith(bytes, 0xff, 0xfe) || startsWith(bytes, 0xfe, 0xff)
}

function checkEnding(name: string, format: FileFormat): void {
  const ending = endingOf(name)
  const { endings, vi, en } = fileFormats[format]
  if (endings.includes(ending)) return
  // A point in «Quyết định 12.QD» makes no ending; only what a person would trust as one can lie.
  if (ending === '' || !knownEndings.has(ending)) return
  refuseFile('files.name_lies', {
    vi: `Tên tệp có đuôi .${ending} nhưng nội dung là ${vi}. Hãy lưu lại đúng loại, hoặc sửa đuôi thành .${endings[0]}.`,
    en: `The name ends in .${ending}, but the content is ${en}. Save it as what it is, or rename it to .${endings[0]}.`,
  })
}

const knownEndings = new Set([
  ...Object.values(fileFormats).flatMap((format) => format.endings),
  ...'doc dot docm xlsm xlsb ods odt rtf ppt pptx gif bmp svg tif tiff heic heif avif mp3 mp4 mov avi'.split(
    ' ',
  ),
  ...'htm html xhtml xml js mjs json css zip rar 7z gz tar exe msi bat cmd com scr ps1 vbs sh jar apk dll lnk'.split(
    ' ',
  ),
])

function startsWith(bytes: Uint8Array, ...head: number[]): boolean {
  return head.every((byte, at) => bytes[at] === byte)
}

/** Refuses the uploaded file under the field that it came in. */
export function refuseFile(code: string, message: Words): never {
  refuse(code, message, { fields: [{ path: 'file', message }] })
}

function refuseKind(found: Words | null, kinds: readonly FileKind[]): never {
  const list = (language: 'vi' | 'en', or: string) => kinds.map((kind) => fileKinds[kind][language]).join(or)
  refuseFile('files.wrong_kind', {
    vi: `Chỉ nhận ${list('vi', ' hoặc ')}; ${found ? `nội dung tệp này là ${found.vi}` : 'nội dung tệp này không đúng loại nào trong đó'}. Hãy chọn tệp khác.`,
    en: `Only ${list('en', ' or ')} is taken; ${found ? `the content of this file is ${found.en}` : 'the content of this file is none of these'}. Choose another file.`,
  })
}

function refuseTooLarge(limit: number): never {
  const megabytes = limit / 1_000_000
  refuseFile('files.too_large', {
    vi: `Tệp lớn hơn ${megabytes} MB. Hãy giảm dung lượng hoặc chia nhỏ rồi gửi lại.`,
    en: `The file is larger than ${megabytes} MB. Make it smaller and send it again.`,
  })
}

function refuseDamaged(): never {
  refuseFile('files.damaged', {
    vi: 'Tệp bị hỏng hoặc tải lên chưa trọn. Hãy mở thử trên máy rồi gửi lại.',
    en: 'The file is damaged or incomplete. Open it on your machine and send it again.',
  })
}

function refuseMacros(): never {
  refuseFile('files.macros', {
    vi: 'Tệp có chứa macro nên không được nhận. Hãy lưu lại dạng không có macro (.xlsx, .docx) rồi gửi.',
    en: 'The file carries macros and is refused. Save it without macros (.xlsx, .docx) and send it again.',
  })
}
