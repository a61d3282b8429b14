import { tidy } from './fold.ts'

/** A Vietnamese number: `national` as dialled (0912345678), `e164` with the country (+84912345678). */
export type Phone = { national: string; e164: string; line: 'mobile' | 'landline' }
export type PhoneRefusalCode =
  | 'not_a_number'
  | 'several_numbers'
  | 'digits_lost'
  | 'foreign'
  | 'old_prefix'
  | 'wrong_digits'
export type PhoneReading =
  | { ok: true; phone: Phone }
  | { ok: false; code: PhoneRefusalCode; message: string; messageEn: string }

/** National numbering plan after September 2018: ten digits mobile, eleven landline. */
const MOBILE = /^0(?:3[2-9]|5[25689]|7[06-9]|8[1-9]|9\d)\d{7}$/
const LANDLINE = /^02\d{9}$/

/** Eleven-digit mobile prefixes withdrawn in 2018 (plan of decision 798/QĐ-BTTTT) and what replaced them. */
const OLD_PREFIXES: Record<string, string> = {
  '0120': '070',
  '0121': '079',
  '0122': '077',
  '0126': '076',
  '0128': '078',
  '0123': '083',
  '0124': '084',
  '0125': '085',
  '0127': '081',
  '0129': '082',
  '0162': '032',
  '0163': '033',
  '0164': '034',
  '0165': '035',
  '0166': '036',
  '0167': '037',
  '0168': '038',
  '0169': '039',
  '0186': '056',
  '0188': '058',
  '0199': '059',
}

/**
 * Reads one phone number as people and Excel write it: spaces, dots, hyphens, +84, 84, 0084, (0), and numbers that lost
 * their leading zero. Refuses, with the way out: several numbers, lost digits (9,1E+08), foreign and withdrawn numbers.
 */
export function parsePhone(typed: string | number): PhoneReading {
  const text = tidy(String(typed))
    .replace(/^(\d+)\.0$/, '$1')
    .replace(/^'/, '')
  if (/^\d+(?:[.,]\d+)?e\+?\d+$/i.test(text)) return refusal('digits_lost')
  const plus = text.startsWith('+')
  const digits = text.replace(/\(0\)/, '').replace(/[\s.()+\-–]/g, '')
  if (!/^\d+$/.test(digits))
    return looksLikeSeveral(text) ? refusal('several_numbers') : refusal('not_a_number')
  if (plus && !digits.startsWith('84')) return refusal('foreign')

  const candidates = plus ? [] : [digits, `0${digits}`]
  const abroad = /^(?:00)?840?([1-9]\d*)$/.exec(digits)
  if (abroad) candidates.push(`0${abroad[1]}`)
  const national = candidates.find((candidate) => MOBILE.test(candidate) || LANDLINE.test(candidate))
  if (national) {
    const line = MOBILE.test(national) ? 'mobile' : 'landline'
    return { ok: true, phone: { national, e164: `+84${national.slice(1)}`, line } }
  }
  const old = candidates.find((candidate) => candidate.length === 11 && OLD_PREFIXES[candidate.slice(0, 4)])
  if (old) return refusal('old_prefix', `${OLD_PREFIXES[old.slice(0, 4)]}${old.slice(4)}`)
  if (digits.length >= 18 && digits.length <= 22) return refusal('several_numbers')
  if (!plus && digits.startsWith('00') && !digits.startsWith('0084')) return refusal('foreign')
  return refusal('wrong_digits', String(digits.length))
}

function looksLikeSeveral(text: string): boolean {
  return (
    text.split(/[/,;&]|\s(?:và|hoặc)\s/u).filter((part) => part.replace(/\D/g, '').length >= 9).length > 1
  )
}

function refusal(code: PhoneRefusalCode, detail = ''): PhoneReading {
  const words = REFUSALS[code]
  return { ok: false, code, message: words.vi(detail), messageEn: words.en(detail) }
}

const REFUSALS: Record<PhoneRefusalCode, { vi: (detail: string) => string; en: (detail: string) => string }> =
  {
    not_a_number: {
      vi: () =>
        'Số điện thoại chỉ gồm chữ số. Hãy ghi một số như 0912345678 và chuyển ghi chú sang cột khác.',
      en: () =>
        'A phone number has digits only. Write one number such as 0912345678 and move remarks to another column.',
    },
    several_numbers: {
      vi: () => 'Có nhiều số điện thoại. Hãy chỉ giữ một số, như 0912345678.',
      en: () => 'There are several phone numbers. Keep one only, such as 0912345678.',
    },
    digits_lost: {
      vi: () =>
        'Excel đã rút gọn số này và làm mất chữ số. Hãy định dạng ô là Văn bản (Text) rồi ghi lại đủ số.',
      en: () =>
        'Excel has shortened this number and lost digits. Format the cell as Text and type the full number again.',
    },
    foreign: {
      vi: () => 'Đây là số nước ngoài. Hãy ghi số Việt Nam, như 0912345678, hoặc để trống.',
      en: () => 'This is a foreign number. Write a Vietnamese number such as 0912345678, or leave it empty.',
    },
    old_prefix: {
      vi: (now) => `Đầu số 11 số đã đổi từ năm 2018. Số mới có lẽ là ${now}; hãy kiểm tra rồi ghi lại.`,
      en: (now) =>
        `Eleven-digit prefixes were changed in 2018. The new number is probably ${now}; check it and write it again.`,
    },
    wrong_digits: {
      vi: (length) =>
        `Số điện thoại không đúng đầu số hoặc thiếu, thừa chữ số (đang có ${length}). Số di động có 10 chữ số, như 0912345678.`,
      en: (length) =>
        `The prefix or the number of digits (now ${length}) is wrong. A mobile number has 10 digits, such as 0912345678.`,
    },
  }
