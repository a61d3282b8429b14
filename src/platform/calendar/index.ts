/**
 * Which day it is for the product.
 * Tables: calendar.working_date.
 * Calls: nothing.
 */
import { sql } from 'kysely'
import type { Tx } from '../db/database.ts'
import type { Part } from '../part.ts'

/** Today in Asia/Ho_Chi_Minh, or the working date of a demonstration, as 'YYYY-MM-DD'. */
export async function today(tx: Tx): Promise<string> {
  const { rows } = await sql<{ today: string }>`select calendar.today() as today`.execute(tx)
  return rows[0]?.today ?? ''
}

/** The day a demonstration stands on, or null where the product works on the real day. */
export async function demoDay(tx: Tx): Promise<string | null> {
  const { rows } = await sql<{ on: string }>`select working_on as on from calendar.working_date`.execute(tx)
  return rows[0]?.on ?? null
}

export const calendar: Part = {
  name: 'calendar',
  title: { vi: 'Lịch', en: 'Calendar' },
  folder: import.meta.dirname,
  scope: [{ table: 'calendar.working_date', unit: '', view: 'signed_in', change: 'nobody' }],
}
