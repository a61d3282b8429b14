import type { CountryLists } from './country-lists.ts'
import type { CountryPlan } from './country-plan.ts'
import type { Finding } from './findings.plan.ts'
import type { Certainty } from './link-plan.ts'
import type { LinkTotalsAnswer } from './links.contract.ts'

type Changes = {
  units: number
  versions: number
  ended: number
  links: number
  successions: number
  formations: number
  findings: number
}

/** What an import did and what the lists leave open, to be told to whoever ran it. */
export type CountryReport = {
  changes: Changes
  before: { provinces: number; districts: number; communes: number }
  since: { provinces: number; communes: number; byKind: Readonly<Record<string, number>> }
  /** Old communes by how sure it is where they went; those that go on unchanged are certain. */
  links: Readonly<Record<Certainty, number>> & { unchanged: number; whole: number; split: number }
  /** Old communes of which no text speaks. */
  withoutSuccessor: readonly string[]
  /** New communes of which no old one is known. */
  withoutPredecessor: readonly string[]
  /** Words of the texts that name no commune of the old list. */
  unmatched: readonly string[]
  /** The old units of the installation by how it is known where they went, as the page of links tells it. */
  totals: LinkTotalsAnswer
  /** New units of whose rows something is left to look at. */
  waitingFindings: number
}

type Standing = {
  findings: readonly Finding[]
  totals: LinkTotalsAnswer
  waitingFindings: number
}

export function reportOf(
  lists: CountryLists,
  plan: CountryPlan,
  changes: Changes,
  { findings, totals, waitingFindings }: Standing,
): CountryReport {
  const count = (list: 'before' | 'since', level: string) =>
    plan.units.filter((unit) => unit.list === list && unit.level === level).length
  const byKind: Record<string, number> = {}
  for (const unit of plan.units)
    if (unit.list === 'since' && unit.level === 'commune') byKind[unit.kind] = (byKind[unit.kind] ?? 0) + 1
  const certainty = (wanted: Certainty) => plan.links.filter((link) => link.certainty === wanted).length
  const oldNames = new Map(
    lists.before.map((one) => [one.code, `${one.name} (${one.code}, ${one.district})`]),
  )
  const newNames = new Map(lists.since.map((one) => [one.code, `${one.name} (${one.code}, ${one.province})`]))
  return {
    changes,
    before: {
      provinces: count('before', 'province'),
      districts: count('before', 'district'),
      communes: count('before', 'commune'),
    },
    since: { provinces: count('since', 'province'), communes: count('since', 'commune'), byKind },
    links: {
      certain: certainty('certain') + plan.continues.size,
      assumed: certainty('assumed'),
      open: certainty('open'),
      unchanged: plan.continues.size,
      whole: plan.links.filter((link) => link.isWhole).length,
      split: plan.links.filter((link) => link.toCodes.length > 1).length,
    },
    withoutSuccessor: plan.links
      .filter((link) => link.toCodes.length === 0)
      .map((link) => oldNames.get(link.fromCode) ?? link.fromCode),
    withoutPredecessor: findings.filter((one) => one.isAlone).map(({ code }) => newNames.get(code) ?? code),
    unmatched: findings.flatMap(({ code, words }) =>
      words.map((said) => `${newNames.get(code) ?? code}: «${said}»`),
    ),
    totals,
    waitingFindings,
  }
}
