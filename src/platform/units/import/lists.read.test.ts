import { describe, expect, test } from 'vitest'
import { readLists } from './lists.read.ts'
import { sampleFiles } from './sample-lists.fixtures.ts'

describe('the files of an import', () => {
  test('are known by their columns, in any order, and codes stay strings', () => {
    for (const files of [sampleFiles(), sampleFiles().toReversed()]) {
      const lists = readLists(files)
      expect([lists.before.length, lists.since.length, lists.known.length]).toEqual([14, 7, 0])
      expect(lists.before[0]).toEqual({
        provinceCode: '91',
        province: 'Tỉnh Bắc Thử',
        districtCode: '911',
        district: 'Huyện An',
        code: '91001',
        name: 'Xã An Một',
      })
    }
  })

  test('may have Vietnamese headers, further columns and decomposed letters', () => {
    const files = sampleFiles({
      before: (text) =>
        text
          .replace(
            'province_code,province,district_code,district,ward_code,ward',
            'Mã TP,Tỉnh,Mã QH,Huyện,Mã PX,Xã,Cấp',
          )
          .normalize('NFD'),
    })
    expect(readLists(files).before[3]?.name).toBe('Xã Hòa Sơn')
  })

  const refusal = (...args: Parameters<typeof sampleFiles>) => {
    try {
      readLists(sampleFiles(...args))
      return 'read'
    } catch (error) {
      return error instanceof Error ? error.message : String(error)
    }
  }

  test.each([
    [
      'is no such list',
      { before: () => 'a,b\n1,2\n' },
      /^Tệp cu\.csv không phải danh mục đơn vị: dòng 1 .*district_code/s,
    ],
    [
      'is empty below its header',
      { before: (text: string) => text.split('\n')[0] ?? '' },
      /cu\.csv không có dòng dữ liệu/,
    ],
    [
      'has an empty cell',
      { since: (text: string) => text.replace('Không sáp nhập', '') },
      /moi-2025-07-01\.csv, dòng 5, cột «formed_from»: ô trống/,
    ],
    [
      'has lost a leading zero',
      { before: (text: string) => text.replace('911,Huyện An,91001', '911,Huyện An,9') },
      /cu\.csv, dòng 2, cột «ward_code»: «9» không phải mã/,
    ],
    [
      'gives one code twice',
      { before: (text: string) => text.replace('91004', '91001') },
      /cu\.csv, dòng 3, cột «ward_code»: mã 91001 đã là của «Xã An Một» ở dòng 2/,
    ],
    [
      'calls one district two names',
      { before: (text: string) => text.replace('Huyện An,91004', 'Huyện Ân,91004') },
      /dòng 3, cột «district_code»: mã 911 đã là của «Huyện An»/,
    ],
    [
      'has a name without its kind',
      { since: (text: string) => text.replace('Xã Bình Một,91', 'Bình Một,91') },
      /dòng 3, cột «ward»: «Bình Một» không bắt đầu bằng loại/,
    ],
  ])('are refused in words where one %s', (_fact, change, words) => {
    expect(refusal(change)).toMatch(words)
  })

  test('are refused where one is missing or given twice', () => {
    const [since, before] = sampleFiles()
    if (!since || !before) throw new Error('two files')
    expect(() => readLists([since])).toThrow(/Thiếu danh mục ba cấp/)
    expect(() => readLists([since, before, { ...before, name: 'cu-2.csv' }])).toThrow(
      /Tệp cu\.csv và tệp cu-2\.csv đều là danh mục ba cấp/,
    )
  })
})
