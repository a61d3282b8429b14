import { ABBREVIATIONS, fold, normaliseTonePlacement, tidy } from '../text/index.ts'

/** Full and short forms that only names of units have, folded. */
const ofUnits: readonly (readonly [full: string, short: string])[] = [
  ['nong truong', 'nt'],
  ['pho thong dan toc ban tru', 'ptdtbt'],
  ['pho thong dan toc noi tru', 'ptdtnt'],
  ['dac khu', 'dk'],
  ['quan', 'q'],
]

const shortForms = [...ABBREVIATIONS.map((one) => [fold(one.full), fold(one.short)] as const), ...ofUnits]
  .toSorted((a, b) => b[0].length - a[0].length)
  .map(([full, short]) => ({ pattern: new RegExp(`(?<= )${full}(?= )`, 'g'), short }))

/** Words that say what a unit is and are often left out: «Nậm Búng» for «Xã Nậm Búng». Folded, longest first. */
const kindWords = [
  'thanh pho', 'to dan pho', 'khu dan cu', 'thon ban', 'thi tran', 'thi xa', 'khu pho', 'dac khu', 'ban lang',
  'tinh', 'huien', 'quan', 'phuong', 'thon', 'ban', 'xom', 'lang', 'buon', 'khu', 'tdp', 'kdc', 'ap', 'to', 'xa',
  'tt', 'tx', 'tp', 'x', 'p', 'h', 'q', 't',
] as const // biome-ignore format: a list of words

/** Leading zeros and «số» say nothing: «Tổ dân phố số 03» = «TDP 3». */
function plainNumbers(folded: string): string {
  return folded.replace(/(^| )so (?=\d)/g, '$1').replace(/(^| )0+(?=\d)/g, '$1')
}

/** The folded name with every level of unit and office in its short form: «thi tran son thinh» → «tt son thinh». */
export function shortName(folded: string): string {
  let result = ` ${plainNumbers(folded)} `
  for (const { pattern, short } of shortForms) result = result.replace(pattern, short)
  return result.replaceAll(' va ', ' ').trim()
}

/** The folded name without the words in front that say what it is: «thi tran son thinh» → «son thinh». */
export function bareName(folded: string): string {
  let name = plainNumbers(folded)
  for (let word = leadingKind(name); word !== undefined; word = leadingKind(name))
    name = name.slice(word.length + 1)
  return name
}

function leadingKind(name: string): string | undefined {
  return kindWords.find((word) => name.startsWith(`${word} `))
}

/** What stands in `unit_version.search`: every form that people type, between bars, folded. */
export function searchText(name: string, code: string): string {
  const full = fold(name)
  const short = shortName(full)
  const forms = [full, short, bareName(full), plainNumbers(full), fold(code)].flatMap((form) => [
    form,
    form.replaceAll(' ', ''),
  ])
  return `|${[...new Set(forms)].filter((form) => form !== '').join('|')}|`
}

/** The forms of what a person typed, to be looked for in the search text. Empty for nothing typed. */
export function searchForms(typed: string): string[] {
  const full = fold(typed)
  if (full === '') return []
  return [...new Set([full, shortName(full), full.replaceAll(' ', '')])]
}

/** A unit as names are matched against it. */
export type Place = { id: string; code: string; name: string; kind: string; parentName: string | null }

/** The unit that a typed name means, or those it may mean; neither where nothing looks alike. */
export type PlaceMatch = { unit: Place | null; candidates: readonly Place[] }

const spelled = (name: string) => normaliseTonePlacement(tidy(name)).toLowerCase()

/**
 * Finds the unit meant by a name typed as in life: first by code and exact spelling, then without accents, then with
 * abbreviations, then without the word for its kind. The first step that finds anything decides; two are candidates.
 */
export function placeMatcher(places: readonly Place[]): (typed: string) => PlaceMatch {
  const steps: readonly ((name: string) => string)[] = [
    spelled,
    (name) => fold(name),
    (name) => shortName(fold(name)),
    (name) => bareName(fold(name)),
    (name) => bareName(fold(name)).replaceAll(' ', ''),
  ]
  const byCode = index(places, (place) => place.code.toLowerCase())
  const indexes = steps.map((step) => index(places, (place) => step(place.name)))
  return (typed) => {
    if (fold(typed) === '') return { unit: null, candidates: [] }
    const found = [
      byCode.get(tidy(typed).toLowerCase()),
      ...steps.map((step, at) => indexes[at]?.get(step(typed))),
    ].find((some) => some !== undefined)
    if (found?.length === 1) return { unit: found[0] ?? null, candidates: [] }
    return { unit: null, candidates: found ?? alike(typed, places) }
  }
}

function index(places: readonly Place[], key: (place: Place) => string): Map<string, Place[]> {
  const found = new Map<string, Place[]>()
  for (const place of places) {
    const list = found.get(key(place))
    if (list) list.push(place)
    else found.set(key(place), [place])
  }
  return found
}

/** Up to five places whose names share most pairs of letters with what was typed. */
function alike(typed: string, places: readonly Place[]): Place[] {
  const wanted = pairs(typed)
  return places
    .map((place) => {
      const own = pairs(place.name)
      const shared = [...wanted].filter((pair) => own.has(pair)).length
      return { place, share: (2 * shared) / (wanted.size + own.size) }
    })
    .filter(({ share }) => share >= 0.5)
    .sort((a, b) => b.share - a.share)
    .slice(0, 5)
    .map(({ place }) => place)
}

function pairs(name: string): Set<string> {
  const bare = ` ${bareName(fold(name))} `
  return new Set(Array.from({ length: bare.length - 1 }, (_, at) => bare.slice(at, at + 2)))
}
