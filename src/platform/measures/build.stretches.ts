import type pg from 'pg'
import { type Block, columnNames } from './block.sql.ts'

/** Below this a table is summed at one go. */
const largeBytes = 32 * 2 ** 20
/** Memory for what is summed up at a time. */
const mostBytes = 400 * 2 ** 20
/** A guess; where it is wrong, PostgreSQL writes down what does not fit. */
const monthsOfUnit = 36
const mostStretches = 8

/**
 * Stretches of units into which the rows of a table are divided to be summed, each as a condition that follows the
 * column of the unit. Together they hold every row that has a unit. As many as memory asks for, by what PostgreSQL knows
 * of the table.
 */
export async function stretchesOf(
  client: pg.ClientBase,
  block: Block,
): Promise<{ stretches: string[]; isLarge: boolean }> {
  const whole = { stretches: ['is not null'], isLarge: false }
  const { table, unit } = block.ledger
  const known = async () =>
    (
      await client.query<{ bytes: string; rows: number; units: number | null; bounds: string[] | null }>(
        `select pg_relation_size(c.oid) as bytes, c.reltuples as rows, s.n_distinct as units,
           s.histogram_bounds::text::text[] as bounds
         from pg_class c join pg_namespace n on n.oid = c.relnamespace
         left join pg_stats s on s.schemaname = n.nspname and s.tablename = c.relname and s.attname = $2 and not s.inherited
         where c.oid = $1::regclass`,
        [table, unit],
      )
    ).rows[0]
  let found = await known()
  if (found === undefined || Number(found.bytes) < largeBytes) return whole
  if (found.units === null) {
    await client.query(`analyze ${table} (${unit})`)
    found = (await known()) ?? found
  }
  const { rows, units, bounds } = found
  if (units === null || bounds === null) return { ...whole, isLarge: true }
  const months = (units < 0 ? -units * rows : units) * monthsOfUnit
  const bytes = Math.min(rows, months) * (300 + 24 * columnNames(block).length)
  const count = Math.min(Math.max(Math.ceil(bytes / mostBytes), 1), mostStretches)
  const edges = Array.from(
    { length: count - 1 },
    (_, at) => bounds[Math.round(((at + 1) * bounds.length) / count)],
  )
  const inner = [...new Set(edges.filter((edge) => edge !== undefined && /^-?\d+$/.test(edge)))]
  const stretches = [...inner, undefined].map((until, at) => {
    const from = inner[at - 1]
    if (from === undefined) return until === undefined ? 'is not null' : `< ${until}`
    return until === undefined ? `>= ${from}` : `between ${from} and ${until} - 1`
  })
  return { stretches, isLarge: true }
}
