import { sql } from 'kysely'
import type { Tx } from '../db/database.ts'
import type { CellAsk } from './cells.ts'
import { columnsOf } from './columns.ts'
import type { CoverageMeasure } from './declare.ts'
import type { Figure } from './figures.ts'
import { divide, fraction } from './fraction.ts'
import type { Known } from './known.ts'
import { type Point, points, readTexts } from './sums.ts'

type CoverageAsk = { at: number; ask: CellAsk; coverage: CoverageMeasure }

/** Coverages by place of asking: one statement for all of one block that count the same kinds of unit. */
export async function readCoverage(
  tx: Tx,
  asks: readonly CoverageAsk[],
  known: Known,
): Promise<Map<number, Figure>> {
  const answers = new Map<number, Figure>()
  const groups = new Map<string, CoverageAsk[]>()
  for (const one of asks) {
    answers.set(one.at, { value: null, numerator: null, denominator: null })
    if (!one.ask.standing) continue
    const key = `${one.ask.standing.block} ${one.coverage.unitKinds.join(' ')}`
    const group = groups.get(key)
    if (group) group.push(one)
    else groups.set(key, [one])
  }
  for (const group of groups.values()) await readGroup(tx, group, known, answers)
  return answers
}

async function readGroup(
  tx: Tx,
  group: readonly CoverageAsk[],
  known: Known,
  answers: Map<number, Figure>,
): Promise<void> {
  const asked = points()
  const standing = group[0]?.ask.standing
  const kinds = [...(group[0]?.coverage.unitKinds ?? [])]
  const ids = [...new Set(group.map(({ ask }) => ask.standing?.id ?? 0))]
  const places = group.map((one) => ({ one, place: asked.add(one.ask) }))
  const columns = ['unit_count', ...ids.flatMap((id) => [`c${id}`, `r${id}`])].join(', ')
  const block = standing?.block ?? 0
  const texts = await readTexts(
    { block, points: asked.all, known, memory: standing?.memory },
    `cover ${kinds.join(' ')}: ${columns}`,
    async (missing) => {
      if (known?.mapChanged) return readKnown(tx, group, known, missing)
      const { rows } = await sql<{ place: number; text: string }>`
        select place, array_to_string(array[${sql.raw(columns)}], ',', '') as text
        from counting.${sql.raw(`cover_${block}`)}(
          ${missing.map((point) => point.unitId)}::bigint[], ${missing.map((point) => point.mapDay)}::date[],
          ${missing.map((point) => point.hour)}::int[], ${kinds}::text[],
          ${known?.epoch ?? null}::int, ${known?.seen ?? null}::pg_snapshot)`.execute(tx)
      return rows
    },
  )
  for (const { one, place } of places) {
    const found = texts[place]?.split(',')
    const at = 1 + ids.indexOf(one.ask.standing?.id ?? 0) * 2
    answers.set(one.at, coverageOf(found?.[0] || null, found?.[at] || null, found?.[at + 1] || null))
  }
}

/** The same on the map as it was known. */
async function readKnown(
  tx: Tx,
  group: readonly CoverageAsk[],
  known: NonNullable<Known>,
  asked: readonly Point[],
) {
  const stocks = new Map(group.map(({ ask, coverage }) => [ask.standing?.id ?? 0, coverage.of]))
  const columns = [...stocks].map(([id, stock]) => columnsOf(id, stock))
  const { rows } = await sql<{ place: number; text: string }>`
    select place, array_to_string(sums, ',', '') as text
    from measures.cover_known(${group[0]?.ask.standing?.block ?? 0}::int,
      ${columns.map(({ amount }) => amount)}::text[], ${columns.map((one) => one.rows)}::text[],
      ${[...(group[0]?.coverage.unitKinds ?? [])]}::text[], ${asked.map((point) => point.unitId)}::bigint[],
      ${asked.map((point) => point.mapDay)}::date[], ${asked.map((point) => point.hour)}::int[],
      ${known.epoch}::int, ${known.seen}::pg_snapshot)`.execute(tx)
  return rows
}

/** How many of the units have any; units without a single row behind them are not "0 %": nobody has captured anything yet. */
export function coverageOf(units: string | null, covered: string | null, rows: string | null): Figure {
  if (!units || units === '0' || Number(rows ?? 0) === 0)
    return { value: null, numerator: null, denominator: null }
  const numerator = covered ?? '0'
  return { value: divide(fraction(numerator), fraction(units)), numerator, denominator: units }
}
