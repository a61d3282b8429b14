import { type MeasureAnswer, MeasureList } from '../../platform/measures/contract.ts'
import { useRead } from '../read.ts'

/** Every declared measure in words. They change with the program only, so all parts of a page share one answer. */
export function useMeasureList() {
  return useRead('measure-list', '/api/measures', MeasureList)
}

/** What a measure counts, in words; undefined while it loads, or where there is none of that name. */
export function useMeasure(name: string): MeasureAnswer | undefined {
  return useMeasureList().data?.measures.find((measure) => measure.name === name)
}
