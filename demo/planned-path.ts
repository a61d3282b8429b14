import type { DemoPathPoint } from './programme-types.ts'

const monthEnds = [
  '2022-03-31',
  '2022-04-30',
  '2022-05-31',
  '2022-06-30',
  '2022-07-31',
  '2022-08-31',
  '2022-09-30',
  '2022-10-31',
  '2022-11-30',
  '2022-12-31',
] as const

/** Planned values for the ends of March to December 2022: ten values, in order. */
export type PlannedValues = readonly [
  number,
  number,
  number,
  number,
  number,
  number,
  number,
  number,
  number,
  number,
]

/** The path of the planned values; months that plan nothing yet (0) at its beginning are left out. */
export function plannedPath(values: PlannedValues): DemoPathPoint[] {
  const points = monthEnds.map((dueOn, month) => ({ dueOn, value: values[month] ?? 0 }))
  return points.slice(points.findIndex((point) => point.value > 0))
}
