import { CFB } from '@e965/xlsx'
import sharp from 'sharp'

/** A picture as a telephone takes it: turned on its side, with the place where it was taken. */
export async function photo(
  format: 'jpeg' | 'png' | 'webp' = 'jpeg',
  width = 3000,
  height = 1500,
): Promise<Buffer> {
  return sharp({ create: { width, height, channels: 3, background: '#2f6b4f' } })
    .withExif({ IFD0: { Make: 'Điện thoại' }, IFD3: { GPSLatitude: '21/1 26/1 0/1', GPSLatitudeRef: 'N' } })
    .withMetadata({ orientation: 6 })
    .toFormat(format)
    .toBuffer()
}

export const pdf = (text = 'Quyết định') =>
  Buffer.from(`%PDF-1.4\n% ${text}\n1 0 obj <<>> endobj\ntrailer <<>>\n%%EOF\n`)

/** A zip file of empty parts: what a program looks at to tell a workbook from a document. */
export function packed(...names: string[]): Buffer {
  const local: Buffer[] = []
  const directory: Buffer[] = []
  let offset = 0
  for (const name of names) {
    const bytes = Buffer.from(name)
    const head = Buffer.alloc(30)
    head.writeUInt32LE(0x04034b50, 0)
    head.writeUInt16LE(bytes.length, 26)
    const entry = Buffer.alloc(46)
    entry.writeUInt32LE(0x02014b50, 0)
    entry.writeUInt16LE(bytes.length, 28)
    entry.writeUInt32LE(offset, 42)
    local.push(head, bytes)
    directory.push(entry, bytes)
    offset += head.length + bytes.length
  }
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(names.length, 8)
  end.writeUInt16LE(names.length, 10)
  end.writeUInt32LE(Buffer.concat(directory).length, 12)
  end.writeUInt32LE(offset, 16)
  return Buffer.concat([...local, ...directory, end])
}

export const xlsx = () => packed('[Content_Types].xml', 'xl/workbook.xml')
export const docx = () => packed('[Content_Types].xml', 'word/document.xml')

/** A file of the time before 2007 with these streams in it. */
export function compound(...names: string[]): Buffer {
  const container = CFB.utils.cfb_new()
  for (const name of names) CFB.utils.cfb_add(container, name, Buffer.from('x'))
  return Buffer.from(CFB.write(container, { type: 'buffer' }) as Uint8Array)
}
