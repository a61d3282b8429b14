import { addMember, addMemberAtOnce } from '../src/modules/teams/member.actions.ts'
import { systemActor } from '../src/platform/access/system-actor.ts'
import { type Database, openDatabase } from '../src/platform/db/database.ts'
import type { AskOnce } from '../src/platform/http/route.ts'
import { type Figure, figuresOf, type LiveField, type Page, read, valueText, watch } from './live-page.ts'
import { madeUpPerson } from './made-up.ts'

export type LiveLoad = { pages: number; writesPerSecond: number; seconds: number; mostMs: number }

/** Times in milliseconds, over all writes and all pages that show a number they change. */
export type LiveResult = {
  pages: number
  figuresWatched: number
  writes: number
  writesPerSecond: number
  /** From the answer to the commit. */
  fromAnswer: { p50: number; p99: number }
  /** From the sending of the write: more than from its commit. */
  fromSending: { p50: number; p99: number }
  messages: number
}

export const liveLoad: LiveLoad = { pages: 200, writesPerSecond: 500, seconds: 15, mostMs: 300 }

const writersAtOnce = 8

type Write = { unitIds: readonly string[]; sentMs: number; answeredMs: number }
type Team = { id: string; unitIds: readonly string[] }

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

async function until(isSo: () => boolean, withinMs: number, what: string): Promise<void> {
  const began = performance.now()
  while (!isSo()) {
    if (performance.now() - began > withinMs) throw new Error(`Live: not within ${withinMs} ms: ${what}`)
    await pause(10)
  }
}

/**
 * Adds members at a steady pace, whether or not earlier ones are done: by the actions behind the form, with rights, audit and
 * counting, as another process of the product would. Answered is when the commit has been.
 */
async function writeSteadily(
  database: Database,
  { asOf }: LiveField,
  teams: readonly Team[],
  load: LiveLoad,
): Promise<Write[]> {
  const actor = await systemActor(database)
  const writes: Write[] = []
  const sending: Promise<void>[] = []
  // Numbers that no other case gives.
  const first = 90_000_000 - Math.floor(performance.now() % 1_000) * 10_000
  const writeOne = async (number: number) => {
    const { id, unitIds } = teams[number % teams.length] as Team
    const member = {
      ...madeUpPerson(first + number),
      role: 'member' as const,
      joinedOn: asOf,
      note: '',
    }
    const sentMs = performance.now()
    const askOnce: AskOnce = (text, values) => database.askOnce(actor, text, values)
    const added = await addMemberAtOnce(askOnce, actor, id, member)
    if (!added) await database.write(actor, (tx) => addMember(tx, actor, id, member))
    writes.push({ unitIds, sentMs, answeredMs: performance.now() })
  }
  const began = performance.now()
  const all = load.writesPerSecond * load.seconds
  while (sending.length < all) {
    const due = Math.min(all, Math.floor(((performance.now() - began) / 1000) * load.writesPerSecond))
    while (sending.length < due) sending.push(writeOne(sending.length))
    await pause(4)
  }
  await Promise.all(sending)
  return writes
}

/** Counts of whole milliseconds: so many values that keeping each would cost more than what is measured. */
class Milliseconds {
  #counts = new Uint32Array(60_000)
  #all = 0

  add(ms: number): void {
    const at = Math.min(this.#counts.length - 1, Math.max(0, Math.ceil(ms)))
    this.#counts[at] = (this.#counts[at] ?? 0) + 1
    this.#all += 1
  }

  percentile(percent: number): number {
    let left = (this.#all * percent) / 100
    return this.#counts.findIndex((count) => {
      left -= count
      return left <= 0
    })
  }
}

/**
 * The n-th of the writes in the order of one of its instants is on a page once its number has risen by n: from that
 * instant to the arrival of that number.
 */
function timesOn(page: Page, base: number, instants: readonly number[], into: Milliseconds): void {
  let at = 0
  instants.forEach((instant, index) => {
    while ((page.reached[at]?.value ?? Number.POSITIVE_INFINITY) < base + index + 1) at += 1
    into.add((page.reached[at]?.atMs ?? Number.POSITIVE_INFINITY) - instant)
  })
}

/** The teams, each with the units in which a member of it counts, and the communes. */
async function lookAround({ address, watcher, district, teams }: LiveField) {
  const { units } = await read<{ units: { id: string; name: string; isArea: boolean }[] }>(
    address,
    watcher,
    `/api/units?parentId=${district}`,
  )
  const communes = new Map(units.filter((unit) => unit.isArea).map(({ id, name }) => [name, id]))
  const path = `/api/teams?unitId=${district}&kind=community_team&level=village&limit=200`
  const listed = await read<{ teams: { id: string; unit: { within: string } }[] }>(address, watcher, path)
  const found = listed.teams.flatMap(({ id, unit }): Team[] => {
    const commune = communes.get(unit.within)
    return commune !== undefined && teams.includes(id) ? [{ id, unitIds: [district, commune] }] : []
  })
  return { communes: [...communes.values()], teams: found }
}

/**
 * Pages watch the district and its communes, every measure of theirs, while members are added at a steady pace. Throws where
 * the number takes too long to reach the pages, the pace is not kept, or a page shows anything but what is true at the end.
 */
export async function liveCase(field: LiveField, load: LiveLoad = liveLoad): Promise<LiveResult> {
  const { communes, teams } = await lookAround(field)
  const units = Array.from({ length: load.pages }, (_, at) =>
    at % 4 === 0 ? field.district : (communes[at % communes.length] ?? field.district),
  )
  const writers = openDatabase(field.ownerUrl, writersAtOnce)
  // The writers' statements are planned and their code is compiled before anything is measured.
  await writeSteadily(writers, field, teams, { ...load, seconds: 3 })
  const shownIn = new Map<string, Figure[]>()
  for (const unitId of new Set(units)) shownIn.set(unitId, await figuresOf(field, unitId))
  const pages = await Promise.all(units.map((unitId) => watch(field, shownIn.get(unitId) ?? [])))
  try {
    await until(() => pages.every((page) => page.shown.every((value) => value !== null)), 20_000, 'first set')
    const bases = pages.map((page) => page.reached.at(-1)?.value ?? 0)
    const began = performance.now()
    const writes = await writeSteadily(writers, field, teams, load)
    const took = (performance.now() - began) / 1000
    await pause(2_000)
    await requireTrue(field, pages)

    const [fromAnswer, fromSending] = [new Milliseconds(), new Milliseconds()]
    const rising = (one: number, other: number) => one - other
    const instants = new Map(
      [...shownIn.keys()].map((unitId) => {
        const own = writes.filter(({ unitIds }) => unitIds.includes(unitId))
        const answered = own.map(({ answeredMs }) => answeredMs).sort(rising)
        return [unitId, { answered, sent: own.map(({ sentMs }) => sentMs).sort(rising) }]
      }),
    )
    pages.forEach((page, at) => {
      const own = instants.get(units[at] ?? '')
      timesOn(page, bases[at] ?? 0, own?.answered ?? [], fromAnswer)
      timesOn(page, bases[at] ?? 0, own?.sent ?? [], fromSending)
    })
    const times = (of: Milliseconds) => ({ p50: of.percentile(50), p99: of.percentile(99) })
    const result: LiveResult = {
      pages: pages.length,
      figuresWatched: [...shownIn.values()].flat().length,
      writes: writes.length,
      writesPerSecond: writes.length / took,
      fromAnswer: times(fromAnswer),
      fromSending: times(fromSending),
      messages: pages.reduce((sum, page) => sum + page.messages, 0),
    }
    requireFast(result, load)
    return result
  } finally {
    for (const page of pages) page.close()
    await writers.close()
  }
}

async function requireTrue(field: LiveField, pages: readonly Page[]): Promise<void> {
  const truth = new Map<string, string>()
  const key = ({ measure, unitId }: Figure) => `${measure} ${unitId}`
  for (const unitId of new Set(pages.map((page) => page.figures[0]?.unitId ?? '')))
    for (const figure of await figuresOf(field, unitId)) truth.set(key(figure), valueText(figure))
  for (const page of pages)
    page.figures.forEach((figure, at) => {
      if (page.shown[at] !== truth.get(key(figure)))
        throw new Error(
          `Live: a page shows ${page.shown[at]} for ${key(figure)}, not ${truth.get(key(figure))}`,
        )
    })
}

function requireFast({ fromAnswer, writesPerSecond }: LiveResult, load: LiveLoad): void {
  if (writesPerSecond < load.writesPerSecond * 0.95)
    throw new Error(`Live: ${writesPerSecond.toFixed(0)} writes a second instead of ${load.writesPerSecond}`)
  if (fromAnswer.p99 > load.mostMs)
    throw new Error(`Live: ${fromAnswer.p99} ms at the 99th percentile, more than ${load.mostMs}`)
}
