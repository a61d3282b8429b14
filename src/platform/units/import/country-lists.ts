/** A commune, ward or township of a list with three levels. Codes are strings: leading zeros count. */
export type OldCommune = {
  code: string
  name: string
  districtCode: string
  district: string
  provinceCode: string
  province: string
}

/** A commune, ward or special zone of a list with two levels, with what the list says it was formed from. */
export type NewCommune = {
  code: string
  name: string
  provinceCode: string
  province: string
  formedFrom: string
}

/** Where an old commune went, as a list of links gives it. */
export type KnownLink = { oldCode: string; newCode: string }

/** What the files of one import say together. */
export type CountryLists = {
  before: readonly OldCommune[]
  since: readonly NewCommune[]
  known: readonly KnownLink[]
}
