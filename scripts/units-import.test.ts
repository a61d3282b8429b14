import { describe, expect, test } from 'vitest'
import { readOrder } from './units-import.words.ts'

describe('what the operator asks for', () => {
  test.each([
    [
      'the day stands in the name of a file',
      ['a/cu.csv', 'b/moi-2025-07-01.csv'],
      '2020-01-01',
      '2025-07-01',
    ],
    ['the day is given', ['2025-07-01', 'cu.csv', 'moi.csv'], '2020-01-01', '2025-07-01'],
    [
      'both days are given, in any order',
      ['2025-07-01', 'cu.csv', 'moi.csv', '2024-12-01'],
      '2024-12-01',
      '2025-07-01',
    ],
  ])('%s', (_fact, args, since, day) => {
    const order = readOrder(args)
    expect([order.since, order.day, order.files.length]).toEqual([since, day, 2])
    expect(order.legalBasis).toBe('QĐ 19/2025/QĐ-TTg')
  })

  test.each([
    ['no file', ['2025-07-01'], /tên các tệp danh mục/],
    ['no day anywhere', ['cu.csv', 'moi.csv'], /có hiệu lực từ ngày nào/],
    ['two days in the names', ['cu-2020-01-01.csv', 'moi-2025-07-01.csv'], /có hiệu lực từ ngày nào/],
    ['a day that does not exist', ['2025-06-31', 'cu.csv'], /Không có ngày 2025-06-31/],
    ['an old list that begins with the change', ['2025-07-01', '2025-07-01', 'cu.csv'], /phải bắt đầu trước/],
  ])('is refused in words: %s', (_fact, args, words) => {
    expect(() => readOrder(args)).toThrow(words)
  })
})
