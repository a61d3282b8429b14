import { sql } from 'kysely'
import type { Tx } from '../db/database.ts'
import { refuseField } from '../http/refusal.ts'
import { type ApartPart, apartParts, readApart } from './apart.ts'
import { type Counted, membersOf } from './bases.ts'
import type { BaseMeasure } from './declare.ts'
import { type Ask, figures, rowsHeld } from './figures.ts'
import { dimensionOf, lessAll } from './groups.ts'
import type { Given } from './known.ts'
import { mapDay, type Reading } from './reading.ts'
import { rowsBehind } from './recount.ts'

/** A part of a list: what stands in no unit below, or in no group of a dimension. */
export type Among = { part: ApartPart } | { members: readonly BaseMeasure[] } | null

/** Reads `own`, `unassigned` or `unclear.<dimension>`; refuses anything else in words. */
export function amongAsked(base: Counted, asked: string | undefined): Among {
  if (asked === undefined) return null
  const part = apartParts.find((one) => one === asked)
  if (part !== undefined) return { part }
  const dimension = asked.startsWith('unclear.')
    ? dimensionOf(base, asked.slice('unclear.'.length))
    : undefined
  if (dimension === undefined || base.kind === 'distinct') {
    refuseField('measures.no_such_list', 'among', {
      vi: 'Con số này không có danh sách đó. Hãy mở lại từ con số.',
      en: 'The figure has no such list. Open it again from the figure.',
    })
  }
  return { members: membersOf(base, dimension) }
}

/** The rows behind a measure, or behind a part of it, as a table `counted` in SQL. */
export function rowsAmong(counted: Counted, ask: Omit<Ask, 'measure'>, among: Among, now: Reading) {
  if (among === null) return rowsBehind(counted, ask, now)
  if ('part' in among) {
    const day = mapDay(ask.map, ask.asOf, now.today)
    const leaves = sql`
      select l.leaf_id from measures.leaves_apart(${ask.unitId}::bigint, ${day}::date) l where l.part = ${among.part}`
    return rowsBehind(counted, ask, now, leaves)
  }
  const members = among.members.map(
    (member) => sql`counted.id not in (select counted.id from ${rowsBehind(member, ask, now)})`,
  )
  const inNone = members.length === 0 ? sql`true` : sql.join(members, sql` and `)
  return sql`(select counted.* from ${rowsBehind(counted, ask, now)} where ${inNone}) as counted`
}

/** The number of a part of a list, and how many rows it has; one row a key of what is counted once. */
export async function numberAmong(
  tx: Tx,
  ask: Ask & { measure: Counted },
  among: NonNullable<Among>,
  given: Given & { now: Reading },
): Promise<{ number: string | null; rows: number }> {
  if ('part' in among) {
    const found = (await readApart(tx, ask, given.now)).find(({ part }) => part === among.part)
    return { number: found?.figure.numerator ?? null, rows: found?.held ?? 0 }
  }
  const { measure } = ask
  if (measure.kind === 'distinct') throw new Error(`measures: ${measure.name} has no groups`)
  const asks = [measure, ...among.members].map((measure) => ({ ...ask, measure }))
  const [whole, ...members] = await figures(tx, asks, given)
  const held: number[] = []
  for (const one of asks) held.push(await rowsHeld(tx, one))
  const [all = 0, ...inMembers] = held
  return {
    number: lessAll(whole, members),
    rows: all - inMembers.reduce((sum, rows) => sum + rows, 0),
  }
}
