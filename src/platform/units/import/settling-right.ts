import type { Actor } from '../../actor/actor.ts'
import type { Tx } from '../../db/database.ts'
import { refuse } from '../../http/refusal.ts'
import { mayChangeUnits } from '../units.policy.ts'
import { unitPath } from '../units.views.ts'

/** Refuses whoever has not been given the unit to manage of which a list leaves something open. */
export async function requireRightToSettle(tx: Tx, actor: Actor, unitId: string): Promise<void> {
  if (mayChangeUnits(actor, await unitPath(tx, unitId))) return
  refuse(
    'units.not_yours',
    {
      vi: 'Đơn vị này nằm ngoài phạm vi anh/chị được giao quản lý danh mục. Hãy nhờ người quản trị của đơn vị đó.',
      en: 'This unit lies outside what you have been given to manage. Ask the administrator of that unit.',
    },
    { status: 403 },
  )
}
