import type pg from 'pg'
import type { Words } from '../part.ts'

/** A figure that is not what its rows come to. `at`: the hour up to which it counts, in words. */
export type Difference = {
  measure: string
  title: Words
  unit: string
  at: string
  what: Words
  shown: string
  counted: string
}
export type RecountResult = {
  measures: number
  /** Figures compared: of every unit on every map, at every instant. */
  figures: number
  instants: number
  seconds: number
  /** The first of them, by measure. */
  differences: Difference[]
  different: number
  /** What else is not as it should be: triggers switched off, records of units that stand nowhere. */
  faults: string[]
}

const mostShown = 200

/** What a recount gathers. */
export type Tally = { result: RecountResult; instants: Set<number>; titles: Map<string, Words> }
export type Differing = {
  composition_id: number | null
  unit_id?: string
  column_name: string
  shown: string
  counted: string
  different: number
}

/** Adds what a comparison found. */
export async function note(
  client: pg.ClientBase,
  tally: Tally,
  rows: readonly Differing[],
  hour: number | null,
  nameOf: (column: string) => { measure: string; what: Words },
): Promise<void> {
  tally.result.different += rows[0]?.different ?? 0
  for (const row of rows) {
    if (tally.result.differences.length >= mostShown) return
    const { measure, what } = nameOf(row.column_name)
    const { rows: named } = await client.query<{ name: string | null; at: string | null }>(
      `select coalesce(
         (select v.name from units.unit_version v where v.unit_id = coalesce($1::bigint,
            (select c.leaf_id from measures.composition c where c.id = $2),
            (select min(m.unit_id) from measures.map m where m.composition_id = $2))
          order by v.valid_from desc limit 1), '#' || coalesce($1::text, $2::text)) as name,
         case when $3::int is not null then
           to_char(measures.day_of($3), 'DD/MM/YYYY') || ' ' || lpad((mod(mod($3, 24) + 24, 24))::text, 2, '0') || 'h' end as at`,
      [row.unit_id ?? null, row.composition_id, hour],
    )
    tally.result.differences.push({
      measure,
      title: tally.titles.get(measure) ?? { vi: measure, en: measure },
      unit: named[0]?.name ?? '',
      at: named[0]?.at ?? '',
      what,
      shown: plain(row.shown),
      counted: plain(row.counted),
    })
  }
}

const plain = (text: string) => (text.includes('.') ? text.replace(/\.?0+$/, '') : text)
