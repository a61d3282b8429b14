import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseDay, parseNumber } from './day-entry.ts'
import { writeNumbersIn } from './exact.ts'
import * as formats from './formats.ts'
import { comparePeople, compareText, foldText } from './name-order.ts'

describe('a percentage', () => {
  const rows = [
    ['is cut, not rounded', 142n, 178n, '79,77 %'],
    ['of 199 villages of 213', 199n, 213n, '93,42 %'],
    ['drops trailing zeros', 7n, 8n, '87,5 %'],
    ['of all is 100', 24n, 24n, '100 %'],
    ['just short of all is not 100', 999_999n, 1_000_000n, '99,99 %'],
    ['may pass 100', 1_147n, 1_000n, '114,7 %'],
    ['above 100 is cut too', 1_796n, 1_566n, '114,68 %'],
    ['of none is 0', 0n, 213n, '0 %'],
    ['of nothing is a dash', 0n, 0n, '–'],
    ['takes decimals as text', '62.6', '100', '62,6 %'],
    ['below zero is cut towards zero', -1n, 3n, '-33,33 %'],
  ] as const
  it.each(rows)('%s', (_, part, whole, shown) => {
    expect(formats.percentText(part, whole)).toBe(shown)
  })
  it('never shows more than the fraction', () => {
    fc.assert(
      fc.property(fc.bigInt(0n, 10n ** 12n), fc.bigInt(1n, 10n ** 12n), (part, whole) => {
        const digits = formats.percentText(part, whole).replace(' %', '').replaceAll('.', '')
        const [units = '', decimals = ''] = digits.split(',')
        const hundredths = BigInt(units + decimals.padEnd(2, '0'))
        expect(hundredths * whole <= part * 10_000n).toBe(true)
        expect((hundredths + 1n) * whole > part * 10_000n).toBe(true)
      }),
    )
  })
})

describe('a number', () => {
  const rows = [
    [1_234_567.8, '1.234.567,8'],
    [0, '0'],
    [-0.004, '-0,004'],
    [999, '999'],
    [1000n, '1.000'],
    ['12345678901234567890.10', '12.345.678.901.234.567.890,1'],
    [1e21, '1.000.000.000.000.000.000.000'],
    [1e-7, '0,0000001'],
  ] as const
  it.each(rows)('%s is written %s', (value, shown) => {
    expect(formats.numberText(value)).toBe(shown)
  })
  it('is cut to the decimals asked for', () => {
    expect(formats.numberText('5.439', 2)).toBe('5,43')
    expect(formats.numberText('-0.001', 2)).toBe('0')
    expect(formats.quotientText(1157n, 213n)).toBe('5,43')
  })
  it('refuses what is no number', () => {
    expect(() => formats.numberText('5,4')).toThrow(RangeError)
    expect(() => formats.numberText(Number.NaN)).toThrow(RangeError)
  })
})

describe('money', () => {
  it('is written in full and in short', () => {
    expect(formats.moneyText(62_600_000n)).toBe('62.600.000 đồng')
    expect(formats.moneyShortText(62_600_000n)).toBe('62,6 triệu đồng')
    expect(formats.moneyShortText(1_256_900_000n)).toBe('1,25 tỷ đồng')
    expect(formats.moneyShortText(450_000)).toBe('450.000 đồng')
    expect(formats.moneyShortText(62_600_000n, 'en')).toBe('62,6 million dong')
  })
})

describe('a day', () => {
  it('is written without leading zeros', () => {
    expect(formats.dayText('2022-08-30')).toBe('30/8/2022')
    expect(formats.dayMonthText('2022-01-05')).toBe('5/1')
    expect(formats.monthText('2022-08')).toBe('tháng 8/2022')
    expect(formats.quarterText('2022-08-30')).toBe('quý III/2022')
    expect(formats.weekdayText('2022-08-30')).toBe('thứ Ba, 30/8/2022')
    expect(formats.weekdayText('2022-12-31', 'en')).toBe('Saturday, 31/12/2022')
  })
  it('of an instant is the day in Việt Nam', () => {
    expect(formats.instantText('2022-12-31T17:30:00Z')).toBe('00:30 1/1/2023')
    expect(formats.dayOf('2022-12-31T16:59:59Z')).toBe('2022-12-31')
    expect(formats.dayOf('2022-12-31T17:00:00Z')).toBe('2023-01-01')
  })
  const typed = [
    ['30/8/2022', '2022-08-30'],
    ['30-8-22', '2022-08-30'],
    ['30.08.2022', '2022-08-30'],
    [' 30 / 8 / 2022 ', '2022-08-30'],
    ['30 8 2022', '2022-08-30'],
    ['30082022', '2022-08-30'],
    ['300822', '2022-08-30'],
    ['2022-08-30', '2022-08-30'],
    ['29/2/2024', '2024-02-29'],
    ['1/1/68', '1968-01-01'],
    ['29/2/2022', null],
    ['31/4/2022', null],
    ['8/30/2022', null],
    ['30/8', null],
    ['30/8/202', null],
    ['hôm nay', null],
    ['', null],
  ] as const
  it.each(typed)('typed as «%s» is read as %s', (text, on) => {
    expect(parseDay(text)).toBe(on)
  })
})

describe('a typed number', () => {
  const rows = [
    ['1.234,5', 1234.5],
    ['1234,5', 1234.5],
    ['1.234', 1234],
    ['12.5', 12.5],
    ['1.234.567', 1_234_567],
    ['-3', -3],
    ['1 234', 1234],
    ['1,2,3', null],
    ['mười', null],
    ['', null],
  ] as const
  it.each(rows)('«%s» is read as %s', (text, value) => {
    expect(parseNumber(text)).toBe(value)
  })
})

describe('time gone by', () => {
  const now = '2022-12-31T10:00:00Z'
  const rows = [
    ['2022-12-31T09:59:40Z', 'vừa xong', 'just now'],
    ['2022-12-31T09:55:00Z', '5 phút trước', '5 minutes ago'],
    ['2022-12-31T08:59:00Z', '1 giờ trước', '1 hour ago'],
    ['2022-12-29T10:00:00Z', '2 ngày trước', '2 days ago'],
    ['2022-12-31T13:00:00Z', '3 giờ nữa', 'in 3 hours'],
    ['2022-12-01T10:00:00Z', '1/12/2022', '1/12/2022'],
  ] as const
  it.each(rows)('from %s is «%s»', (at, vi, en) => {
    expect(formats.relativeText(at, now)).toBe(vi)
    expect(formats.relativeText(at, now, 'en')).toBe(en)
  })
})

describe('names', () => {
  it('of people sort by given name, then family name', () => {
    const people = ['Lò Văn Ún', 'Hoàng Thị Anh', 'Đặng Văn Ấn', 'Bàn Văn Anh']
    expect(people.toSorted(comparePeople)).toEqual([
      'Bàn Văn Anh',
      'Hoàng Thị Anh',
      'Đặng Văn Ấn',
      'Lò Văn Ún',
    ])
  })
  it('of places sort with numbers by size', () => {
    expect(['Thôn 10', 'Thôn 2', 'Bản Đao'].toSorted(compareText)).toEqual(['Bản Đao', 'Thôn 2', 'Thôn 10'])
  })
  it('are found without marks', () => {
    expect(foldText('Nậm Búng')).toBe('nam bung')
    expect(foldText('Tổ dân phố Đồn Đèn')).toBe('to dan pho don den')
  })
})

describe('the size of a file', () => {
  it('is written in the unit people know', () => {
    expect(formats.fileSizeText(0)).toBe('0 byte')
    expect(formats.fileSizeText(999)).toBe('999 byte')
    expect(formats.fileSizeText(1_536_000)).toBe('1,53 MB')
    expect(formats.fileSizeText(10_000_000)).toBe('10 MB')
  })
})

describe('on English pages', () => {
  it('numbers are written and read as in English', () => {
    writeNumbersIn('en')
    try {
      expect(formats.numberText(1_234_567.8)).toBe('1,234,567.8')
      expect(formats.percentText(142n, 178n)).toBe('79.77%')
      expect(formats.quotientText(1157n, 213n)).toBe('5.43')
      expect(['1,250', '62.5', '1,234.5'].map(parseNumber)).toEqual([1250, 62.5, 1234.5])
    } finally {
      writeNumbersIn('vi')
    }
    expect(parseNumber(formats.numberText(1250))).toBe(1250)
  })
})

it('numbers of a sentence in both languages are written in the one that is asked for', () => {
  expect([
    formats.numberText('1234.5', undefined, 'en'),
    formats.numberText('1234.5', undefined, 'vi'),
  ]).toEqual(['1,234.5', '1.234,5'])
  expect([formats.percentText(142, 178, 2, 'en'), formats.percentText(142, 178, 2, 'vi')]).toEqual([
    '79.77%',
    '79,77 %',
  ])
})
