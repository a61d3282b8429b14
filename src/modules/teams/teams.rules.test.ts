import { describe, expect, it } from 'vitest'
import { teamsMeasures } from './teams.measures.ts'
import {
  defaultTeamName,
  fitsLevel,
  holdsOn,
  levelOfUnitKind,
  overlaps,
  readName,
  readPhone,
  readZaloLink,
  refuseBeginning,
  refuseEnd,
  samePerson,
} from './teams.rules.ts'

describe('the level of a team follows from its unit', () => {
  const rows = [
    ['village', 'village'],
    ['residential_group', 'village'],
    ['township', 'commune'],
    ['ward', 'commune'],
    ['special_zone', 'commune'],
    ['district', 'district'],
    ['school', 'office'],
    ['province', null],
    ['country', null],
  ] as const
  it.each(rows)('%s: %s', (kind, level) => expect(levelOfUnitKind(kind)).toBe(level))
  it('every kind of unit with teams of communes or villages is counted in the coverage of its level', () => {
    for (const [name, level] of [
      ['teams.communes_with_team', 'commune'],
      ['teams.communes_with_zalo', 'commune'],
      ['teams.villages_with_team', 'village'],
    ]) {
      const measure = teamsMeasures.find((one) => one.name === name)
      const kinds = measure?.kind === 'coverage' ? [...measure.unitKinds] : []
      expect(kinds.map((kind) => levelOfUnitKind(kind))).toEqual(kinds.map(() => level))
      expect(rows.filter((row) => row[1] === level && !kinds.includes(row[0]))).toEqual([])
    }
  })
  it('clubs sit in agencies, everything else in areas', () => {
    expect(fitsLevel('digital_club', 'office')).toBe(true)
    expect(fitsLevel('community_team', 'office')).toBe(false)
    expect(fitsLevel('project06_group', 'village')).toBe(true)
    expect(fitsLevel('digital_club', 'village')).toBe(false)
  })
})

describe('the name of a team without a name', () => {
  const rows = [
    ['community_team', 'Thôn Nậm Cưởm', 'Tổ công nghệ số cộng đồng thôn Nậm Cưởm'],
    ['project06_group', 'Tổ dân phố số 3', 'Tổ công tác Đề án 06 tổ dân phố số 3'],
    ['digital_club', 'Bưu điện huyện', 'Câu lạc bộ chuyển đổi số Bưu điện huyện'],
  ] as const
  it.each(rows)('%s of %s', (kind, unit, name) => expect(defaultTeamName(kind, unit)).toBe(name))
})

describe('the day something began', () => {
  const rows = [
    ['today is taken', '2022-12-31', null],
    ['the day of forming is taken', '2022-05-10', null],
    ['tomorrow has not come', '2023-01-01', 'inFuture'],
    ['the day before forming is too early', '2022-05-09', 'beforeFormed'],
    ['the year 22 is a slip', '0022-05-10', 'tooEarly'],
  ] as const
  it.each(rows)('%s', (_, on, reason) => expect(refuseBeginning(on, '2022-12-31', '2022-05-10')).toBe(reason))
})

describe('the first day it is no longer so', () => {
  const rows = [
    ['the day it began is a mistake to remove, not an end', '2022-05-10', 'endNotAfterBeginning'],
    ['the day after it began', '2022-05-11', null],
    ['tomorrow, for who stays until tonight', '2023-01-01', null],
    ['the day after tomorrow is too far', '2023-01-02', 'endInFuture'],
  ] as const
  it.each(rows)('%s', (_, on, reason) => expect(refuseEnd(on, '2022-05-10', '2022-12-31')).toBe(reason))
})

describe('spells', () => {
  it('hold from their first day until, not on, their end', () => {
    const spell = { from: '2022-01-01', until: '2022-02-01' }
    expect([
      holdsOn(spell, '2022-01-01'),
      holdsOn(spell, '2022-01-31'),
      holdsOn(spell, '2022-02-01'),
    ]).toEqual([true, true, false])
  })
  it('that follow each other do not overlap', () => {
    expect(overlaps({ from: '2022-01-01', until: '2022-02-01' }, { from: '2022-02-01', until: null })).toBe(
      false,
    )
    expect(overlaps({ from: '2022-01-01', until: null }, { from: '2022-02-01', until: '2022-03-01' })).toBe(
      true,
    )
  })
})

describe('the same person', () => {
  const rows = [
    ['same name, same phone', ['vang a lu', '0912345678'], ['vang a lu', '0912345678'], true],
    ['same name, one phone missing', ['vang a lu', null], ['vang a lu', '0912345678'], true],
    ['same name, other phone', ['vang a lu', '0987654321'], ['vang a lu', '0912345678'], false],
    ['other name, same phone', ['vang a su', '0912345678'], ['vang a lu', '0912345678'], false],
  ] as const
  it.each(rows)('%s', (_, [nameA, phoneA], [nameB, phoneB], same) => {
    expect(samePerson({ name_folded: nameA, phone: phoneA }, { name_folded: nameB, phone: phoneB })).toBe(
      same,
    )
  })
})

describe('what people type', () => {
  it('names are composed, spaced and cased; digits are refused', () => {
    expect(readName('  VÀNG  A LỬ '.normalize('NFD'))?.fullName).toBe('Vàng A Lử')
    expect(readName('Lò Thị Hoa 2')).toBeNull()
    expect(readName(' - ')).toBeNull()
  })
  it('a phone may be missing but not wrong', () => {
    expect(readPhone(' ')).toEqual({ phone: null })
    expect(readPhone('84912345678')).toEqual({ phone: '0912345678' })
    expect(readPhone('12345')).toHaveProperty('refused')
  })
  const links = [
    ['https://zalo.me/g/abc', 'https://zalo.me/g/abc'],
    ['zalo.me/g/abc', 'https://zalo.me/g/abc'],
    ['https://chat.zalo.me/x', 'https://chat.zalo.me/x'],
    ['http://zalo.me/g/abc', null],
    ['https://notzalo.me/g', null],
    ['https://zalo.me@evil.vn/g', null],
    ['javascript:alert(1)//zalo.me', null],
  ] as const
  it.each(links)('the link %s', (typed, read) => expect(readZaloLink(typed)).toBe(read))
})
