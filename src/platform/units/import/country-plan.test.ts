import { describe, expect, test } from 'vitest'
import { planCountry } from './country-plan.ts'
import { readLists } from './lists.read.ts'
import { nationalLists, nationalListsAtHand } from './national-lists.fixtures.ts'
import { sampleFiles } from './sample-lists.fixtures.ts'

const counted = (keys: readonly string[]) =>
  Object.fromEntries([...Map.groupBy(keys, (key) => key)].map(([key, all]) => [key, all.length]))

describe('where the communes of a list went', () => {
  const plan = planCountry(readLists(sampleFiles()))
  const links = new Map(plan.links.map((link) => [link.fromCode, link]))
  const short = (code: string) => {
    const link = links.get(code)
    return link && [link.toCodes.join(' + '), link.isWhole ? 'whole' : 'parts', link.certainty, link.reason]
  }

  test.each([
    ['a name that no other has', '91004', ['91001', 'whole', 'certain', 'only_name']],
    ['a short form in one list', '91007', ['91001', 'whole', 'certain', 'only_name']],
    [
      'a name of two districts, told apart by the text',
      '91010',
      ['91001', 'whole', 'certain', 'district_named'],
    ],
    [
      'the other of that name, in another tone placement',
      '91016',
      ['91013', 'whole', 'certain', 'district_named'],
    ],
    ['what remained: both halves are kept', '91019', ['91013 + 91019', 'parts', 'certain', 'only_name']],
    ['another spelling', '91022', ['91019', 'whole', 'assumed', 'spelling']],
    ['one that no text names', '91025', ['', 'parts', 'open', 'not_named']],
  ])('%s', (_fact, code, expected) => {
    expect(short(code)).toEqual(expected)
  })

  test('what nothing was merged with goes on below its new province', () => {
    expect([...plan.continues]).toEqual([['91028', '91028']])
    expect(plan.goesOn.get('before:commune:91028')).toBe('since:commune:91028')
  })

  test('a province that kept code and name goes on; the others went into the new one', () => {
    expect(plan.goesOn.get('before:province:93')).toBe('since:province:93')
    expect([...plan.provinceLinks]).toEqual([
      ['before:province:91', 'since:province:91'],
      ['before:province:92', 'since:province:91'],
    ])
  })

  test('kinds follow from the names, each at its level', () => {
    const kinds = new Map(plan.units.map((unit) => [unit.key, unit.kind]))
    const of = (key: string) => kinds.get(key)
    expect([of('before:province:93'), of('before:district:921'), of('before:district:912')]).toEqual([
      'municipality',
      'provincial_city',
      'town',
    ])
    expect([of('before:district:931'), of('before:commune:91007'), of('since:commune:93010')]).toEqual([
      'urban_district',
      'township',
      'special_zone',
    ])
  })

  test('words that name no commune are reported', () => {
    expect(plan.unmatched).toEqual([
      { toCode: '91019', words: 'Trường bắn số 1' },
      { toCode: '93010', words: 'Huyện Đảo' },
    ])
  })
})

describe.runIf(nationalListsAtHand)('the lists of the whole country', () => {
  const lists = nationalListsAtHand ? readLists(nationalLists()) : { before: [], since: [], known: [] }
  const plan = planCountry(lists)
  const links = new Map(plan.links.map((link) => [link.fromCode, link]))
  const namesTo = (code: string) =>
    links.get(code)?.toCodes.map((to) => lists.since.find((one) => one.code === to)?.name)
  const units = (list: string, level: string) =>
    plan.units.filter((unit) => unit.list === list && unit.level === level)

  test('hold 63 provinces and 10,035 communes before, 34 and 3,321 since', () => {
    expect(units('before', 'province')).toHaveLength(63)
    expect(units('before', 'commune')).toHaveLength(10_035)
    expect(units('since', 'province')).toHaveLength(34)
    expect(counted(units('since', 'commune').map((unit) => unit.kind))).toEqual({
      commune: 2621,
      ward: 687,
      special_zone: 13,
    })
    expect(counted(units('since', 'province').map((unit) => unit.kind))).toEqual({
      province: 28,
      municipality: 6,
    })
  })

  test('every old province went into one new one; eleven go on', () => {
    expect(plan.provinces.size).toBe(63)
    expect(new Set(plan.provinces.values()).size).toBe(34)
    expect(['15', '10', '26', '17', '25'].map((code) => plan.provinces.get(code))).toEqual([
      '15',
      '15',
      '25',
      '25',
      '25',
    ])
    expect([...plan.goesOn.keys()].filter((key) => key.startsWith('before:province'))).toHaveLength(11)
  })

  test('every old commune goes on, or went whole to one or in parts to several, or waits for a person', () => {
    expect(plan.links.length + plan.continues.size).toBe(10_035)
    for (const { toCodes, isWhole, certainty } of plan.links) {
      if (toCodes.length === 0) expect(certainty).toBe('open')
      else expect(isWhole).toBe(toCodes.length === 1)
    }
    const certain = plan.links.filter((link) => link.certainty === 'certain').length + plan.continues.size
    expect(certain).toBeGreaterThanOrEqual(9_980)
    expect(plan.links.filter((link) => link.certainty === 'open').length).toBeLessThanOrEqual(6)
  })

  test('the links of the four districts agree with what is worked out without them', () => {
    const alone = planCountry({ ...lists, known: [] })
    const worked = new Map(alone.links.map((link) => [link.fromCode, link.toCodes]))
    for (const { oldCode, newCode } of lists.known)
      expect([...(worked.get(oldCode) ?? []), alone.continues.get(oldCode)], oldCode).toContain(newCode)
  })

  test.each([
    ['Tú Lệ', '04630', 'Xã Tú Lệ'],
    ['Sơn Thịnh', '04672', 'Xã Văn Chấn'],
    ['Đồng Khê', '04690', 'Xã Văn Chấn'],
    ['Đại Lịch', '04687', 'Xã Chấn Thịnh'],
    ['Tân Thịnh', '04696', 'Xã Chấn Thịnh'],
    ['Nậm Búng', '04633', 'Xã Gia Hội'],
    ['Mậu A', '04375', 'Xã Mậu A'],
    ['Châu Quế Hạ', '04387', 'Xã Châu Quế'],
    ['Nguyệt Đức', '09052', 'Xã Nguyệt Đức'],
    ['Yên Lạc', '09025', 'Xã Yên Lạc'],
    ['Hướng Đạo', '08881', 'Xã Tam Dương'],
  ])('%s went where it is said to have gone', (bare, code, name) => {
    expect(lists.before.find((one) => one.code === code)?.name).toContain(bare)
    expect(namesTo(code)).toEqual([name])
  })

  test('the 24 communes of Văn Chấn are in 11 new ones', () => {
    const old = lists.before.filter((one) => one.provinceCode === '15' && one.district === 'Huyện Văn Chấn')
    expect(old).toHaveLength(24)
    const to = old.flatMap((one) =>
      [...(links.get(one.code)?.toCodes ?? []), plan.continues.get(one.code) ?? []].flat(),
    )
    expect(new Set(to).size).toBe(11)
  })

  test('a code that names another unit since is two units', () => {
    const name = (list: string, code: string) =>
      plan.units.find((one) => one.list === list && one.code === code)?.name
    expect([name('before', '04429'), name('since', '04429')]).toEqual(['Xã Đại Sơn', 'Xã Tân Hợp'])
    expect(namesTo('04414')).toEqual(['Xã Tân Hợp'])
    const reused = lists.since.filter((one) => {
      const old = lists.before.find((other) => other.code === one.code)
      return old && old.name !== one.name && !plan.continues.has(one.code)
    })
    expect(reused.length).toBeGreaterThan(1_800)
  })
})
