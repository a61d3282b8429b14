/**
 * Makes the two fonts in src/web/fonts: the digits of Be Vietnam Pro, each set in the middle of one width,
 * because the family has no tabular figures of its own ('1' is half as wide as '0') and columns of numbers must line up.
 * Run it again with `node scripts/make-tabular-digits.ts` after the fontsource package changes.
 * Be Vietnam Pro is under the SIL Open Font License 1.1 without a reserved name; the result is under the same licence.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { deflateSync, inflateSync } from 'node:zlib'

interface Table {
  tag: string
  data: Buffer
}

const digits = [...'0123456789'].map((digit) => digit.charCodeAt(0))

function readWoff(woff: Buffer): { flavor: number; tables: Table[] } {
  const tables = Array.from({ length: woff.readUInt16BE(12) }, (_, index) => {
    const entry = 44 + index * 20
    const offset = woff.readUInt32BE(entry + 4)
    const packed = woff.subarray(offset, offset + woff.readUInt32BE(entry + 8))
    const length = woff.readUInt32BE(entry + 12)
    const data = Buffer.from(packed.length < length ? inflateSync(packed) : packed)
    return { tag: woff.toString('latin1', entry, entry + 4), data }
  })
  return { flavor: woff.readUInt32BE(4), tables }
}

function checksum(data: Buffer): number {
  const padded = Buffer.concat([data, Buffer.alloc((4 - (data.length % 4)) % 4)])
  let sum = 0
  for (let at = 0; at < padded.length; at += 4) sum = (sum + padded.readUInt32BE(at)) >>> 0
  return sum
}

function writeWoff(flavor: number, tables: readonly Table[]): Buffer {
  const directory = Buffer.alloc(tables.length * 20)
  const bodies: Buffer[] = []
  let offset = 44 + directory.length
  let plainSize = 12 + tables.length * 16
  for (const [index, { tag, data }] of tables.entries()) {
    const deflated = deflateSync(data, { level: 9 })
    const body = deflated.length < data.length ? deflated : data
    directory.write(tag, index * 20, 'latin1')
    directory.writeUInt32BE(offset, index * 20 + 4)
    directory.writeUInt32BE(body.length, index * 20 + 8)
    directory.writeUInt32BE(data.length, index * 20 + 12)
    directory.writeUInt32BE(checksum(data), index * 20 + 16)
    const padding = (4 - (body.length % 4)) % 4
    bodies.push(body, Buffer.alloc(padding))
    offset += body.length + padding
    plainSize += Math.ceil(data.length / 4) * 4
  }
  const header = Buffer.alloc(44)
  header.write('wOFF', 0, 'latin1')
  header.writeUInt32BE(flavor, 4)
  header.writeUInt32BE(offset, 8)
  header.writeUInt16BE(tables.length, 12)
  header.writeUInt32BE(plainSize, 16)
  header.writeUInt16BE(1, 20)
  return Buffer.concat([header, directory, ...bodies])
}

/** Glyph of a character through the format 4 table of `cmap`, the one every browser font has. */
function glyphOf(cmap: Buffer, character: number): number {
  for (let record = 4; record < 4 + cmap.readUInt16BE(2) * 8; record += 8) {
    const at = cmap.readUInt32BE(record + 4)
    if (cmap.readUInt16BE(at) !== 4) continue
    const segments = cmap.readUInt16BE(at + 6)
    for (let segment = 0; segment < segments; segment += 2) {
      const start = cmap.readUInt16BE(at + 16 + segments + segment)
      if (cmap.readUInt16BE(at + 14 + segment) < character || start > character) continue
      const delta = cmap.readUInt16BE(at + 16 + segments * 2 + segment)
      const rangeAt = at + 16 + segments * 3 + segment
      const range = cmap.readUInt16BE(rangeAt)
      if (range === 0) return (character + delta) & 0xffff
      return (cmap.readUInt16BE(rangeAt + range + (character - start) * 2) + delta) & 0xffff
    }
  }
  throw new Error(`the font has no glyph for ${String.fromCharCode(character)}`)
}

/** Digits only, all of one width. The left bearing alone moves a TrueType glyph, so no outline is touched. */
function tabularDigits(woff: Buffer): Buffer {
  const { flavor, tables } = readWoff(woff)
  const table = (tag: string) => {
    const found = tables.find((one) => one.tag === tag)
    if (found === undefined) throw new Error(`the font has no table ${tag}`)
    return found
  }
  const glyphs = digits.map((digit) => glyphOf(table('cmap').data, digit))
  const metrics = table('hmtx').data
  const longLoca = table('head').data.readInt16BE(50) === 1
  const loca = table('loca')
  const place = (glyph: number) =>
    longLoca ? loca.data.readUInt32BE(glyph * 4) : loca.data.readUInt16BE(glyph * 2) * 2
  const outlines = table('glyf')
  const outlineOf = (glyph: number) => outlines.data.subarray(place(glyph), place(glyph + 1))
  const drawnWidth = (outline: Buffer) => outline.readInt16BE(6) - outline.readInt16BE(2)
  // The widest digit with a twenty-fifth of the em on each side: '1' stands less lonely than at the width of '0'.
  const side = table('head').data.readUInt16BE(18) / 25
  const width = Math.round(Math.max(...glyphs.map((glyph) => drawnWidth(outlineOf(glyph)))) + side * 2)
  const kept = new Map(glyphs.map((glyph) => [glyph, outlineOf(glyph)]))
  for (const [glyph, outline] of kept) {
    metrics.writeUInt16BE(width, glyph * 4)
    metrics.writeInt16BE(Math.round((width - drawnWidth(outline)) / 2), glyph * 4 + 2)
  }
  const count = table('maxp').data.readUInt16BE(4)
  const newLoca = Buffer.alloc((count + 1) * 4)
  const parts: Buffer[] = []
  let size = 0
  for (let glyph = 0; glyph < count; glyph += 1) {
    newLoca.writeUInt32BE(size, glyph * 4)
    const outline = kept.get(glyph)
    if (outline === undefined) continue
    const padding = (4 - (outline.length % 4)) % 4
    parts.push(outline, Buffer.alloc(padding))
    size += outline.length + padding
  }
  newLoca.writeUInt32BE(size, count * 4)
  table('head').data.writeInt16BE(1, 50)
  loca.data = newLoca
  outlines.data = Buffer.concat(parts)
  const needed = ['OS/2', 'cmap', 'glyf', 'head', 'hhea', 'hmtx', 'loca', 'maxp', 'name', 'post']
  return writeWoff(
    flavor,
    tables.filter(({ tag }) => needed.includes(tag)),
  )
}

const need = createRequire(import.meta.url)
for (const weight of [400, 600]) {
  const source = need.resolve(`@fontsource/be-vietnam-pro/files/be-vietnam-pro-latin-${weight}-normal.woff`)
  writeFileSync(
    new URL(`../src/web/fonts/digits-${weight}.woff`, import.meta.url),
    tabularDigits(readFileSync(source)),
  )
}
