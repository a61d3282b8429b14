/** Vietnamese text: one form to store, keys to search and sort by, names and phone numbers as people write them. Pure. */
export { ABBREVIATIONS, type Abbreviation, expandAbbreviations } from './abbreviations.ts'
export { compareText } from './dictionary-order.ts'
export { fold, nfc, tidy, unaccent } from './fold.ts'
export { compareNames, type NameProblem, nameProblem, nameSortKey, properName } from './person-name.ts'
export { type Phone, type PhoneReading, type PhoneRefusalCode, parsePhone } from './phone.ts'
export { searchTokens } from './search-tokens.ts'
export { isVietnameseSyllable } from './syllable.ts'
export { normaliseTonePlacement } from './tone-placement.ts'
