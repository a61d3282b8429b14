/**
 * A module that the benchmark adds to the product: records by the million, and how they are counted.
 * Tables: bench.record_large, record_small, record_uncounted, record_four, record_twelve.
 * Calls: nothing.
 */
import type { Part } from '../../src/platform/part.ts'
import { fourMeasures, overviewMeasures, recordTable, twelveMeasures } from './measures.ts'

const tables = ['large', 'small', 'uncounted', 'four', 'twelve'] as const
const counted = ['large', 'small', 'four', 'twelve'] as const

/** The module as it is; `changed` declares something else over the same tables. */
export function countedModule(changed: Partial<Part> = {}): Part {
  return {
    name: 'bench',
    title: { vi: 'Đo tốc độ', en: 'Benchmark' },
    folder: import.meta.dirname,
    capabilities: [
      {
        name: 'bench.view',
        title: { vi: 'Xem hồ sơ đo', en: 'View records' },
        roles: ['leader', 'commune_officer'],
      },
      {
        name: 'bench.change',
        title: { vi: 'Ghi hồ sơ đo', en: 'Write records' },
        roles: ['commune_officer'],
      },
    ],
    scope: tables.map((name) => ({
      table: `bench.record_${name}`,
      unit: 'unit_id',
      view: 'bench.view',
      change: 'bench.change',
    })),
    counted: counted.map(recordTable),
    measures: [
      ...overviewMeasures('large'),
      ...overviewMeasures('small'),
      ...fourMeasures('four'),
      ...twelveMeasures('twelve'),
    ],
    ...changed,
  }
}
