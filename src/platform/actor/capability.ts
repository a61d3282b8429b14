import type { Words } from '../part.ts'

/** The roles that a person can be given over a subtree of units, for a period. */
export const roles = {
  administrator: { vi: 'Quản trị', en: 'Administrator' },
  leader: { vi: 'Lãnh đạo', en: 'Leader' },
  standing_office: { vi: 'Cơ quan thường trực', en: 'Standing office' },
  commune_officer: { vi: 'Cán bộ chuyên môn', en: 'Officer' },
  village_head: { vi: 'Trưởng thôn, tổ trưởng', en: 'Village head' },
  auditor: { vi: 'Kiểm tra, giám sát', en: 'Auditor' },
} as const satisfies Record<string, Words>

export type RoleKey = keyof typeof roles

/** Something that a grant lets a person do within a subtree of units; `name` is `<part>.<verb>`. */
export type Capability = {
  name: string
  title: Words
  /** The roles that hold it. */
  roles: readonly RoleKey[]
}

/** Whom a route serves: anyone, whoever is signed in, or the holder of a capability. */
export type Audience = 'anyone' | 'signed_in' | (string & {})
