import type { Actor } from '../actor/actor.ts'
import type { Tx } from '../db/database.ts'
import { refuse, refuseNotFound } from '../http/refusal.ts'
import { mayChangeUnits } from './units.policy.ts'
import { lastParent, unitPath } from './units.views.ts'

/** A unit that is not there today, because it is to come or is no more, is placed by the unit above it. */
async function placeOf(tx: Tx, unitId: string): Promise<string[]> {
  const path = await unitPath(tx, unitId)
  return path.length > 0 ? path : unitPath(tx, (await lastParent(tx, unitId)) ?? refuseNotFound())
}

/** Refuses whoever has not been given a unit to manage. */
export async function requireRightOver(tx: Tx, actor: Actor, unitId: string): Promise<void> {
  if (!mayChangeUnits(actor, await placeOf(tx, unitId))) refuseScope()
}

export function refuseScope(): never {
  refuse(
    'units.not_yours',
    {
      vi: 'Đơn vị này nằm ngoài phạm vi anh/chị được giao quản lý danh mục. Hãy nhờ người quản trị của đơn vị đó.',
      en: 'This unit lies outside what you have been given to manage. Ask the administrator of that unit.',
    },
    { status: 403 },
  )
}
