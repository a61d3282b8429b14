import type { Actor } from '../../actor/actor.ts'
import { audit } from '../../audit/index.ts'
import type { Tx } from '../../db/database.ts'
import { refuse, refuseField, refuseNotFound } from '../../http/refusal.ts'
import type { SettleFindingInput } from './findings.contract.ts'
import * as store from './findings.store.ts'
import { requireRightToSettle } from './settling-right.ts'

async function requireFinding(
  tx: Tx,
  actor: Actor,
  unitId: string,
  seen: number,
): Promise<store.StoredFinding> {
  await requireRightToSettle(tx, actor, unitId)
  const finding = (await store.lockFinding(tx, unitId)) ?? refuseNotFound()
  if (finding.revision !== seen) {
    refuse(
      'units.finding_changed',
      {
        vi: `Người khác vừa lưu phần của «${finding.name}». Hãy xem lại rồi chọn lần nữa; chưa có gì bị ghi đè.`,
        en: `Somebody else has just saved what is said of “${finding.name}”. Look at it and choose again; nothing was overwritten.`,
      },
      { status: 409 },
    )
  }
  return finding
}

/** Notes what a person says of words in a list that match no old unit. No link and no figure moves by it. */
export async function settleFinding(
  tx: Tx,
  actor: Actor,
  unitId: string,
  { verdict, revision: seen }: SettleFindingInput,
): Promise<{ unitId: string; revision: number }> {
  const finding = await requireFinding(tx, actor, unitId, seen)
  if (verdict === 'linked' && !finding.isLinked) {
    refuseField('units.finding_not_linked', 'verdict', {
      vi: `Chưa có đơn vị cũ nào được xác nhận là về «${finding.name}». Hãy tìm đơn vị cũ đó ở danh sách liên kết, chọn «${finding.name}» và bấm xác nhận, rồi quay lại đây.`,
      en: `No old unit has been settled as gone to “${finding.name}”. Find that old unit in the list of links, choose “${finding.name}” and settle it, then come back.`,
    })
  }
  const revision = await store.noteVerdict(tx, unitId, { verdict, by: actor.accountId })
  await audit(tx, actor, {
    action: 'units.finding_settled',
    subject: 'units.list_finding',
    subjectId: unitId,
    unitId,
    before: { verdict: finding.verdict },
    after: { verdict },
  })
  return { unitId, revision }
}

/** Takes back what was said: it waits for a person again. */
export async function takeBackFinding(
  tx: Tx,
  actor: Actor,
  unitId: string,
  seen: number,
): Promise<{ unitId: string; revision: number }> {
  const finding = await requireFinding(tx, actor, unitId, seen)
  if (finding.verdict === null) {
    refuse('units.finding_not_settled', {
      vi: `Chưa ai xem phần của «${finding.name}» nên không có gì phải hoàn tác.`,
      en: `Nobody has settled what is said of “${finding.name}”; there is nothing to take back.`,
    })
  }
  const revision = await store.noteVerdict(tx, unitId, null)
  await audit(tx, actor, {
    action: 'units.finding_taken_back',
    subject: 'units.list_finding',
    subjectId: unitId,
    unitId,
    before: { verdict: finding.verdict },
    after: { verdict: null },
  })
  return { unitId, revision }
}
