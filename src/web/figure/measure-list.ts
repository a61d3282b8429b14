import { type MeasureAnswer, MeasureList } from '../../platform/measures/contract.ts'
import { useRead } from '../read.ts'

/** What a measure counts, in words; undefined while it loads. Every figure on a page shares one answer. */
export function useMeasure(name: string): MeasureAnswer | undefined {
  const { data } = useRead('measure-list', '/api/measures', MeasureList)
  return data?.measures.find((measure) => measure.name === name)
}
