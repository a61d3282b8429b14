import fc from 'fast-check'
import { parsePhoneNumberFromString } from 'libphonenumber-js'
import { describe, expect, it } from 'vitest'
import {
  compareNames,
  expandAbbreviations,
  fold,
  isVietnameseSyllable,
  nameSortKey,
  nfc,
  normaliseTonePlacement,
  parsePhone,
  properName,
  searchTokens,
  tidy,
  unaccent,
} from './index.ts'

describe('text without accents', () => {
  const rows = [
    ['Đặng Thuý Hường', 'Dang Thuy Huong'],
    ['ợ ữ Ể', 'o u E'],
    ['NGHĨA LỘ', 'NGHIA LO'],
    ['Tú Lệ'.normalize('NFD'), 'Tu Le'],
  ] as const
  it.each(rows)('%s is %s', (text, bare) => {
    expect(unaccent(text)).toBe(bare)
  })
})

describe('two spellings of one thing have one search key', () => {
  const rows = [
    ['Mỹ', 'Mĩ'],
    ['lý lịch', 'lí lịch'],
    ['Hoà Bình', 'HÒA  BÌNH'],
    ['Thuý', 'Thúy'],
    ['Nậm Búng', 'nam bung'],
    ['Sơn\u00a0Thịnh', 'Sơn Thịnh'.normalize('NFD')],
    ['Xã: Đại-Lịch', 'xa dai lich'],
    ['Cát\u200b Thịnh', 'Cát Thịnh'],
  ] as const
  it.each(rows)('%s and %s', (a, b) => {
    expect(fold(a)).toBe(fold(b))
  })

  it('the key of a beginning is a beginning of the key', () => {
    expect(fold('quyết định').startsWith(fold('quy'))).toBe(true)
    expect(fold('Yên Bái').startsWith(fold('y'))).toBe(true)
  })

  it('folding twice changes nothing', () => {
    fc.assert(fc.property(fc.string({ unit: 'grapheme' }), (text) => fold(fold(text)) === fold(text)))
  })
})

describe('stored text', () => {
  it('is composed', () => {
    expect(nfc('Bản Lùng'.normalize('NFD'))).toBe('Bản Lùng')
  })
  it('has no odd spaces', () => {
    expect(tidy('  Lò \u00a0Thị\n Nga\ufeff ')).toBe('Lò Thị Nga')
  })
})

describe('where the tone is written', () => {
  const rows = [
    ['hoà', 'hòa'],
    ['HOÀ BÌNH', 'HÒA BÌNH'],
    ['Thuý', 'Thúy'],
    ['xoè', 'xòe'],
    ['thuỷ lợi', 'thủy lợi'],
    ['uỷ ban', 'ủy ban'],
    ['quý', 'quý'],
    ['Quỳ', 'Quỳ'],
    ['hoàn', 'hoàn'],
    ['hòan', 'hoàn'],
    ['Hùynh', 'Huỳnh'],
    ['khuỷu', 'khuỷu'],
    ['hoài', 'hoài'],
    ['Hoàng Thuý', 'Hoàng Thúy'],
  ] as const
  it.each(rows)('%s becomes %s', (typed, written) => {
    expect(normaliseTonePlacement(typed)).toBe(written)
  })
})

describe('abbreviations written out', () => {
  const rows = [
    ['UBND X. Tú Lệ', 'Ủy ban nhân dân xã Tú Lệ'],
    ['ubnd xã Tú Lệ', 'Ủy ban nhân dân xã Tú Lệ'],
    ['cds', 'chuyển đổi số'],
    ['Tổ CNSCĐ TDP 5', 'Tổ công nghệ số cộng đồng tổ dân phố 5'],
    ['TT Sơn Thịnh, H.Văn Chấn', 'thị trấn Sơn Thịnh, huyện Văn Chấn'],
    ['TT. Sơn Thịnh', 'thị trấn Sơn Thịnh'],
    ['tt', 'tt'],
    ['Nguyễn Văn H', 'Nguyễn Văn H'],
    ['SĐT', 'số điện thoại'],
    ['123/UBND-VP', '123/UBND-VP'],
    ['12/KH-UBND', '12/KH-UBND'],
  ] as const
  it.each(rows)('%s is %s', (short, full) => {
    expect(expandAbbreviations(short)).toBe(full)
  })
})

describe('words to search by', () => {
  const rows = [
    ['UBND xã Tú Lệ', ['ui', 'ban', 'nhan', 'dan', 'xa', 'tu', 'le']],
    ['123/UBND-VP', ['123', 'ubnd', 'vp', '123ubndvp']],
    ['Bản bản', ['ban']],
    [' ', []],
  ] as const
  it.each(rows)('of %s', (text, tokens) => {
    expect(searchTokens(text)).toEqual(tokens)
  })
})

describe('the order of people in a list', () => {
  it('goes by given name, family name, then middle names', () => {
    const names = [
      'Trần Văn Bình',
      'Nguyễn Thị Ánh',
      'Lò Văn An',
      'Vàng A Lử',
      'Hoàng Văn An',
      'Hoàng Anh An',
      'Lò Thị Ân',
      'Dương Văn Đức',
      'Lê Dung',
      'An',
    ]
    expect([...names].sort(compareNames)).toEqual([
      'An',
      'Hoàng Anh An',
      'Hoàng Văn An',
      'Lò Văn An',
      'Nguyễn Thị Ánh',
      'Lò Thị Ân',
      'Trần Văn Bình',
      'Lê Dung',
      'Dương Văn Đức',
      'Vàng A Lử',
    ])
  })
  it('puts tones in the order không, huyền, hỏi, ngã, sắc, nặng', () => {
    expect(['Má', 'Mạ', 'Mà', 'Ma', 'Mã', 'Mả'].sort(compareNames)).toEqual([
      'Ma',
      'Mà',
      'Mả',
      'Mã',
      'Má',
      'Mạ',
    ])
  })
  it('does not depend on case or on how the text is composed', () => {
    expect(nameSortKey('LÒ THỊ THUÝ NGA'.normalize('NFD'))).toBe(nameSortKey('Lò Thị Thuý Nga'))
  })
  it('agrees with the Vietnamese collation on single words', () => {
    const collator = new Intl.Collator('vi', { sensitivity: 'accent' })
    const letters = fc.constantFrom(...'aàảãáạăằẳẵắặâầậbcdđeẻêềghiịklmnoỏôộơợpqrstuụưựvxyỳ')
    const word = fc
      .tuple(fc.constantFrom(...'bcdđghklmnptvx'), letters, fc.constantFrom('', 'n', 'm', 't', 'nh'))
      .map((parts) => parts.join(''))
    fc.assert(fc.property(word, word, (a, b) => compareNames(a, b) === Math.sign(collator.compare(a, b))))
  })
})

describe('a name as it is written', () => {
  const rows = [
    ['NGUYỄN VĂN A', 'Nguyễn Văn A'],
    ['nguyễn  văn a', 'Nguyễn Văn A'],
    ['NGUYễN VăN ĐứC', 'Nguyễn Văn Đức'],
    ['Triệu Chằn Ton', 'Triệu Chằn Ton'],
    ["H'LAN KSOR", "H'Lan Ksor"],
    ['ĐẶNG THỊ ÁNH'.normalize('NFD'), 'Đặng Thị Ánh'],
  ] as const
  it.each(rows)('%s is %s', (typed, written) => {
    expect(properName(typed)).toBe(written)
  })
})

describe('a phone number', () => {
  const read = [
    ['0912345678', '0912345678'],
    [912345678, '0912345678'],
    ['912345678', '0912345678'],
    [84912345678, '0912345678'],
    ['+84 912 345 678', '0912345678'],
    ['+84 (0)912 345 678', '0912345678'],
    ['0084912345678', '0912345678'],
    ['84-912-345-678', '0912345678'],
    ['0912.345.678', '0912345678'],
    ['(091) 234 5678', '0912345678'],
    ['912345678.0', '0912345678'],
    [841234567, '0841234567'],
    ['0912\u00a0345\u00a0678', '0912345678'],
    ['0216 3851 234', '02163851234'],
    [2163851234, '02163851234'],
    ['024 3825 1234', '02438251234'],
  ] as const
  it.each(read)('%s is read as %s', (typed, national) => {
    const reading = parsePhone(typed)
    expect(reading).toMatchObject({ ok: true, phone: { national, e164: `+84${national.slice(1)}` } })
    expect(parsePhoneNumberFromString(national, 'VN')?.isPossible()).toBe(true)
  })

  const refused = [
    ['0912345678/0987654321', 'several_numbers'],
    ['0912345678 và 0987654321', 'several_numbers'],
    ['0912345678 0987654321', 'several_numbers'],
    ['9.12E+08', 'digits_lost'],
    ['9,12346E+08', 'digits_lost'],
    ['không có', 'not_a_number'],
    ['O912345678', 'not_a_number'],
    ['+856 20 5555 1234', 'foreign'],
    ['01682345678', 'old_prefix'],
    ['1682345678', 'old_prefix'],
    ['091234567', 'wrong_digits'],
    ['0112345678', 'wrong_digits'],
    ['113', 'wrong_digits'],
    ['', 'not_a_number'],
  ] as const
  it.each(refused)('%s is refused (%s)', (typed, code) => {
    expect(parsePhone(typed)).toMatchObject({ ok: false, code })
  })

  it('with a withdrawn prefix is answered with the new one', () => {
    expect(parsePhone('0168 234 5678')).toMatchObject({ message: expect.stringContaining('0382345678') })
  })
})

describe('a Vietnamese syllable', () => {
  it.each(['Nguyễn', 'xã', 'Đại', 'khuỷu', 'quyết', 'yêu', 'Hoàng', 'người', 'nghiêng', 'giữa'])(
    '%s is one',
    (word) => {
      expect(isVietnameseSyllable(word)).toBe(true)
    },
  )
  it.each(['Ngyun', 'NguyÔn', 'straße', 'tềst', 'Vñn', '®'])('%s is none', (word) => {
    expect(isVietnameseSyllable(word)).toBe(false)
  })
})
