import type { Words } from '../part.ts'
import type { UnitElsewhereAnswer } from './contract.ts'

const written = (day: string) => day.split('-').map(Number).reverse().join('/')
const mostNamed = 12

/** Some names in a sentence, the rest counted. */
function named(units: UnitElsewhereAnswer['instead']): Words {
  const names = units.slice(0, mostNamed).map((one) => `«${one.name}»`)
  const more = units.length - names.length
  return {
    vi: `${names.join(', ')}${more > 0 ? ` và ${more} đơn vị nữa` : ''}`,
    en: `${names.join(', ').replaceAll('«', '“').replaceAll('»', '”')}${more > 0 ? ` and ${more} more` : ''}`,
  }
}

/**
 * That a unit is not there on a day: since when it is or is no more, what stands in its place, and both ways out.
 * `where`: how the day was asked for, unless it is simply a day.
 */
export function elsewhereWords(found: UnitElsewhereAnswer, day: string, where?: Words): Words {
  const { name, from, until, state, how, instead } = found
  const on = where ?? { vi: `vào ngày ${written(day)}`, en: `on ${written(day)}` }
  const names = named(instead)
  const isNone = instead.length === 0
  const choice = {
    vi: isNone ? 'đơn vị khác' : instead.length === 1 ? 'đơn vị đó' : 'một trong các đơn vị đó',
    en: isNone ? 'another unit' : instead.length === 1 ? 'that unit' : 'one of those units',
  }
  if (state === 'to_come') {
    const first = written(from)
    const before = isNone
      ? { vi: '', en: '' }
      : { vi: ` Trước đó là ${names.vi}.`, en: ` Before, there was ${names.en}.` }
    return {
      vi: `«${name}» có từ ${first}, nên không có ${on.vi}.${before.vi} Hãy chọn ${choice.vi}, hoặc ngày từ ${first} trở đi.`,
      en: `“${name}” exists since ${first}, so it is not there ${on.en}.${before.en} Choose ${choice.en}, or ${first} or a later day.`,
    }
  }
  const last = written(until ?? day)
  const went = isNone
    ? { vi: '', en: '' }
    : how === 'whole'
      ? { vi: ` và nhập vào ${names.vi}`, en: ` and went into ${names.en}` }
      : how === 'parts'
        ? { vi: ` và được chia cho ${names.vi}`, en: ` and was shared among ${names.en}` }
        : { vi: ` và thay bằng ${names.vi}`, en: ` and gave place to ${names.en}` }
  return {
    vi: `«${name}» đã kết thúc từ ${last}${went.vi}, nên không có ${on.vi}. Hãy chọn ${choice.vi}, hoặc một ngày trước ${last}.`,
    en: `“${name}” ended on ${last}${went.en}, so it is not there ${on.en}. Choose ${choice.en}, or a day before ${last}.`,
  }
}
