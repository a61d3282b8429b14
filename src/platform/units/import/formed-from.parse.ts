import { tidy } from '../../text/index.ts'
import { type AreaName, cutAreaName } from './area-name.ts'

/** One area that a text names among those of which a new unit was formed. */
export type Mention = {
  /** As the text has it, with what stands in brackets. */
  words: string
  name: AreaName
  /** The district that the text gives in brackets, «huyện Đồng Văn»; null where it gives none. */
  district: string | null
  province: string | null
  /** `part`: the text says that only a part came. `rest`: what remained after others took theirs. */
  share: 'not_said' | 'part' | 'rest'
  /** The new units that took the other parts, as the text names them. */
  othersWentTo: readonly string[]
}

/** What a list says a unit was formed from: nothing changed, or these areas. */
export type Formation = { unchanged: boolean; mentions: readonly Mention[] }

const UNCHANGED = /^(không sáp nhập|giữ nguyên|không sắp xếp|không thay đổi)$/iu
const SHARE =
  /^(phần còn lại|một phần|toàn bộ)(?:\s+(?:diện tích(?: tự nhiên)?|quy mô|dân số|và|của))*\s+(?=\p{L})/iu
const DISTRICT =
  /^(?:thuộc\s+)?((?:huyện|quận|thị xã|thành phố)\s[^,;]+)(?:[,;]\s*((?:tỉnh|thành phố)\s.+))?$/iu
const REST = /^phần còn lại(?:\s+sau khi (?:sáp nhập|sắp xếp|nhập) vào\s+(.+))?$/iu
const PART = /^một phần/iu
const AREA_AHEAD = '(?=(?:xã|phường|thị trấn|đặc khu|các xã|các phường)\\s)'

/** Cuts at commas that stand outside brackets, and at «và» before another area. */
function pieces(text: string): string[] {
  const found: string[] = []
  let depth = 0
  let piece = ''
  for (const sign of text) {
    if (sign === '(') depth += 1
    if (sign === ')') depth = Math.max(0, depth - 1)
    if ((sign === ',' || sign === ';') && depth === 0) {
      found.push(piece)
      piece = ''
    } else piece += sign
  }
  found.push(piece)
  return found
    .flatMap((one) => one.split(new RegExp(`\\s+và\\s+${AREA_AHEAD}(?![^(]*\\))`, 'iu')))
    .map(tidy)
    .filter((one) => one !== '')
}

/**
 * The names in «phường Bạch Mai, phường Kim Liên»; a name without its word takes that of the one before. «xã X mới» is
 * the new unit of that name.
 */
function namesIn(list: string): string[] {
  let word = ''
  return list
    .split(/\s*[,;]\s*|\s+và\s+/u)
    .map((one) => tidy(one).replace(/ mới$/u, ''))
    .filter((one) => one !== '')
    .map((one) => {
      const cut = cutAreaName(one)
      if (cut.word === null) return tidy(`${word} ${one}`)
      word = one.slice(0, one.length - cut.bare.length).trim()
      return one
    })
}

function readMention(piece: string, wordBefore: AreaName['word']): Mention {
  const bracketed = [...piece.matchAll(/\(([^()]*)\)/gu)].map((match) => tidy(match[1] ?? ''))
  const outside = tidy(piece.replace(/\([^()]*\)?/gu, ' '))
  const leading = SHARE.exec(outside)
  const name = cutAreaName((leading ? outside.slice(leading[0].length) : outside).replace(/[.:]$/u, ''))
  let share: Mention['share'] = 'not_said'
  const said = leading?.[1]?.toLowerCase()
  if (said === 'phần còn lại') share = 'rest'
  if (said === 'một phần') share = 'part'
  let district: string | null = null
  let province: string | null = null
  let othersWentTo: readonly string[] = []
  for (const inside of bracketed) {
    const place = DISTRICT.exec(inside)
    const rest = REST.exec(inside)
    if (place) {
      district = place[1] ?? null
      province = place[2] ?? null
    } else if (rest) {
      share = 'rest'
      othersWentTo = namesIn(rest[1] ?? '')
    } else if (PART.test(inside)) share = 'part'
  }
  return {
    words: piece,
    name: { word: name.word ?? wordBefore, bare: name.bare },
    district,
    province,
    share,
    othersWentTo,
  }
}

/**
 * Reads what a list of units gives as «formed from»: «Xã A, Thị trấn B (huyện C), Phường D (phần còn lại sau khi sáp
 * nhập vào phường E)». A name without a word for its kind («Phổ Hòa» after «Phường Nguyễn Nghiêm») takes the one before.
 */
export function parseFormedFrom(text: string): Formation {
  const whole = tidy(text)
  if (UNCHANGED.test(whole)) return { unchanged: true, mentions: [] }
  const mentions: Mention[] = []
  // The comma of «diện tích tự nhiên, quy mô dân số» separates no areas.
  for (const piece of pieces(whole.replace(/tự nhiên,\s*(?=quy mô)/giu, 'tự nhiên ')))
    mentions.push(readMention(piece, mentions.at(-1)?.name.word ?? null))
  return { unchanged: false, mentions }
}
