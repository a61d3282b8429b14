import type { Actor } from '../actor/actor.ts'
import { roles } from '../actor/capability.ts'
import type { Tx } from '../db/database.ts'
import { type FieldRefusal, refuse, refuseField, refuseNotFound } from '../http/refusal.ts'
import type { Words } from '../part.ts'
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

/** Which right a deed takes, over which unit, and who has it. */
export function rightWords(name: string): Words {
  return {
    vi: `Việc này cần quyền «Quản lý danh mục đơn vị» trên «${name}», mà anh/chị chưa được giao. Hãy nhờ người có vai trò «${roles.administrator.vi}» ở «${name}» hoặc ở đơn vị cấp trên của nó.`,
    en: `This takes the right “Manage the list of units” over “${name}”, which you have not been given. Ask whoever has the role “${roles.administrator.en}” over “${name}” or a unit above it.`,
  }
}

/** Refuses for want of the right over the lowest unit that holds all those concerned. */
export async function requireRightOverAll(tx: Tx, actor: Actor, unitId: string): Promise<void> {
  if (mayChangeUnits(actor, await placeOf(tx, unitId, undefined))) return
  const name = (await lastName(tx, unitId)) ?? ''
  const right = rightWords(name)
  refuse(
    'units.not_yours',
    {
      vi: `Các đơn vị của thay đổi này chỉ cùng nằm trong «${name}». ${right.vi}`,
      en: `The units of this change have only “${name}” above all of them. ${right.en}`,
    },
    { status: 403 },
  )
}

/** Refuses for want of the right over a unit. */
export function refuseScope(name: string, path?: string): never {
  const message = rightWords(name)
  const fields: FieldRefusal[] = path === undefined ? [] : [{ path, message }]
  refuse('units.not_yours', message, { status: 403, fields })
}
