import type { Tx } from '../db/database.ts'
import { fold } from '../text/index.ts'
import type { JudgedItem, ShareMeasure } from './declare.ts'
import type { EvidenceAsk, EvidenceList } from './evidence.ts'
import type { Section } from './registry.ts'

const columns = [
  { key: 'title', title: { vi: 'Mục', en: 'Item' }, kind: 'text' },
  { key: 'is_met', title: { vi: 'Kết quả', en: 'Result' }, kind: 'text' },
  { key: 'reason', title: { vi: 'Vì sao', en: 'Why' }, kind: 'text' },
] as const

const results = {
  met: { vi: 'Đạt', en: 'Met' },
  short: { vi: 'Chưa đạt', en: 'Not met' },
  none: { vi: 'Chưa có số liệu', en: 'Not captured' },
}

/** The result of an item in words. */
export const resultOf = ({ isMet }: JudgedItem) =>
  isMet === null ? results.none : isMet ? results.met : results.short

const belongs: Partial<Record<Section['key'], (item: JudgedItem) => boolean>> = {
  met: ({ isMet }) => isMet === true,
  judged: ({ isMet }) => isMet !== null,
  not_judged: ({ isMet }) => isMet === null,
}

/** What was judged, with the result and the reason of each. */
export async function listJudged(
  tx: Tx,
  measure: ShareMeasure,
  section: Section['key'],
  ask: EvidenceAsk,
): Promise<EvidenceList> {
  const place = { unitId: ask.unitId, asOf: ask.asOf, ...(ask.map !== undefined && { map: ask.map }) }
  const [items = []] = await measure.judged(tx, [place], {})
  const own = items.filter(belongs[section] ?? (() => false))
  const words = fold(ask.search)
    .split(' ')
    .filter((word) => word !== '')
  const fits = own.filter((item) => {
    const text = fold(`${item.title} ${resultOf(item).vi} ${item.reason?.vi ?? ''}`)
    return words.every((word) => text.includes(word))
  })
  return {
    columns: columns.map((column) => ({ ...column })),
    visible: own.length,
    matching: fits.length,
    rows: fits.slice(ask.offset, ask.offset + ask.limit).map((item) => ({
      id: item.id,
      href: item.href,
      cells: { title: item.title, is_met: resultOf(item), reason: item.reason },
    })),
  }
}
