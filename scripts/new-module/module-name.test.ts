import { describe, expect, it } from 'vitest'
import { readModuleName, withinSentence } from './module-name.ts'

describe('the name of a module', () => {
  it.each([
    ['households', { folder: 'households', schema: 'households', camel: 'households' }],
    ['smart-homes', { folder: 'smart-homes', schema: 'smart_homes', camel: 'smartHomes' }],
    ['smart_homes', { folder: 'smart-homes', schema: 'smart_homes', camel: 'smartHomes' }],
    ['form4-returns', { folder: 'form4-returns', schema: 'form4_returns', camel: 'form4Returns' }],
  ])('%s is written in three ways', (typed, forms) => {
    expect(readModuleName([typed])).toMatchObject(forms)
  })

  it.each([
    'Households',
    'hộ-dân',
    'smart homes',
    '-homes',
    'homes-',
    'smart--homes',
    '4homes',
    '../homes',
    'ab',
    'a'.repeat(41),
    'user',
    'class',
    'pg-homes',
  ])('is refused in words: %s', (typed) => {
    expect(() => readModuleName([typed])).toThrow(/Hãy đặt/)
  })

  it.each([[[]], [['']], [['homes', 'Nhà', 'Homes', 'more']]])(
    'is asked for where it is not one: %j',
    (args) => {
      expect(() => readModuleName(args)).toThrow(/npm run new-module/)
    },
  )
})

describe('its titles', () => {
  it('are what was given, else the name', () => {
    expect(readModuleName(['smart-homes', 'Nhà thông minh', 'Homes'])).toMatchObject({
      titleVi: 'Nhà thông minh',
      titleEn: 'Homes',
    })
    expect(readModuleName(['smart-homes'])).toMatchObject({ titleVi: 'Smart homes', titleEn: 'Smart homes' })
  })

  it('cannot leave their place in the text', () => {
    for (const title of ["Nhà ' }", 'a\nb', '{{folder}}', '`', '<b>'])
      expect(() => readModuleName(['homes', title])).toThrow(/không dùng được/)
  })

  it('begin small within a sentence, abbreviations excepted', () => {
    expect(withinSentence('Đường điện')).toBe('đường điện')
    expect(withinSentence('OCOP')).toBe('OCOP')
  })
})
