import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fraction } from '../../platform/measures/fraction.ts'
import { counted, shared, usual } from './programme.fixtures.ts'
import { judge } from './programme.reason.ts'
import type { Case } from './programme.rules.ts'

describe('the reason', () => {
  const lastDay = '2022-12-31'
  const rows = [
    [
      { percent: true, figure: shared('142', '178'), asOf: lastDay },
      '142/178 cơ sở, bằng 79,77 %; kế hoạch 70 %, vượt 9,77 điểm phần trăm.',
      '142/178 producers, which is 79.77%; plan 70%, exceeded by 9.77 percentage points.',
    ],
    [
      { percent: true, endValue: '87.5', path: [], figure: shared('42', '48'), asOf: lastDay },
      '42/48 cơ sở, bằng 87,5 %; kế hoạch 87,5 %.',
      '42/48 producers, which is 87.5%; plan 87.5%.',
    ],
    [
      { percent: true, figure: shared('50', '178') },
      '50/178 cơ sở, bằng 28,08 %; kế hoạch đến 30/8/2022 là 30 %, còn thiếu 4 cơ sở; hết kỳ 70 %.',
      '50/178 producers, which is 28.08%; plan for 30/8/2022 is 30%, 4 producers short; in the end 70%.',
    ],
    [
      { endValue: '1100', path: [], figure: counted('1057'), asOf: lastDay },
      '1.057 cơ sở; kế hoạch 1.100, còn thiếu 43 cơ sở. Kỳ thực hiện hết ngày 31/12/2022.',
      '1,057 producers; plan 1,100, 43 producers short. The period ended on 31/12/2022.',
    ],
    [
      { figure: counted('40') },
      '40 cơ sở; kế hoạch đến 30/8/2022 là 30, hết kỳ 70.',
      '40 producers; plan for 30/8/2022 is 30, in the end 70.',
    ],
    [
      { direction: 'at_most', figure: counted('72'), asOf: lastDay },
      '72 cơ sở; cho phép nhiều nhất 70, nhiều hơn 2 cơ sở. Kỳ thực hiện hết ngày 31/12/2022.',
      '72 producers; at most 70, 2 producers too many. The period ended on 31/12/2022.',
    ],
    [
      { endValue: '5', path: [], figure: shared('1157', '213'), asOf: lastDay },
      '1.157/213, bình quân 5,43 cơ sở; kế hoạch 5, vượt 0,43.',
      '1,157/213, on average 5.43 producers; plan 5, exceeded by 0.43.',
    ],
  ] as const satisfies readonly (readonly [Partial<Case>, string, string])[]

  it.each(rows)('%#: %o', (change, vi, en) => {
    expect(judge({ ...usual, ...change }).reason).toEqual({ vi, en })
  })

  it('never prints two unlike numbers alike', () => {
    const short = judge({
      ...usual,
      percent: true,
      endValue: '66.67',
      path: [],
      figure: shared('2', '3'),
      asOf: '2022-12-31',
    })
    expect(short.reason.vi).toContain('bằng 66,66 %; kế hoạch 66,67 %')
    const shorter = judge({
      ...usual,
      endValue: '1000.001',
      path: [],
      figure: counted('1000'),
      asOf: '2022-12-31',
    })
    expect(shorter.reason.vi).toContain('1.000 cơ sở; kế hoạch 1.000,001')
  })

  it('says what to do where nothing is captured', () => {
    expect(judge({ ...usual, figure: null }).reason.vi).toContain('hãy sửa chỉ tiêu và chọn chỉ số')
    const empty = { value: null, numerator: null, denominator: null }
    expect(judge({ ...usual, figure: empty }).reason.vi).toContain('Hãy nhập bản ghi đầu tiên')
    expect(judge({ ...usual, figure: empty, asOf: '2021-12-31' }).reason.vi).toContain(
      'bắt đầu từ ngày 1/1/2022',
    )
    const divided = { value: null, numerator: '5', denominator: null }
    expect(judge({ ...usual, figure: divided }).reason.vi).toContain('cả hai phần')
  })
})

describe('judging', () => {
  const path = fc.uniqueArray(fc.integer({ min: 1, max: 364 }), { maxLength: 8 }).chain((days) =>
    fc
      .array(fc.integer({ min: 0, max: 1000 }), { minLength: days.length, maxLength: days.length })
      .map((values) =>
        days
          .toSorted((a, b) => a - b)
          .map((day, at) => ({
            dueOn: new Date(Date.UTC(2022, 0, day)).toISOString().slice(0, 10),
            value: String(values[at]),
          })),
      ),
  )
  const anyDay = fc
    .integer({ min: -40, max: 420 })
    .map((day) => new Date(Date.UTC(2022, 0, 1 + day)).toISOString().slice(0, 10))
  const rank = { not_captured: -1, not_met: 0, late: 0, on_course: 1, met: 2, exceeded: 3 } as const

  it('never grows worse when an "at least" figure grows', () => {
    fc.assert(
      fc.property(path, anyDay, fc.nat(1500), fc.nat(1500), fc.nat(1000), (steps, asOf, a, b, end) => {
        const at = (value: number) =>
          rank[
            judge({ ...usual, path: steps, endValue: String(end), asOf, figure: counted(String(value)) })
              .status
          ]
        expect(at(Math.max(a, b))).toBeGreaterThanOrEqual(at(Math.min(a, b)))
      }),
    )
  })

  it('prints a percentage that is never above the true one and never contradicts the status', () => {
    fc.assert(
      fc.property(
        fc.bigInt(0n, 5000n),
        fc.bigInt(1n, 4000n),
        fc.integer({ min: 0, max: 20_000 }),
        (part, all, end) => {
          const endValue = `${Math.floor(end / 100)}.${String(end % 100).padStart(2, '0')}`
          const verdict = judge({
            ...usual,
            percent: true,
            path: [],
            endValue,
            asOf: '2022-12-31',
            figure: shared(String(part), String(all)),
          })
          const [, actual = '', plan = ''] =
            /bằng ([\d.,]+) %; kế hoạch ([\d.,]+) %/.exec(verdict.reason.vi) ?? []
          const read = (text: string) => fraction(text.replaceAll('.', '').replace(',', '.'))
          const printed = read(actual)
          const planned = read(plan)
          expect(printed.n * all <= part * 100n * printed.d).toBe(true)
          const difference = printed.n * planned.d - planned.n * printed.d
          const expected = { exceeded: difference > 0n, met: difference === 0n, not_met: difference < 0n }
          expect(expected[verdict.status as keyof typeof expected]).toBe(true)
        },
      ),
    )
  })
})
