import { fold, nameProblem, nameSortKey, parsePhone, properName, tidy } from '../../platform/text/index.ts'
import type { dayRefusals } from './teams.refusals.ts'
import type { TeamKind, TeamLevel } from './teams.words.ts'

/** Level of a team from the kind of the unit it sits in; null where no team sits. */
export function levelOfUnitKind(unitKind: string): TeamLevel | null {
  switch (unitKind) {
    case 'village':
    case 'residential_group':
      return 'village'
    case 'commune':
    case 'township':
    case 'ward':
    case 'special_zone':
      return 'commune'
    case 'district':
    case 'town':
      return 'district'
    case 'office':
    case 'school':
    case 'station':
    case 'committee':
    case 'body':
      return 'office'
    default:
      return null
  }
}

/** Clubs sit in agencies, teams and groups in areas (CV 793/BTTTT-THH for the teams of villages). */
export function fitsLevel(kind: TeamKind, level: TeamLevel): boolean {
  return (kind === 'digital_club') === (level === 'office')
}

const namesOfKinds: Record<TeamKind, string> = {
  community_team: 'Tổ công nghệ số cộng đồng',
  project06_group: 'Tổ công tác Đề án 06',
  digital_club: 'Câu lạc bộ chuyển đổi số',
}

/** «Tổ công nghệ số cộng đồng thôn Nậm Cưởm»: what a team without a name of its own is called. */
export function defaultTeamName(kind: TeamKind, unitName: string): string {
  const [first = '', ...rest] = unitName.split(' ')
  const generic = [
    'thôn',
    'bản',
    'tổ',
    'xã',
    'phường',
    'thị',
    'huyện',
    'khu',
    'xóm',
    'phòng',
    'trường',
    'trạm',
  ]
  const lower = first.toLocaleLowerCase('vi')
  return [namesOfKinds[kind], generic.includes(lower) ? lower : first, ...rest].join(' ')
}

export type Spell = { from: string; until: string | null }

/** Why a day cannot be taken, as a key of the refusals; null where it can. */
export type DayRefusal = keyof typeof dayRefusals | null

/** A beginning (formed, joined, opened, held): a fact, so not after today, and not before the team was formed. */
export function refuseBeginning(on: string, today: string, formedOn: string | null): DayRefusal {
  if (on > today) return 'inFuture'
  if (on < '1945-09-02') return 'tooEarly'
  if (formedOn !== null && on < formedOn) return 'beforeFormed'
  return null
}

/** An end names the first day on which it is no longer so: after the beginning and tomorrow at the latest. */
export function refuseEnd(on: string, beganOn: string, today: string): DayRefusal {
  if (on <= beganOn) return 'endNotAfterBeginning'
  if (on > dayAfter(today)) return 'endInFuture'
  return null
}

/** The day after a day. */
export function dayAfter(on: string): string {
  const next = new Date(`${on}T00:00:00Z`)
  next.setUTCDate(next.getUTCDate() + 1)
  return next.toISOString().slice(0, 10)
}

/** True while a spell holds on a day: from its beginning until, not on, its end. */
export function holdsOn(spell: Spell, on: string): boolean {
  return spell.from <= on && (spell.until === null || spell.until > on)
}

export type PersonName = { fullName: string; nameFolded: string; sortKey: string }

/** A name as it is kept, with the keys it is found and ordered by; null for what is no name. */
export function readName(typed: string): PersonName | null {
  if (nameProblem(typed) !== null) return null
  const fullName = properName(tidy(typed))
  return { fullName, nameFolded: fold(fullName), sortKey: nameSortKey(fullName) }
}

/** A phone in national form, null where none was given, or the sentence that says how to mend it. */
export function readPhone(typed: string): { phone: string | null } | { refused: { vi: string; en: string } } {
  if (tidy(typed) === '') return { phone: null }
  const reading = parsePhone(typed)
  if (!reading.ok) return { refused: { vi: reading.message, en: reading.messageEn } }
  return { phone: reading.phone.national }
}

/** An https link of zalo.me, tidied; null for anything else. */
export function readZaloLink(typed: string): string | null {
  const text = tidy(typed)
  const candidate = /^zalo\.me\//i.test(text) ? `https://${text}` : text
  if (!URL.canParse(candidate)) return null
  const url = new URL(candidate)
  const host = url.hostname.toLowerCase()
  if (url.protocol !== 'https:' || url.username !== '' || (host !== 'zalo.me' && !host.endsWith('.zalo.me')))
    return null
  return url.href
}

/** True where two spells share a day. */
export function overlaps(a: Spell, b: Spell): boolean {
  return (b.until === null || a.from < b.until) && (a.until === null || b.from < a.until)
}

type Known = { name_folded: string; phone: string | null }

/**
 * Whether two records are taken for the same person: names look alike, and the phones agree or one of them is missing.
 * Two people of one name are told apart by their phones.
 */
export function samePerson(a: Known, b: Known): boolean {
  return a.name_folded === b.name_folded && (a.phone === null || b.phone === null || a.phone === b.phone)
}
