import type { Actor } from '../actor/actor.ts'
import type { Tx } from '../db/database.ts'
import { type FieldRefusal, refuse, refuseField, refuseNotFound } from '../http/refusal.ts'
import { mayChangeUnits } from './units.policy.ts'
import { lastName, lastParent, unitPath } from './units.views.ts'

/** A unit that is not there today, because it is to come or is no more, is placed by the unit above it. */
async function placeOf(tx: Tx, unitId: string, path: string | undefined): Promise<string[]> {
  const place = await unitPath(tx, unitId)
  if (place.length > 0) return place
  const parentId = await lastParent(tx, unitId)
  return parentId === null ? refuseUnknown(path) : unitPath(tx, parentId)
}

function refuseUnknown(path: string | undefined): never {
  if (path === undefined) refuseNotFound()
  refuseField('units.not_there', path, {
    vi: 'Không tìm thấy đơn vị này. Hãy chọn lại đơn vị.',
    en: 'There is no such unit. Choose again.',
  })
}

/** Refuses whoever has not been given a unit to manage, and says which; `path`: the field of the request that names it. */
export async function requireRightOver(tx: Tx, actor: Actor, unitId: string, path?: string): Promise<void> {
  if (mayChangeUnits(actor, await placeOf(tx, unitId, path))) return
  refuseScope((await lastName(tx, unitId)) ?? '', path)
}

/** Refuses for want of the right over a unit. */
export function refuseScope(name: string, path?: string): never {
  const message = {
    vi: `Việc này cần quyền «Quản lý danh mục đơn vị» trên «${name}», mà anh/chị chưa được giao. Hãy nhờ người quản trị của đơn vị đó.`,
    en: `This takes the right “Manage the list of units” over “${name}”, which you have not been given. Ask the administrator of that unit.`,
  }
  const fields: FieldRefusal[] = path === undefined ? [] : [{ path, message }]
  refuse('units.not_yours', message, { status: 403, fields })
}
