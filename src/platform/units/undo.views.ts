import { sql } from 'kysely'
import type { Actor } from '../actor/actor.ts'
import type { Tx } from '../db/database.ts'
import { refuseNotFound } from '../http/refusal.ts'
import type { UndoPreviewAnswer } from './change.contract.ts'
import * as store from './change.store.ts'
import { labelledRows, mostListed } from './records.rows.ts'
import { nounFor, recordTables, settledTableOf } from './records.ts'
import { requireRightOver } from './units.right.ts'

/** What a successor took out after an event and is back once the event is undone; for whoever may undo it. */
export async function rowsBack(tx: Tx, eventId: string): Promise<UndoPreviewAnswer['back']> {
  const found: UndoPreviewAnswer['back'] = []
  for (const table of recordTables()) {
    const column = settledTableOf(table.table)?.closedAfter
    if (column === undefined) continue
    const { rows } = await sql<{ count: number }>`
      select units.count_back(${table.table}, ${column}, ${table.unless}, ${eventId}::bigint)::int as count`.execute(
      tx,
    )
    const count = rows[0]?.count ?? 0
    if (count === 0) continue
    const { table: name } = table
    found.push({
      table: name,
      noun: nounFor(table, count),
      count,
      rows: await labelledRows(tx, table, { column, ids: [eventId], limit: mostListed }),
    })
  }
  return found
}

/** What undoing an event brings back besides units, so that it can be asked about first. */
export async function undoPreview(tx: Tx, actor: Actor, eventId: string): Promise<UndoPreviewAnswer> {
  const event = (await store.findEvent(tx, eventId)) ?? refuseNotFound()
  await requireRightOver(tx, actor, event.unitId)
  return { back: event.undoneAt === null ? await rowsBack(tx, eventId) : [] }
}
