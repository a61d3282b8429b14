import { describe, expect, test } from 'vitest'
import { cutAreaName, lettersApart, nameKeys } from './area-name.ts'
import { parseFormedFrom } from './formed-from.parse.ts'

const short = (text: string) =>
  parseFormedFrom(text).mentions.map(({ name, district, share, othersWentTo }) => [
    name.word,
    name.bare,
    district,
    share,
    othersWentTo.join(' + '),
  ])

describe('what a new unit was formed from', () => {
  test.each([
    [
      'each area of a list, with its kind',
      'Thị trấn Sơn Thịnh, Xã Đồng Khê',
      [
        ['township', 'Sơn Thịnh', null, 'not_said', ''],
        ['commune', 'Đồng Khê', null, 'not_said', ''],
      ],
    ],
    [
      'the district in brackets tells two of one name apart',
      'Xã Tân Tiến (huyện Văn Giang), Xã Đăk Long (thuộc huyện Đăk Hà), Phường 15 (Quận 10)',
      [
        ['commune', 'Tân Tiến', 'huyện Văn Giang', 'not_said', ''],
        ['commune', 'Đăk Long', 'huyện Đăk Hà', 'not_said', ''],
        ['ward', '15', 'Quận 10', 'not_said', ''],
      ],
    ],
    [
      'what remained after another unit took its part is a split',
      'Phường Cửa Đông (phần còn lại sau khi sáp nhập vào phường Hoàn Kiếm)',
      [['ward', 'Cửa Đông', null, 'rest', 'phường Hoàn Kiếm']],
    ],
    [
      'a comma inside brackets separates the units that took parts, not the areas',
      'Phường Minh Khai (quận Bắc Từ Liêm) (phần còn lại sau khi sáp nhập vào phường Tây Tựu, phường Đông Ngạc), Xã Vân Canh',
      [
        ['ward', 'Minh Khai', 'quận Bắc Từ Liêm', 'rest', 'phường Tây Tựu + phường Đông Ngạc'],
        ['commune', 'Vân Canh', null, 'not_said', ''],
      ],
    ],
    [
      'a part, or what remains, without saying where the other went',
      'Xã Trần Hợi (một phần), Xã Đông Hưng (phần còn lại), Phần còn lại của xã Hàm Rồng',
      [
        ['commune', 'Trần Hợi', null, 'part', ''],
        ['commune', 'Đông Hưng', null, 'rest', ''],
        ['commune', 'Hàm Rồng', null, 'rest', ''],
      ],
    ],
    [
      'a part in the words of a resolution',
      'Một phần diện tích tự nhiên, quy mô dân số của xã Hòa An, toàn bộ diện tích tự nhiên, quy mô dân số của phường 1 và xã Bình Kiến',
      [
        ['commune', 'Hòa An', null, 'part', ''],
        ['ward', '1', null, 'not_said', ''],
        ['commune', 'Bình Kiến', null, 'not_said', ''],
      ],
    ],
    [
      'a name without its kind takes that of the one before',
      'Phường Nguyễn Nghiêm (thị xã Đức Phổ), Phổ Hòa, Phổ Minh',
      [
        ['ward', 'Nguyễn Nghiêm', 'thị xã Đức Phổ', 'not_said', ''],
        ['ward', 'Phổ Hòa', null, 'not_said', ''],
        ['ward', 'Phổ Minh', null, 'not_said', ''],
      ],
    ],
    [
      'what a place includes is no part of its name',
      'Thị trấn Sông Đốc (bao gồm cụm đảo Hòn Chuối)',
      [['township', 'Sông Đốc', null, 'not_said', '']],
    ],
    ['a whole district', 'Huyện Kiên Hải', [['district', 'Kiên Hải', null, 'not_said', '']]],
  ])('%s', (_fact, text, expected) => {
    expect(short(text)).toEqual(expected)
    expect(short(text.normalize('NFD'))).toEqual(expected)
  })

  test('names the province where the text does', () => {
    const [mention] = parseFormedFrom('Thị trấn Châu Thành (huyện Châu Thành, tỉnh Bến Tre)').mentions
    expect([mention?.district, mention?.province]).toEqual(['huyện Châu Thành', 'tỉnh Bến Tre'])
  })

  test('nothing, where the unit was not changed', () => {
    expect(parseFormedFrom('Không sáp nhập')).toEqual({ unchanged: true, mentions: [] })
    expect(parseFormedFrom('').mentions).toEqual([])
  })
})

describe('two spellings of one name', () => {
  const meet = (one: string, other: string) => {
    const others = nameKeys(cutAreaName(other))
    return nameKeys(cutAreaName(one)).findIndex((key, at) => key === others[at])
  }

  test.each([
    ['Xã Hoà Bình', 'Xã Hòa Bình', 0],
    ['Phường Thủy Vân', 'Phường Thuỷ Vân', 0],
    ["Xã Ea H'Leo", 'Xã Ea H’Leo', 0],
    ['Thị trấn NT Liên Sơn', 'Thị trấn Nông trường Liên Sơn', 0],
    ['Thị trấn N.T Phong Hải', 'Thị trấn Nông Trường Phong Hải', 0],
    ['Xã Hòa Tú II', 'Xã Hòa Tú 2', 0],
    ['Phường IV', 'Phường 4', 0],
    ['Phường Phường Đúc', 'Phường Đúc', 0],
    ['Xã Đắk Blô', 'Xã Đăk Blô', 1],
    ['Thị trấn Ma Đa Guôi', 'Thị trấn Mađaguôi', 2],
    ['Thị trấn Năm Căn', 'Xã Năm Căn', 3],
    ['Xã Xà Phìn', 'Xã Sà Phìn', -1],
  ])('%s = %s', (one, other, key) => {
    expect(meet(one, other)).toBe(key)
  })

  test('differ by so many letters', () => {
    expect(lettersApart(cutAreaName('Xã Xà Phìn'), cutAreaName('Xã Sà Phìn'))).toBe(1)
    expect(lettersApart(cutAreaName('Xã Huổi Lếnh'), cutAreaName('Xã Huổi Lếch'))).toBe(1)
    expect(lettersApart(cutAreaName('Xã Trung Môn'), cutAreaName('Xã Kim Phú'))).toBeGreaterThan(3)
  })
})
