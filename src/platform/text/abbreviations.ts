import { fold, nfc } from './fold.ts'

/**
 * How an abbreviation is recognised:
 * - `anyCase`: as a whole word in any case, with or without marks (ubnd, UBND, cđs, cds);
 * - `capitals`: as a whole word in capitals only, because the small letters are a word or another abbreviation;
 * - `beforeName`: only in front of a capitalised name or a number (TT Sơn Thịnh, X. Tú Lệ), because it is short.
 */
export type Abbreviation = { short: string; full: string; when: 'anyCase' | 'capitals' | 'beforeName' }

/** Abbreviations of Vietnamese offices that people type in searches and tables. Decree 30/2020, annex III, and everyday use. */
export const ABBREVIATIONS: readonly Abbreviation[] = [
  { short: 'UBND', full: 'Ủy ban nhân dân', when: 'anyCase' },
  { short: 'HĐND', full: 'Hội đồng nhân dân', when: 'anyCase' },
  { short: 'UBMTTQ', full: 'Ủy ban Mặt trận Tổ quốc', when: 'anyCase' },
  { short: 'MTTQ', full: 'Mặt trận Tổ quốc', when: 'anyCase' },
  { short: 'TTHC', full: 'thủ tục hành chính', when: 'anyCase' },
  { short: 'DVCTT', full: 'dịch vụ công trực tuyến', when: 'anyCase' },
  { short: 'DVC', full: 'dịch vụ công', when: 'anyCase' },
  { short: 'CĐS', full: 'chuyển đổi số', when: 'anyCase' },
  { short: 'CNSCĐ', full: 'công nghệ số cộng đồng', when: 'anyCase' },
  { short: 'CNTT', full: 'công nghệ thông tin', when: 'anyCase' },
  { short: 'TMĐT', full: 'thương mại điện tử', when: 'anyCase' },
  { short: 'TDP', full: 'tổ dân phố', when: 'anyCase' },
  { short: 'KDC', full: 'khu dân cư', when: 'anyCase' },
  { short: 'NVH', full: 'nhà văn hóa', when: 'anyCase' },
  { short: 'HTX', full: 'hợp tác xã', when: 'anyCase' },
  { short: 'BCĐ', full: 'ban chỉ đạo', when: 'anyCase' },
  { short: 'ĐVTN', full: 'đoàn viên thanh niên', when: 'anyCase' },
  { short: 'ĐTN', full: 'đoàn thanh niên', when: 'anyCase' },
  { short: 'THCS', full: 'trung học cơ sở', when: 'anyCase' },
  { short: 'THPT', full: 'trung học phổ thông', when: 'anyCase' },
  { short: 'ĐKKH', full: 'đăng ký kết hôn', when: 'anyCase' },
  { short: 'GPXD', full: 'giấy phép xây dựng', when: 'anyCase' },
  { short: 'CCCD', full: 'căn cước công dân', when: 'anyCase' },
  { short: 'SĐT', full: 'số điện thoại', when: 'anyCase' },
  { short: 'ĐT', full: 'điện thoại', when: 'capitals' },
  { short: 'QĐ', full: 'quyết định', when: 'capitals' },
  { short: 'KH', full: 'kế hoạch', when: 'capitals' },
  { short: 'TT', full: 'thị trấn', when: 'beforeName' },
  { short: 'TX', full: 'thị xã', when: 'beforeName' },
  { short: 'TP', full: 'thành phố', when: 'beforeName' },
  { short: 'X', full: 'xã', when: 'beforeName' },
  { short: 'P', full: 'phường', when: 'beforeName' },
  { short: 'Q', full: 'quận', when: 'beforeName' },
  { short: 'H', full: 'huyện', when: 'beforeName' },
  { short: 'T', full: 'tỉnh', when: 'beforeName' },
]

const BY_KEY = new Map(ABBREVIATIONS.map((entry) => [fold(entry.short), entry]))

/** One word of letters, the dot that may follow it, and what comes next. Words in a code (12/KH-UBND) are not touched. */
const WORD = /(?<![\p{L}\p{N}/-])(?:(\p{Lu}{1,2})\.(?=\p{Lu}|\d)|(\p{L}{1,6})(\.?)(?![\p{L}\p{N}/-]))/gu
const NAME_FOLLOWS = /^\s*(?:\p{Lu}|\d)/u

/** Writes out the abbreviations of the table: «UBND X. Tú Lệ» → «Ủy ban nhân dân xã Tú Lệ». Codes of documents stay. */
export function expandAbbreviations(text: string): string {
  const composed = nfc(text)
  return composed.replace(
    WORD,
    (
      whole: string,
      glued: string | undefined,
      word: string | undefined,
      dot: string | undefined,
      at: number,
    ) => {
      const short = word ?? glued ?? ''
      const entry = BY_KEY.get(fold(short))
      if (!entry) return whole
      if (entry.when === 'anyCase') return entry.full + (dot ?? '')
      if (short !== short.toUpperCase()) return whole
      if (entry.when === 'capitals') return short === entry.short ? entry.full + (dot ?? '') : whole
      const rest = composed.slice(at + whole.length)
      // One letter without a dot is more often an initial or a mark («X») than a level of unit.
      if (!NAME_FOLLOWS.test(rest) || (short.length === 1 && !whole.endsWith('.'))) return whole
      return glued === undefined ? entry.full : `${entry.full} `
    },
  )
}
