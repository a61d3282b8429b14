import type { Tx } from '../db/database.ts'
import type { ChangedRowsAnswer, OnMap } from './change.contract.ts'
import type { JudgedItem, ShareMeasure } from './declare.ts'
import { resultOf } from './evidence.judged.ts'
import type { Ask } from './figures.ts'
import type { Given } from './known.ts'

const mostItemsShown = 100

/** The items that are judged now and were not by what had been written until then, the other way round, or otherwise. */
export async function changedItems(
  tx: Tx,
  measure: ShareMeasure,
  { unitId, asOf, map }: Ask,
  given: Given,
  onMap: OnMap,
): Promise<ChangedRowsAnswer> {
  const place = { unitId, asOf, ...(map !== undefined && { map }) }
  const [before = []] = onMap.before ? await measure.judged(tx, [place], given) : []
  const [now = []] = onMap.now ? await measure.judged(tx, [place], {}) : []
  const then = new Map(before.map((item) => [item.id, item]))
  const all = [...now, ...before.filter(({ id }) => !now.some((item) => item.id === id))]
  const found = all.flatMap((item) => {
    const was = then.get(item.id) ?? null
    const is = now.includes(item) ? item : null
    const what = whatOf(was, is)
    return what === null ? [] : [{ item, was, is, what }]
  })
  const count = (of: ChangedRowsAnswer['rows'][number]['what']) =>
    found.filter(({ what }) => what === of).length
  const rows = found.slice(0, mostItemsShown).map(({ item, was, is, what }) => ({
    id: item.id,
    what,
    settled: false,
    name: inWords(item, was, is),
    unit: null,
    within: null,
    href: item.href,
  }))
  return {
    title: measure.title,
    added: count('added'),
    taken: count('taken'),
    altered: count('altered'),
    settled: { added: 0, taken: 0 },
    rows,
    others: found.length - rows.length,
  }
}

function whatOf(was: JudgedItem | null, is: JudgedItem | null) {
  const [before, now] = [was?.isMet ?? null, is?.isMet ?? null]
  if (before === null && now === null) return null
  if (before === null) return 'added' as const
  if (now === null) return 'taken' as const
  return before === now ? null : ('altered' as const)
}

/** The item with its result then and now: «140-2 · Tổ ở mọi xã: Đạt → Chưa đạt». */
function inWords({ title }: JudgedItem, was: JudgedItem | null, is: JudgedItem | null) {
  const results = [was, is].flatMap((one) => (one === null ? [] : [resultOf(one)]))
  return {
    vi: `${title}: ${results.map(({ vi }) => vi).join(' → ')}`,
    en: `${title}: ${results.map(({ en }) => en).join(' → ')}`,
  }
}
