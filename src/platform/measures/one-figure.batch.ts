import type { Actor } from '../actor/actor.ts'
import type { Database } from '../db/database.ts'

/** What is asked of a block for units on the map of a day: SQL of sums and where they come from, with its values from $5 on. */
export type Question = {
  sums: string
  from: string
  values: readonly unknown[]
  asOf: string | null
  map: string
}

/** Where a unit stands, as the reader may see it, and its sums at the hour and before a period. */
export type Answer = {
  today: string
  hour: number
  generation: string
  at: Date
  seen: string
  mapDay: string
  path: string[]
  isThere: boolean
  sums: (string | null)[]
  before: (string | null)[]
}

type Row = Omit<Answer, 'sums' | 'before'> & { place: number; sums: string | null; before: string | null }
type Waiting = { unitId: string; resolve: (answer: Answer | null) => void }
type Queue = { underWay: number; waiting: Waiting[] }

/** Statements of the same question that are under way at once; who comes meanwhile goes with the next. */
const mostUnderWay = 2
const mostTogether = 50

const queues = new WeakMap<object, Map<string, Queue>>()

/**
 * Asks for one unit, together with whoever asks the same of another one in the same instants: a statement for each costs far
 * more than a unit in it. Null where the statement failed.
 */
export function askTogether(
  database: Pick<Database, 'askOnce'>,
  actor: Actor,
  question: Question,
  unitId: string,
): Promise<Answer | null> {
  const own = queues.get(database) ?? new Map<string, Queue>()
  queues.set(database, own)
  const { sums, from, values, asOf, map } = question
  const key = JSON.stringify([actor.accountId, sums, from, values, asOf, map])
  const queue = own.get(key) ?? { underWay: 0, waiting: [] }
  own.set(key, queue)
  return new Promise((resolve) => {
    queue.waiting.push({ unitId, resolve })
    const send = () => {
      if (queue.underWay >= mostUnderWay || queue.waiting.length === 0) {
        if (queue.underWay === 0) own.delete(key)
        return
      }
      queue.underWay += 1
      const asked = queue.waiting.splice(0, mostTogether)
      void answer(database, actor, question, asked).then(() => {
        queue.underWay -= 1
        send()
      })
    }
    // After whatever else has arrived by now.
    setImmediate(send)
  })
}

async function answer(
  database: Pick<Database, 'askOnce'>,
  actor: Actor,
  { sums, from, values, asOf, map }: Question,
  asked: readonly Waiting[],
): Promise<void> {
  const text = `
    with p as materialized (select * from measures.ask_once($1, $2::bigint[], $3, $4)),
    r as (
      select r.place, array_to_string(array[${sums}], ',', '') as sums
      from (
        select array_agg(p.unit_id order by p.place) as units, array_agg(p.map_day order by p.place) as days,
          array_agg(p.hour order by p.place) as hours
        from p
      ) a cross join lateral ${from} r group by r.place
    )
    select p.place, p.today, p.hour, p.generation, p.at, p.seen, p.map_day as "mapDay", p.path, p.is_there as "isThere",
      r.sums, b.sums as before
    from p left join r on r.place = p.place left join r b on b.place = p.place + cardinality($2::bigint[])`
  try {
    const units = asked.map(({ unitId }) => unitId)
    const rows = await database.askOnce<Row>(actor, text, [units, asOf, map, ...values])
    const split = (list: string | null) => list?.split(',').map((sum) => sum || null) ?? []
    const byPlace = new Map(rows.map((row) => [row.place, row]))
    asked.forEach(({ resolve }, at) => {
      const row = byPlace.get(at + 1)
      resolve(row ? { ...row, sums: split(row.sums), before: split(row.before) } : null)
    })
  } catch {
    // A block that is gone, a server that went away: whoever asks in the common way hears of it in words.
    for (const { resolve } of asked) resolve(null)
  }
}
