import { describe, expect, it } from 'vitest'
import { parseCell } from './cell.parse.ts'
import { dayOfSerial, serialOfDay } from './excel-day.ts'
import { defineColumns, type SheetCell } from './index.ts'

const text = (typed: string): SheetCell => ({ kind: 'text', text: typed })
const number = (value: number): SheetCell => ({
  kind: 'number',
  number: value,
  format: 'General',
  text: String(value),
})
const dayColumn = { key: 'on', header: 'Ngày', kind: 'day' } as const

describe('a day', () => {
  const read = [
    ['30/8/2022', '2022-08-30'],
    ['30/08/2022', '2022-08-30'],
    ['30-08-2022', '2022-08-30'],
    ['30.8.2022', '2022-08-30'],
    ['30 / 8 / 2022', '2022-08-30'],
    ['\u00a030/8/2022 ', '2022-08-30'],
    ['2022-08-30', '2022-08-30'],
    ['2022/8/30', '2022-08-30'],
    ['2022-08-30T00:00:00Z', '2022-08-30'],
    ['30/8/2022 00:00:00', '2022-08-30'],
    ['ngày 30 tháng 8 năm 2022', '2022-08-30'],
    ['5/6/2022', '2022-06-05'],
    ['29/2/2024', '2024-02-29'],
  ] as const
  it.each(read)('%s is read as %s', (typed, value) => {
    expect(parseCell(dayColumn, text(typed))).toEqual({ ok: true, value })
  })

  const refused = [
    ['8/2022', 'day_month_only'],
    ['tháng 8 năm 2022', 'day_month_only'],
    ['2022', 'day_year_only'],
    ['30/8/22', 'day_short_year'],
    ['8/30/2022', 'day_month_first'],
    ['13/30/2022', 'day_impossible'],
    ['31/4/2022', 'day_impossible'],
    ['29/2/2022', 'day_impossible'],
    ['30/8/0202', 'day_out_of_range'],
    ['44803', 'day_serial'],
    ['cuối tháng 8', 'day_unreadable'],
  ] as const
  it.each(refused)('%s is refused (%s)', (typed, code) => {
    expect(parseCell(dayColumn, text(typed))).toMatchObject({ ok: false, code })
  })

  it('that is refused is answered with what was probably meant', () => {
    expect(parseCell(dayColumn, text('8/30/2022'))).toMatchObject({
      message: expect.stringContaining('30/8/2022'),
    })
    expect(parseCell(dayColumn, text('30/8/22'))).toMatchObject({
      message: expect.stringContaining('30/8/2022'),
    })
    expect(parseCell(dayColumn, number(44803))).toMatchObject({
      message: expect.stringContaining('30/08/2022'),
    })
  })

  it('goes to an Excel serial and back', () => {
    for (const on of ['1900-01-01', '1900-02-28', '1900-03-01', '1969-12-31', '2022-08-30', '2100-12-31']) {
      expect(dayOfSerial(serialOfDay(on))).toBe(on)
    }
    expect(serialOfDay('2022-08-30')).toBe(44803)
    expect(dayOfSerial(60)).toBeUndefined()
  })
})

describe('a number', () => {
  const rows = [
    ['1250', 1250],
    ['1.250', 1250],
    ['1.234.567,89', 1234567.89],
    ['12,5', 12.5],
    ['12.5', 'number_unreadable'],
    ['khoảng 12', 'number_unreadable'],
  ] as const
  it.each(rows)('%s gives %s', (typed, expected) => {
    const reading = parseCell({ key: 'n', header: 'Số', kind: 'number' }, text(typed))
    expect(reading.ok ? reading.value : reading.code).toBe(expected)
  })
})

describe('a cell', () => {
  it('that is required and empty is refused', () => {
    const column = { key: 'n', header: 'Họ tên', kind: 'name', required: true } as const
    expect(parseCell(column, undefined)).toMatchObject({
      code: 'required',
      message: 'Chưa ghi «Họ tên». Hãy điền vào ô này.',
    })
    expect(parseCell(column, text(' \u00a0'))).toMatchObject({ code: 'required' })
    expect(parseCell(column, text('-'))).toMatchObject({ code: 'required' })
  })
  it('with a failed formula is refused', () => {
    const cell: SheetCell = { kind: 'error', text: '#REF!' }
    expect(parseCell({ key: 'n', header: 'Họ tên', kind: 'name' }, cell)).toMatchObject({
      code: 'formula_error',
    })
  })
  it('that Excel turned into a day is refused', () => {
    const cell: SheetCell = {
      kind: 'day',
      on: '2022-02-01',
      monthOnly: false,
      serial: 44593,
      format: 'd/m',
      text: '01/02/2022',
    }
    expect(parseCell({ key: 'v', header: 'Thôn', kind: 'unit' }, cell)).toMatchObject({ code: 'became_day' })
  })
  it('with a phone number beside the name is refused', () => {
    const column = { key: 'n', header: 'Họ tên', kind: 'name' } as const
    expect(parseCell(column, text('Lò Thị Nga 0912345678'))).toMatchObject({ code: 'name_has_digits' })
  })
})

describe('declaring columns', () => {
  it('refuses two columns that a header cannot tell apart', () => {
    const declare = () =>
      defineColumns([
        { key: 'a', header: 'Họ và tên', kind: 'name' },
        { key: 'b', header: 'HỌ TÊN', kind: 'text' },
      ])
    expect(declare).toThrow('share the header')
  })
})
