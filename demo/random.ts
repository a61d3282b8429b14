/** A seeded stream of numbers: the same seed gives the same demo on every machine and in every run. */
export type RandomStream = {
  /** A number from 0 (included) to 1 (excluded). */
  next(): number
  /** A whole number from `least` to `most`, both included. */
  whole(least: number, most: number): number
  /** One of the items; the list must not be empty. */
  pick<Item>(items: readonly Item[]): Item
  /** True with the given probability (0 to 1). */
  chance(probability: number): boolean
}

/**
 * Opens the stream of a seed (FNV-1a of the text, then mulberry32). Each team draws from a stream of its own, so
 * that adding a team does not redraw the others.
 */
export function randomStream(seed: string): RandomStream {
  let state = 0x811c9dc5
  for (const byte of new TextEncoder().encode(seed)) state = Math.imul(state ^ byte, 0x01000193)
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
  const whole = (least: number, most: number): number => least + Math.floor(next() * (most - least + 1))
  return {
    next,
    whole,
    pick: (items) => {
      const item = items[whole(0, items.length - 1)]
      if (item === undefined) throw new Error('Cannot pick from an empty list')
      return item
    },
    chance: (probability) => next() < probability,
  }
}

const millisecondsOfDay = 86_400_000

/** The day that many days later (or earlier, when negative). */
export function dayAfter(dayOn: string, days: number): string {
  return new Date(Date.parse(dayOn) + days * millisecondsOfDay).toISOString().slice(0, 10)
}

/** Whole days from the first day to the second. */
export function daysBetween(fromOn: string, toOn: string): number {
  return Math.round((Date.parse(toOn) - Date.parse(fromOn)) / millisecondsOfDay)
}

/** National holidays between March and December 2022 (10/3 lunar, 30/4, 1/5 with days in lieu, 2/9). */
const holidays = new Set(['2022-04-11', '2022-05-02', '2022-05-03', '2022-09-01', '2022-09-02'])

/** Monday to Friday and no holiday: decisions are signed on such a day. */
function isWorkingDay(dayOn: string): boolean {
  const weekday = new Date(dayOn).getUTCDay()
  return weekday !== 0 && weekday !== 6 && !holidays.has(dayOn)
}

/** Some day from `fromOn` to `toOn`, both included. */
export function someDay(random: RandomStream, fromOn: string, toOn: string): string {
  return dayAfter(fromOn, random.whole(0, Math.max(0, daysBetween(fromOn, toOn))))
}

/** Some working day from `fromOn` to `toOn`; refuses a stretch that has none. */
export function someWorkingDay(random: RandomStream, fromOn: string, toOn: string): string {
  const days: string[] = []
  for (let dayOn = fromOn; dayOn <= toOn; dayOn = dayAfter(dayOn, 1))
    if (isWorkingDay(dayOn)) days.push(dayOn)
  return random.pick(days)
}
