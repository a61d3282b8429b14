import {
  type BaseMeasure,
  type CountedTable,
  countedTable,
  coverage,
  difference,
  type FlowMeasure,
  type Measure,
  measure,
  ratio,
  type StockMeasure,
  sum,
} from '../../src/platform/measures/declare.ts'

const words = (vi: string) => ({ vi, en: vi })
const statuses = [1, 2, 3, 4, 5, 6, 7, 8] as const
const inTime = `settled_on <= (due_at at time zone 'Asia/Ho_Chi_Minh')::date`

/** Which of the tables of one shape: the name behind `bench.record_`. */
export type RecordTable = 'large' | 'small' | 'uncounted' | 'four' | 'twelve'

/** One of the tables as a counted table. */
export function recordTable(name: RecordTable): CountedTable {
  return countedTable({
    table: `bench.record_${name}`,
    unit: 'unit_id',
    columns: [{ key: 'happened_on', title: words('Ngày'), kind: 'day' }],
    order: 'happened_on desc',
  })
}

const described = (table: RecordTable, name: string) => ({
  name: `bench.${table}_${name}`,
  title: words(name),
  meaning: words(name),
  noun: words('hồ sơ'),
})

/** The bands of services that are counted apart, each of them `size` wide. */
const bands = (count: number, size: number) =>
  Array.from({ length: count }, (_, at) => [at * size + 1, (at + 1) * size] as const)

function flow(
  of: CountedTable,
  table: RecordTable,
  name: string,
  on: string,
  where?: string,
  value: 1 | 'amount' = 1,
): FlowMeasure {
  return measure({
    ...described(table, name),
    kind: 'flow',
    of,
    on,
    value,
    ...(where === undefined ? {} : { where }),
  })
}

function stock(
  of: CountedTable,
  table: RecordTable,
  name: string,
  from: string,
  until: string,
  where?: string,
  value: 1 | 'amount' = 1,
): StockMeasure {
  return measure({
    ...described(table, name),
    kind: 'stock',
    of,
    from,
    until,
    value,
    ...(where === undefined ? {} : { where }),
  })
}

/** What rows count as one by one: 24 flows and 12 stocks, of days and of instants, of rows and of amounts. */
function baseMeasures(table: RecordTable) {
  const of = recordTable(table)
  const received: FlowMeasure = {
    ...flow(of, table, 'received', 'happened_on'),
    dimensions: [
      {
        key: 'status',
        title: words('Trạng thái'),
        members: statuses.map((status) => ({
          key: String(status),
          title: words(`Trạng thái ${status}`),
          where: `status = ${status}`,
        })),
      },
    ],
  }
  const byService = bands(12, 25).map(([first, last]) =>
    flow(of, table, `received_${first}`, 'happened_on', `service between ${first} and ${last}`),
  )
  const settledByService = bands(6, 50).map(([first, last]) =>
    flow(of, table, `settled_${first}`, 'settled_on', `service between ${first} and ${last}`),
  )
  const openByStatus = statuses.map((status) =>
    stock(of, table, `open_status_${status}`, 'happened_on', 'settled_on', `status = ${status}`),
  )
  return {
    received,
    receivedAmount: flow(of, table, 'received_amount', 'happened_on', undefined, 'amount'),
    byService,
    settled: flow(of, table, 'settled', 'settled_on'),
    settledAmount: flow(of, table, 'settled_amount', 'settled_on', undefined, 'amount'),
    settledInTime: flow(of, table, 'settled_in_time', 'settled_on', inTime),
    settledLate: flow(of, table, 'settled_late', 'settled_on', `not (${inTime})`),
    settledByService,
    open: stock(of, table, 'open', 'happened_on', 'settled_on'),
    openAmount: stock(of, table, 'open_amount', 'happened_on', 'settled_on', undefined, 'amount'),
    overdue: stock(of, table, 'overdue', 'due_at', 'settled_on'),
    withinTerm: stock(of, table, 'within_term', 'happened_on', 'due_at'),
    openByStatus,
  }
}

/** The 48 measures of an overview: 36 that rows count as, and 12 formulas and coverages of them. */
export function overviewMeasures(table: RecordTable): readonly Measure[] {
  const base = baseMeasures(table)
  const { received, settled, settledInTime, settledLate, open, openAmount, overdue, withinTerm } = base
  const part = (name: string, numerator: BaseMeasure, denominator: BaseMeasure, percent = true) =>
    ratio({ ...described(table, name), numerator, denominator, percent })
  const covering = (name: string, of: StockMeasure, unitKinds: readonly string[]) =>
    coverage({ ...described(table, name), of, unitKinds })
  return [
    received,
    base.receivedAmount,
    ...base.byService,
    settled,
    base.settledAmount,
    settledInTime,
    settledLate,
    ...base.settledByService,
    open,
    openAmount,
    overdue,
    withinTerm,
    ...base.openByStatus,
    part('settled_share', settled, received),
    part('in_time_share', settledInTime, settled),
    part('late_share', settledLate, settled),
    part('amount_each', base.receivedAmount, received, false),
    part('open_amount_each', openAmount, open, false),
    part('overdue_share', overdue, open),
    difference({ ...described(table, 'backlog_growth'), minuend: received, subtrahend: settled }),
    sum({ ...described(table, 'settled_any'), parts: [settledInTime, settledLate] }),
    sum({ ...described(table, 'by_service'), parts: base.byService }),
    covering('villages_with_open', open, ['village']),
    covering('villages_with_overdue', overdue, ['village']),
    covering('communes_with_overdue', overdue, ['commune']),
  ]
}

/** Four measures, two of amounts or instants. */
export function fourMeasures(table: RecordTable): readonly Measure[] {
  const { received, receivedAmount, open, overdue } = baseMeasures(table)
  const { dimensions: _, ...whole } = received
  return [whole, receivedAmount, open, overdue]
}

/** The four and eight more. */
export function twelveMeasures(table: RecordTable): readonly Measure[] {
  const { byService, settled, settledAmount, settledInTime, openAmount } = baseMeasures(table)
  return [...fourMeasures(table), settled, settledAmount, settledInTime, openAmount, ...byService.slice(0, 4)]
}
