import { type RandomStream, randomStream } from './random.ts'

/** The peoples whose naming customs the demo follows. */
export type People = 'kinh' | 'tay' | 'thai' | 'dao' | 'mong'

export type DemoPerson = {
  readonly fullName: string
  /** Ten digits of the demo's own block 0900 00x xxx, or null for a person who gave none. */
  readonly phone: string | null
}

type NameParts = {
  readonly family: readonly string[]
  readonly middleOfMen: readonly string[]
  readonly givenOfMen: readonly string[]
  readonly middleOfWomen: readonly string[]
  readonly givenOfWomen: readonly string[]
}

const list = (words: string): readonly string[] => words.split(', ')

const givenOfWomen = list(
  'An, Bích, Chi, Dung, Duyên, Giang, Hà, Hằng, Hạnh, Hiền, Hoa, Huệ, Hương, Lan, Liên, Loan, Mai, Nga, Ngân, Nhung, Oanh, Phương, Quyên, Thảo, Thơm, Thủy, Trang, Tuyết, Vân, Xuân, Yến',
)
const givenOfMen = list(
  'Anh, Bắc, Bình, Chiến, Chung, Cường, Dũng, Đạt, Định, Đông, Giang, Hải, Hiếu, Hòa, Hùng, Huy, Khánh, Kiên, Lâm, Long, Mạnh, Minh, Nam, Nghĩa, Phong, Quân, Quyết, Sơn, Thành, Thắng, Tiến, Toản, Trường, Tuấn, Việt',
)

const nameParts: Readonly<Record<People, NameParts>> = {
  kinh: {
    family: list('Nguyễn, Trần, Phạm, Lê, Đỗ, Vũ, Bùi, Ngô, Đinh, Phan, Đoàn, Trịnh'),
    middleOfMen: list('Văn, Đức, Quang, Xuân, Ngọc, Trung, Hữu, Mạnh'),
    givenOfMen,
    middleOfWomen: list('Thị, Thị Thu, Thị Thanh, Thị Kim, Thị Minh, Ngọc'),
    givenOfWomen,
  },
  tay: {
    family: list('Hoàng, Hà, Nông, Lương, Ma, Hứa, Vi, Lộc, Sầm'),
    middleOfMen: list('Văn, Trung, Đình, Công, Xuân'),
    givenOfMen,
    middleOfWomen: list('Thị, Thị Thu, Thị Hồng, Thị Thanh'),
    givenOfWomen,
  },
  thai: {
    family: list('Lò, Hoàng, Hà, Cầm, Đồng, Sa, Lường, Điêu, Vì'),
    middleOfMen: list('Văn, Trung, Đình, Quang'),
    givenOfMen: list(
      'Ánh, Biên, Chựa, Din, Hặc, Ính, Khọm, Lả, Mương, Nghiệp, Ón, Pâng, Phanh, Tấm, Thiết, Tính, Xương',
    ),
    middleOfWomen: list('Thị, Thị Hồng, Thị Mai, Thị Thu'),
    givenOfWomen: list(
      'Ban, Bun, Chanh, Dọn, Hạ, Hiên, Inh, Kẻo, Lả, Lún, Mến, Nọi, Phiên, Piềng, Sương, Tưởng, Xoan, Yêu',
    ),
  },
  dao: {
    family: list('Triệu, Bàn, Đặng, Phùng, Lý, Trương'),
    middleOfMen: list('Tài, Thừa, Kim, Phúc, Nguyên, Tiến, Quý, Văn'),
    givenOfMen: list(
      'Chiêu, Hiện, Hương, Khách, Lưu, Long, Minh, Ngân, Pết, Phấu, Quan, Sính, Thọ, Vảng, Vượng, Xuân',
    ),
    middleOfWomen: list('Thị, Mùi, Thị Mùi, Thị Kim'),
    givenOfWomen: list('Chiệp, Ghến, Khé, Lai, Líu, Mản, Mẩy, Nải, Nhậy, Pham, Phẩy, Sếnh, Tá, Vá, Xiêm'),
  },
  mong: {
    family: list('Giàng, Vàng, Sùng, Thào, Mùa, Cứ, Hờ, Chang, Lý, Trang'),
    middleOfMen: list('A, Nhà, Chờ'),
    givenOfMen: list(
      'Của, Dê, Dờ, Hồng, Khua, Lâu, Lềnh, Lồng, Lử, Nủ, Páo, Phông, Sáng, Sáu, Sử, Tếnh, Tồng, Tủa, Vàng',
    ),
    middleOfWomen: list('Thị'),
    givenOfWomen: list('Bla, Chía, Chư, Dở, Dợ, Dua, Ly, Mai, Máy, Mỷ, Nhìa, Pàng, Say, Sông, Sua, Súa, Xay'),
  },
}

/** Which peoples live where, most numerous first: our simplification, for the sound of the names only. */
const peoplesOfCommunes: Readonly<Record<string, readonly People[]>> = {
  '04621': ['kinh', 'thai', 'tay'],
  '04627': ['kinh', 'kinh', 'tay'],
  '04630': ['thai', 'thai', 'mong'],
  '04633': ['dao', 'thai', 'kinh', 'mong'],
  '04636': ['thai', 'dao', 'tay', 'kinh'],
  '04639': ['mong', 'mong', 'dao'],
  '04642': ['dao', 'dao', 'mong'],
  '04645': ['dao', 'mong', 'tay'],
  '04648': ['dao', 'dao', 'thai'],
  '04651': ['thai', 'thai', 'kinh'],
  '04654': ['dao'],
  '04657': ['mong', 'mong', 'dao'],
  '04666': ['thai', 'mong'],
  '04669': ['mong', 'mong', 'thai'],
  '04672': ['kinh', 'thai', 'tay'],
  '04387': ['dao', 'kinh'],
}

/** The peoples of a commune; the lower communes not listed are Kinh and Tày. */
function peoplesOf(communeCode: string): readonly People[] {
  return peoplesOfCommunes[communeCode] ?? ['kinh', 'tay', 'tay', 'kinh']
}

/** Names that the sources print: the demo must not give them to its people. */
const namesInSources = new Set([
  'Lò Thị Thuý Nga',
  'Triệu Chằn Ton',
  'Triệu Toàn Khoa',
  'Vàng A Lử',
  'Giàng Nủ Sông',
])

function someName(random: RandomStream, people: People): string {
  const parts = nameParts[people]
  const words = random.chance(0.45)
    ? [random.pick(parts.family), random.pick(parts.middleOfWomen), random.pick(parts.givenOfWomen)]
    : [random.pick(parts.family), random.pick(parts.middleOfMen), random.pick(parts.givenOfMen)]
  return words.join(' ').normalize('NFC')
}

/** Hands out fictional people; no two of one commune share a name, no two anywhere share a telephone. */
export type PeopleRegister = {
  /** A person of a commune. `phoneShare` (0 to 1) says how likely the person gives a telephone number. */
  person(random: RandomStream, communeCode: string, phoneShare?: number): DemoPerson
}

/** From 0900 009 000 on the numbers belong to the sample import. */
const mostPhones = 8_999

/** Opens an empty register; refuses to hand out more telephones than the demo's block holds. */
export function peopleRegister(): PeopleRegister {
  const taken = new Set<string>()
  let phonesGiven = 0
  const nextPhone = (): string => {
    phonesGiven += 1
    if (phonesGiven > mostPhones) throw new Error('The demo has used up its block of telephone numbers')
    return `090000${String(phonesGiven).padStart(4, '0')}`
  }
  return {
    person: (random, communeCode, phoneShare = 1) => {
      const peoples = peoplesOf(communeCode)
      for (let attempt = 0; attempt < 500; attempt += 1) {
        const fullName = someName(random, random.pick(peoples))
        const place = `${communeCode} ${fullName}`
        if (taken.has(place) || namesInSources.has(fullName)) continue
        taken.add(place)
        return { fullName, phone: random.chance(phoneShare) ? nextPhone() : null }
      }
      throw new Error(`No unused name is left in commune ${communeCode}`)
    },
  }
}

/** A fictional name that stands by itself (who answers for a target, who holds an account). */
export function namedPerson(seed: string, communeCode: string): string {
  return peopleRegister().person(randomStream(seed), communeCode).fullName
}
