import { tidy, unaccent } from '../text/index.ts'

/** What is typed as a login name, as it is kept: «Cán Bộ.Nậm Búng» → `canbo.nambung`. */
export function loginNameOf(typed: string): string {
  return unaccent(tidy(typed)).toLowerCase().replaceAll(' ', '')
}

/** Whether a kept login name has the form that the table accepts. */
export function isLoginName(name: string): boolean {
  return /^[a-z0-9][a-z0-9._-]{1,63}$/.test(name)
}

export const shortestPassword = 10

// The heads of the lists of leaked passwords, and what is common in Việt Nam; folded, of ten characters or more.
const commonest = new Set(
  `1234567890 0123456789 12345678910 a123456789 0987654321 9876543210 1111111111 0000000000 1122334455
  1q2w3e4r5t 1qaz2wsx3edc qwertyuiop qwerty1234 qwerty12345 qwerty123456 password12 password123 password1234 p@ssw0rd123
  iloveyou123 abcd123456 abc1234567 abcdefghij abc123456789 matkhau123 matkhau1234 matkhau12345 matkhau123456 vietnam123
  vietnam2020 vietnam2021 vietnam2022 vietnam2023 vietnam2024 vietnam2025 vietnam2026 anhyeuem123 anhyeuem12 emyeuanh123
  khongbiet123 khongcomatkhau admin12345 admin123456 administrator quantri123 quantri1234 quantri12345 chuyendoiso
  chuyendoiso123 banlangso123 uybannhandan congan12345 changeme123 welcome123 asdfghjkl123`.split(/\s+/),
)

/** Why a new password is refused, or null. Lengths in characters after composing; the words of a refusal are in texts.ts. */
export function passwordFault(password: string, loginName: string): 'short' | 'login_name' | 'common' | null {
  const composed = password.normalize('NFC')
  if ([...composed].length < shortestPassword) return 'short'
  const plain = unaccent(composed).toLowerCase()
  if (plain.replaceAll(' ', '') === loginName) return 'login_name'
  if (commonest.has(plain.replaceAll(' ', '')) || new Set(plain).size === 1) return 'common'
  return null
}
