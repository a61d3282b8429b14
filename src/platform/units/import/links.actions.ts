import type { Actor } from '../../actor/actor.ts'
import { audit } from '../../audit/index.ts'
import type { Tx } from '../../db/database.ts'
import { refuse, refuseField, refuseNotFound } from '../../http/refusal.ts'
import type { SettleLinkInput } from './links.contract.ts'
import * as store from './links.store.ts'
import { requireRightToSettle } from './settling-right.ts'

async function requireLink(tx: Tx, actor: Actor, unitId: string, seen: number): Promise<store.StoredLink> {
  await requireRightToSettle(tx, actor, unitId)
  const link = (await store.lockLink(tx, unitId)) ?? refuseNotFound()
  if (link.revision !== seen) {
    refuse(
      'units.link_changed',
      {
        vi: `Người khác vừa lưu liên kết của «${link.name}». Hãy xem lại rồi chọn lần nữa; chưa có gì bị ghi đè.`,
        en: `Somebody else has just saved the link of “${link.name}”. Look at it and choose again; nothing was overwritten.`,
      },
      { status: 409 },
    )
  }
  return link
}

/** How many units each answer names. */
const wanted = {
  whole: {
    fits: (count: number) => count === 1,
    vi: 'Hãy chọn đúng một đơn vị mới đã nhận toàn bộ.',
    en: 'Choose the one new unit that took all of it.',
  },
  parts: {
    fits: (count: number) => count >= 2,
    vi: 'Hãy chọn từ hai đơn vị mới trở lên; nếu chỉ một đơn vị nhận thì chọn «Toàn bộ».',
    en: 'Choose two or more new units; if only one took it, choose “all of it”.',
  },
  none: {
    fits: (count: number) => count === 0,
    vi: 'Chọn «Không về đơn vị nào» thì bỏ chọn mọi đơn vị mới.',
    en: 'With “to none” no new unit may be chosen.',
  },
} as const

/** Settles where a unit that ended went; figures on today's map follow at once. */
export async function settleLink(
  tx: Tx,
  actor: Actor,
  unitId: string,
  input: SettleLinkInput,
): Promise<{ unitId: string; revision: number }> {
  const link = await requireLink(tx, actor, unitId, input.revision)
  const toIds = [...new Set(input.toUnitIds)]
  const rule = wanted[input.went]
  if (!rule.fits(toIds.length)) refuseField('units.link_count', 'toUnitIds', rule)
  const names = await store.unitsOfRank(tx, toIds, link.rank, link.on)
  if (toIds.some((id) => id === unitId || !names.has(id))) {
    refuseField('units.link_level', 'toUnitIds', {
      vi: `Đơn vị nhận phải cùng cấp với «${link.name}», khác đơn vị đó và đang có vào ngày thay đổi. Hãy chọn đơn vị khác.`,
      en: `The new unit must be of the level of “${link.name}”, another one, and there on the day of the change.`,
    })
  }
  const before = await store.successorsOf(tx, unitId, link.on)
  const isWhole = input.went === 'whole'
  const after = toIds.map((id) => ({ unitId: id, isWhole, certainty: 'certain' as const }))
  await store.replaceSuccessors(tx, unitId, link, after)
  const replaced = link.replaced ?? before
  const revision = await store.noteSettled(tx, unitId, { by: actor.accountId, replaced })
  await audit(tx, actor, {
    action: 'units.link_settled',
    subject: 'units.link',
    subjectId: unitId,
    unitId,
    before: { to: before },
    after: { to: after, names: toIds.map((id) => names.get(id)) },
  })
  return { unitId, revision }
}

/** Takes back what was settled: the link is again as the list gave it. */
export async function takeBackLink(
  tx: Tx,
  actor: Actor,
  unitId: string,
  seen: number,
): Promise<{ unitId: string; revision: number }> {
  const link = await requireLink(tx, actor, unitId, seen)
  if (link.replaced === null) {
    refuse('units.link_not_settled', {
      vi: `Liên kết của «${link.name}» chưa ai xác nhận nên không có gì phải hoàn tác.`,
      en: `Nobody has settled the link of “${link.name}”; there is nothing to take back.`,
    })
  }
  const before = await store.successorsOf(tx, unitId, link.on)
  await store.replaceSuccessors(tx, unitId, link, link.replaced)
  const revision = await store.noteSettled(tx, unitId, null)
  await audit(tx, actor, {
    action: 'units.link_taken_back',
    subject: 'units.link',
    subjectId: unitId,
    unitId,
    before: { to: before },
    after: { to: link.replaced },
  })
  return { unitId, revision }
}
