import pg from 'pg'
import { basesOf } from '../src/platform/measures/bases.ts'
import type { BaseMeasure, Measure } from '../src/platform/measures/declare.ts'
import { overviewMeasures, type RecordTable } from './counted-module/measures.ts'
import type { Country } from './country/places.ts'
import { dayBeforeMerger } from './country/places.ts'
import { today } from './country/units.ts'
import type { Setting } from './demonstration.ts'
import { type Goal, median, rowsText } from './goals.ts'
import { read } from './live-page.ts'
import { loadHttp, measured } from './load.ts'
import type { Measurement } from './summary.ts'

/** Days and maps on which an overview is opened. */
const views = [
  { what: "today's map", asOf: today, map: 'today' },
  { what: 'the map of then', asOf: dayBeforeMerger, map: 'then' },
  { what: "then, on today's map", asOf: dayBeforeMerger, map: 'today' },
  { what: 'a day within a past month', asOf: '2022-06-15', map: 'then' },
] as const
type View = (typeof views)[number]

/** How the product is reached, as a leader of the whole country. */
export type Reader = { address: string; cookie: string; country: Country }

function pageOf(table: RecordTable, view: View, unitId: string): string {
  const names = overviewMeasures(table).map((measure) => measure.name)
  return `/api/measures/below?unitId=${unitId}&asOf=${view.asOf}&map=${view.map}&from=${view.asOf.slice(0, 4)}-01-01&measures=${names.join(',')}`
}

/** A province's overview, page after page, over a table of ten million rows and over one of a million. */
export async function overviewGoals(
  reader: Reader,
  ownerUrl: string,
  options: Pick<Setting, 'rounds' | 'seconds' | 'rows'>,
): Promise<Goal[]> {
  const goals: Goal[] = []
  for (const view of views) {
    const p99: number[] = []
    const p50: number[] = []
    const grouped: number[] = []
    const ratios: number[] = []
    const four: number[] = []
    const anew = median(await openEachOnce(reader, view))
    for (let round = 0; round < options.rounds; round += 1) {
      const { provinceId } = reader.country
      const page = () => pageOf('large', view, provinceId)
      const alone = await open(reader, options.seconds, 1, page)
      const crowd = await open(reader, options.seconds, 4, page)
      const byGroup = await groupedMs(ownerUrl, 'large', view, provinceId)
      p99.push(alone.p99)
      p50.push(alone.p50)
      four.push(crowd.p99)
      grouped.push(byGroup)
      ratios.push(byGroup / alone.p50)
    }
    const reached = median(p99)
    goals.push(
      {
        work: `overview of a province, 48 measures of every commune over ${rowsText(options.rows.large)}, ${view.what}`,
        goal: '≤ 20 ms p99',
        reached: `${reached.toFixed(1)} ms (median ${median(p50).toFixed(1)}; p99 with 4 clients ${median(four).toFixed(1)}; opened for the first time ${anew.toFixed(0)})`,
        isMet: reached <= 20,
      },
      {
        work: `  the same page by GROUP BY on the base table`,
        goal: '≥ 100 × slower',
        reached: `${median(ratios).toFixed(0)} × (${median(grouped).toFixed(0)} ms; ${(median(grouped) / anew).toFixed(0)} × the first opening)`,
        isMet: median(ratios) >= 100,
      },
    )
  }
  return goals
}

/** Milliseconds of each other province's page, which nobody has opened before: nothing of it is remembered. */
async function openEachOnce(reader: Reader, view: View): Promise<number[]> {
  const times: number[] = []
  for (const unitId of reader.country.provinces) {
    if (unitId === reader.country.provinceId) continue
    const asked = performance.now()
    await read(reader.address, reader.cookie, pageOf('large', view, unitId))
    times.push(performance.now() - asked)
  }
  return times
}

/** Opens pages one after another, each client its own, for so long; at least three, which a slow page may need longer for. */
async function open(
  reader: Reader,
  seconds: number,
  clients: number,
  page: () => string,
): Promise<Measurement> {
  await read(reader.address, reader.cookie, page())
  const times: number[] = []
  const began = performance.now()
  const client = async () => {
    for (let opened = 0; opened < 3 || performance.now() - began < seconds * 1000; opened += 1) {
      const asked = performance.now()
      await read(reader.address, reader.cookie, page())
      times.push(performance.now() - asked)
    }
  }
  await Promise.all(Array.from({ length: clients }, client))
  return measured(times, performance.now() - began)
}

/** Any one figure of any unit, and whether pages cost the same over ten million rows as over one million. */
export async function figureGoals(
  reader: Reader,
  options: Pick<Setting, 'rounds' | 'seconds' | 'rows'>,
): Promise<Goal[]> {
  const { country } = reader
  const one = (table: RecordTable) => {
    const measures = overviewMeasures(table)
    let number = 0
    return () => {
      number += 1
      const measure = measures[(number * 31) % measures.length] as Measure
      const unitId = country.units[(number * 7919) % country.units.length] ?? ''
      return `/api/measures/${measure.name}/figure?unitId=${unitId}&asOf=${today}`
    }
  }
  const province = (table: RecordTable) => () => pageOf(table, views[0], country.provinceId)
  const figures = await bothSizes(options, (table) => {
    const next = one(table)
    return loadHttp(reader.address, options.seconds, () => ({ method: 'GET', path: next() }), reader.cookie)
  })
  const pages = await bothSizes(options, (table) => open(reader, options.seconds, 1, province(table)))
  return [
    {
      work: `any one figure of any unit over ${rowsText(options.rows.large)}, 8 clients`,
      goal: '≥ 1,000/s',
      reached: `${figures.perSecond.toFixed(0)}/s`,
      isMet: figures.perSecond >= 1000,
    },
    {
      work: `one figure, time over ${rowsText(options.rows.large)} to time over ${rowsText(options.rows.small)}`,
      goal: '≤ 1.2',
      reached: figures.ratio.toFixed(2),
      isMet: figures.ratio <= 1.2,
    },
    {
      work: `overview, time over ${rowsText(options.rows.large)} to time over ${rowsText(options.rows.small)}`,
      goal: '≤ 1.2',
      reached: pages.ratio.toFixed(2),
      isMet: pages.ratio <= 1.2,
    },
  ]
}

async function bothSizes(
  options: { rounds: number },
  measure: (table: RecordTable) => Promise<{ perSecond: number }>,
): Promise<{ perSecond: number; ratio: number }> {
  const large: number[] = []
  const ratios: number[] = []
  for (let round = 0; round < options.rounds; round += 1) {
    const small = await measure('small')
    const big = await measure('large')
    large.push(big.perSecond)
    ratios.push(small.perSecond / big.perSecond)
  }
  return { perSecond: median(large), ratio: median(ratios) }
}

/** Milliseconds that the base numbers of the page take as one query with GROUP BY on the table itself. */
async function groupedMs(ownerUrl: string, table: RecordTable, view: View, unitId: string): Promise<number> {
  const client = new pg.Client({ connectionString: ownerUrl })
  await client.connect()
  try {
    const began = performance.now()
    await client.query(groupedQuery(table), [
      unitId,
      view.map === 'today' ? today : view.asOf,
      view.asOf,
      `${view.asOf.slice(0, 4)}-01-01`,
    ])
    return performance.now() - began
  } finally {
    await client.end()
  }
}

/** The page by GROUP BY: every base number of every commune of a province ($1) on a map ($2), up to a day ($3), from a day ($4). */
function groupedQuery(table: RecordTable): string {
  const measures = overviewMeasures(table)
  const bases = new Map(measures.flatMap(basesOf).map((base) => [base.name, base]))
  const end = `(($3::date + 1)::timestamp at time zone 'Asia/Ho_Chi_Minh')`
  const past = (day: string) => (day === 'due_at' ? `due_at < ${end}` : `${day} <= $3::date`)
  const holds = (base: BaseMeasure) =>
    base.kind === 'flow'
      ? `${base.on} between $4::date and $3::date`
      : `${past(base.from)} and (${base.until} is null or not ${past(base.until)})`
  const columns = [...bases.values()].map((base) => {
    const amount = base.value === 1 ? 'count(*)' : `sum(${base.value})`
    return `${amount} filter (where ${[base.where ?? 'true', holds(base)].join(' and ')})`
  })
  const coverages = measures.flatMap((measure) =>
    measure.kind === 'coverage' ? [`count(distinct r.unit_id) filter (where ${holds(measure.of)})`] : [],
  )
  return `
    select commune.unit_id, ${[...columns, ...coverages].join(', ')}
    from units.place place
    join (select v.unit_id from units.unit_version v
          where v.parent_id = $1::bigint and v.valid_from <= $2::date and (v.valid_until is null or v.valid_until > $2::date)) commune
      on commune.unit_id = place.unit_id
    join bench.record_${table} r on r.unit_id = place.leaf_id
    where place.days @> $2::date
    group by 1`
}
