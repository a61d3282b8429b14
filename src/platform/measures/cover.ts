import { sql } from 'kysely'
import type { Tx } from '../db/database.ts'
import { type CellAsk, points } from './cells.ts'
import type { CoverageMeasure } from './declare.ts'
import type { Figure } from './figures.ts'
import { divide, fraction } from './fraction.ts'
import type { Known } from './known.ts'

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
    groups.set(key, [...(groups.get(key) ?? []), one])
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
  const ids = [...new Set(group.map(({ ask }) => ask.standing?.id ?? 0))]
  const places = group.map((one) => ({ one, place: asked.add(one.ask) }))
  const columns = ids.flatMap((id) => [`c${id}::text`, `r${id}::text`])
  const { rows } = await sql<{ place: number; units: string; found: (string | null)[] }>`
    select place, unit_count::text as units, array[${sql.raw(columns.join(', '))}] as found
    from counting.${sql.raw(`cover_${group[0]?.ask.standing?.block ?? 0}`)}(
      ${asked.all.map((point) => point.unitId)}::bigint[], ${asked.all.map((point) => point.mapDay)}::date[],
      ${asked.all.map((point) => point.hour)}::int[], ${[...(group[0]?.coverage.unitKinds ?? [])]}::text[],
      ${known?.epoch ?? null}::int, ${known?.seen ?? null}::pg_snapshot)`.execute(tx)
  const byPlace = new Map(rows.map((row) => [row.place - 1, row]))
  for (const { one, place } of places) {
    const row = byPlace.get(place)
    const at = ids.indexOf(one.ask.standing?.id ?? 0) * 2
    const covered = row?.found[at] ?? '0'
    // Units without a single row behind them are not "0 %": nobody has captured anything yet.
    if (!row || row.units === '0' || Number(row.found[at + 1] ?? 0) === 0) continue
    answers.set(one.at, {
      value: divide(fraction(covered), fraction(row.units)),
      numerator: covered,
      denominator: row.units,
    })
  }
}
