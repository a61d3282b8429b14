/**
 * Which day it is for the product.
 * Tables: calendar.working_date.
 * Calls: audit.
 */
import { sql } from 'kysely'
import type { Actor } from '../actor/actor.ts'
import { audit } from '../audit/index.ts'
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

/** Makes the installation a demonstration that stands on `day`; only the program itself does this, at the first start. */
export async function setWorkingDate(tx: Tx, actor: Actor, day: string): Promise<void> {
  await sql`insert into calendar.working_date (working_on) values (${day})`.execute(tx)
  const { rows } = await sql<{
    root: string
  }>`select unit_id as root from units.unit_version where parent_id is null`.execute(tx)
  await audit(tx, actor, {
    action: 'calendar.working_date_set',
    subject: 'calendar.working_date',
    subjectId: day,
    unitId: rows[0]?.root ?? '',
  })
}

export const calendar: Part = {
  name: 'calendar',
  title: { vi: 'Lịch', en: 'Calendar' },
  folder: import.meta.dirname,
  scope: [
    {
      table: 'calendar.working_date',
      unit: '',
      view: 'signed_in',
      change: 'nobody',
      orChange: "access.holds('*')",
    },
  ],
}
