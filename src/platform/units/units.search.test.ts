import { describe, expect, test } from 'vitest'
import { fold } from '../text/index.ts'
import { bareName, type Place, placeMatcher, searchForms, searchText, shortName } from './units.search.ts'

describe('the forms of a unit name', () => {
  test.each([
    ['Thị trấn Sơn Thịnh', 'tt son thinh', 'son thinh'],
    ['Ủy ban nhân dân huyện Văn Chấn', 'ubnd h van chan', 'ui ban nhan dan huien van chan'],
    ['Thị trấn Nông trường Liên Sơn', 'tt nt lien son', 'nong truong lien son'],
    ['Tổ dân phố số 03', 'tdp 3', '3'],
    ['Thôn 1', 'thon 1', '1'],
    ['Xã Nậm Búng', 'x nam bung', 'nam bung'],
  ])('%s', (name, short, bare) => {
    expect(shortName(fold(name))).toBe(short)
    expect(bareName(fold(name))).toBe(bare)
  })

  const finds = (typed: string, name: string, code = '04672') =>
    searchForms(typed).some((form) => searchText(name, code).includes(form))

  test.each([
    ['tt son thinh', 'Thị trấn Sơn Thịnh'],
    ['TT. Sơn Thịnh', 'Thị trấn Sơn Thịnh'],
    ['thi tr', 'Thị trấn Sơn Thịnh'],
    ['sonthinh', 'Thị trấn Sơn Thịnh'],
    ['ttsonthinh', 'Thị trấn Sơn Thịnh'],
    ['ubnd huyen van chan', 'Ủy ban nhân dân huyện Văn Chấn'],
    ['UBND H. Văn Chấn', 'Ủy ban nhân dân huyện Văn Chấn'],
    ['uỷ ban nhân dân', 'Ủy ban nhân dân huyện Văn Chấn'],
    ['xa nam bung', 'Xã Nậm Búng'],
    ['X. Nậm Búng', 'Xã Nậm Búng'],
    ['H. Văn Chấn', 'Huyện Văn Chấn'],
    ['thôn hoà bình', 'Thôn Hòa Bình'],
    ['mi lung', 'Thôn Mỹ Lung'],
    ['văn phòng hđnd ubnd', 'Văn phòng Hội đồng nhân dân và Ủy ban nhân dân huyện'],
    ['tdp 3', 'Tổ dân phố số 3'],
    ['04672', 'Thị trấn Sơn Thịnh'],
  ])('«%s» finds «%s»', (typed, name) => {
    expect(finds(typed, name)).toBe(true)
  })

  test('does not find what it does not name', () => {
    expect(finds('tu le', 'Thị trấn Sơn Thịnh')).toBe(false)
    expect(searchForms('  ')).toEqual([])
  })
})

describe('the unit meant by a name in a sheet', () => {
  const names = [
    'Bản Tủ',
    'Bản Tú',
    'Thôn Nậm Pươi',
    'Thôn 1',
    'Tổ dân phố 1',
    'Tổ dân phố số 2',
    'Bản Hòa Bình',
    'Thôn Trung Tâm',
  ]
  const places: Place[] = names.map((name, at) => ({
    id: String(at),
    code: `04633.${at}`,
    name,
    kind: 'village',
    parentName: 'Xã Nậm Búng',
  }))
  const match = placeMatcher(places)

  test.each([
    ['exactly as it is written', 'Thôn Nậm Pươi', 'Thôn Nậm Pươi'],
    ['in capitals', 'THÔN NẬM PƯƠI', 'Thôn Nậm Pươi'],
    ['without accents', 'thon nam puoi', 'Thôn Nậm Pươi'],
    ['without the word for its kind', 'Nậm Pươi', 'Thôn Nậm Pươi'],
    ['with another word for its kind', 'bản Nậm Pươi', 'Thôn Nậm Pươi'],
    ['with the tone on the other vowel', 'Bản Hoà Bình', 'Bản Hòa Bình'],
    ['decomposed', 'Thôn Nậm Pươi'.normalize('NFD'), 'Thôn Nậm Pươi'],
    ['with spaces too many', '  Thôn   Nậm  Pươi ', 'Thôn Nậm Pươi'],
    ['abbreviated', 'TDP 2', 'Tổ dân phố số 2'],
    ['with a leading zero', 'tổ dân phố 02', 'Tổ dân phố số 2'],
    ['a number with its kind', 'thôn 1', 'Thôn 1'],
    ['accents that tell two apart', 'bản tú', 'Bản Tú'],
    ['by its code', '04633.7', 'Thôn Trung Tâm'],
  ])('%s', (_how, typed, name) => {
    expect(match(typed).unit?.name).toBe(name)
  })

  test('is asked for where two fit', () => {
    expect(match('ban tu')).toMatchObject({
      unit: null,
      candidates: [{ name: 'Bản Tủ' }, { name: 'Bản Tú' }],
    })
    expect(match('1').candidates.map((place) => place.name)).toEqual(['Thôn 1', 'Tổ dân phố 1'])
  })

  test('is suggested where nothing fits but something looks alike', () => {
    expect(match('Nậm Pưi')).toMatchObject({ unit: null, candidates: [{ name: 'Thôn Nậm Pươi' }] })
    expect(match('Sùng Đô')).toEqual({ unit: null, candidates: [] })
    expect(match('')).toEqual({ unit: null, candidates: [] })
  })
})
