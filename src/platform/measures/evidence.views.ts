import type { Actor } from '../actor/actor.ts'
import type { Tx } from '../db/database.ts'
import { refuseField } from '../http/refusal.ts'
import { amongAsked, numberAmong } from './among.ts'
import { type Asked, firstDayAsked, placeAsked, requireMeasure } from './asked.ts'
import type { Counted } from './bases.ts'
import type { EvidencePage, EvidenceQueryInput } from './contract.ts'
import type { Measure } from './declare.ts'
import { columnsOfLength } from './evidence.columns.ts'
import { listJudged } from './evidence.judged.ts'
import { type EvidenceAsk, listRows } from './evidence.ts'
import { listUnits } from './evidence.units.ts'
import { type Ask, type Figure, figure, rowsHeld } from './figures.ts'
import { compare, fraction } from './fraction.ts'
import { figureAnswer, unitAnswer } from './measures.views.ts'
import { measureAnswer, sectionsOf } from './registry.ts'
import { type RowsThere, rowsThere } from './rows-there.ts'

/**
 * The list behind a figure or a part of it, with the figure, read in one snapshot: its number is the length of its
 * list, counting the rows that the reader may not open. Where it is not, it says so.
 */
export async function evidencePage(
  tx: Tx,
  actor: Actor,
  name: string,
  query: EvidenceQueryInput,
): Promise<EvidencePage> {
  const measure = requireMeasure(name)
  const asked = await placeAsked(tx, actor, query, [measure])
  const sections = sectionsOf(measure)
  const section = sections.find((one) => one.key === (query.section ?? sections[0]?.key)) ?? refuseSection()
  const place = placeOf(measure, query, asked)
  const { search = '', offset, limit } = query
  // The rows that a coverage leaves to nobody are of what its units have.
  const base = measure.kind === 'coverage' && query.among !== undefined ? measure.of : section.base
  const among = base === null ? null : amongAsked(base, query.among)
  const ask: EvidenceAsk = { ...place, among, search, offset, limit }
  const whole = await figure(tx, { measure, ...place }, asked)
  const shared = {
    measure: measureAnswer(measure),
    unit: unitAnswer(asked),
    figure: figureAnswer({ measure, ...place }, whole),
    section: section.key,
    ...asked.answered,
  }
  if (base !== null) {
    const { visible, ...list } = await listRows(tx, base, ask, columnsOfLength(measure))
    const part =
      among === null
        ? await partBehind(tx, measure, base, place, whole)
        : await numberAmong(tx, { measure: base, ...place }, among, asked)
    // The rows counted are the rows listed: then nothing is hidden and nothing is left to be counted once more.
    const isWhole = base.kind !== 'distinct' && base.value === 1 && part.rows === visible
    const there = isWhole ? null : await rowsThere(tx, { measure: base, ...place }, among, asked.now)
    return {
      ...shared,
      ...list,
      number: part.number,
      hidden: Math.max(0, (there?.rows ?? visible) - visible),
      recounted: there === null || agrees(part, there) ? null : { rows: there.rows, number: there.amount },
    }
  }
  if (measure.kind === 'share') {
    const { visible, ...list } = await listJudged(tx, measure, section.key, ask)
    return { ...shared, ...list, number: String(visible), hidden: 0, recounted: null }
  }
  if (measure.kind !== 'coverage' || (section.key !== 'covered' && section.key !== 'missing'))
    throw new Error(`measures: ${name} has no list of units`)
  const { visible, ...list } = await listUnits(tx, measure, section.key, ask)
  // Units are visible to whoever is signed in, so nothing is hidden.
  // Nobody has captured anything: that is no list of units that have nothing.
  const number = section.key === 'covered' && whole.value === null ? null : String(visible)
  return { ...shared, ...list, number, hidden: 0, recounted: null }
}

/** Whether a number and how many rows it counts are what the rows themselves come to. */
const agrees = (part: { number: string | null; rows: number }, there: RowsThere) =>
  part.rows === there.rows && compare(fraction(part.number ?? '0'), fraction(there.amount)) === 0

type Place = Required<Pick<Ask, 'unitId' | 'asOf'>> & { from: string | null; map: NonNullable<Ask['map']> }

function placeOf(measure: Measure, query: EvidenceQueryInput, { unit, asOf, map }: Asked): Place {
  return { unitId: unit.id, asOf, from: firstDayAsked(measure, query, asOf), map }
}

/** The number of a list and how many rows it has, those that the reader may not open among them. */
async function partBehind(
  tx: Tx,
  measure: Measure,
  base: Counted,
  place: Place,
  whole: Figure,
): Promise<{ number: string | null; rows: number }> {
  // Of a duration every row that was measured is listed; of what is counted once, one row a key.
  if (measure.kind === 'duration') return { number: whole.counted ?? null, rows: Number(whole.counted ?? 0) }
  if (base.kind === 'distinct') return { number: whole.numerator, rows: Number(whole.numerator ?? 0) }
  const part = await figure(tx, { measure: base, ...place })
  return { number: part.numerator, rows: await rowsHeld(tx, { measure: base, ...place }) }
}

function refuseSection(): never {
  refuseField('measures.no_such_list', 'section', {
    vi: 'Con số này không có danh sách đó. Hãy mở lại từ con số.',
    en: 'The figure has no such list. Open it again from the figure.',
  })
}
