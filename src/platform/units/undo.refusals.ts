import type { Actor } from '../actor/actor.ts'
import type { Tx } from '../db/database.ts'
import { refuse } from '../http/refusal.ts'
import type { Words } from '../part.ts'
import type { RecordCountAnswer } from './change.contract.ts'
import { written } from './change.draft.ts'
import type * as store from './change.store.ts'
import * as texts from './change.texts.ts'
import { eventsOf } from './change.views.ts'
import { labelledRows } from './records.rows.ts'
import { recordTables } from './records.ts'
import { mayChangeUnits } from './units.policy.ts'
import { rightWords } from './units.right.ts'
import { lastName, unitPath } from './units.views.ts'

const mostNamed = 10

function listOf(counts: readonly RecordCountAnswer[]): Words {
  const list = (language: 'vi' | 'en') => counts.map((one) => `${one.count} ${one.noun[language]}`).join(', ')
  return { vi: list('vi'), en: list('en') }
}

/** Refuses while records stand in units that the event made: leads to them, and says what can be done with each kind. */
export async function refuseHeld(
  tx: Tx,
  made: readonly string[],
  held: readonly RecordCountAnswer[],
): Promise<never> {
  const kinds = held.map((one) => ({ ...one, kind: recordTables().find(({ table }) => table === one.table) }))
  const links = new Map<string, Words>()
  for (const { kind } of kinds) {
    if (!kind) continue
    const rows = await labelledRows(tx, kind, { column: kind.unit, ids: made, limit: mostNamed })
    for (const { href, label } of rows)
      if (href !== null && !links.has(href) && links.size < mostNamed)
        links.set(href, { vi: label, en: label })
  }
  const staying = kinds.filter(({ kind }) => !kind?.away)
  // What goes away together is said once.
  const ways = new Map(kinds.flatMap(({ kind }) => (kind?.away ? [[kind.away.vi, kind.away]] : [])))
  const stays = {
    vi: `${listOf(staying).vi} không trở về đơn vị cũ được, nên thay đổi này phải giữ lại: điều cần sửa thì ghi bằng một thay đổi mới.`,
    en: `What cannot go back to a former unit (${listOf(staying).en}) keeps this change: record a new change for what is to be mended.`,
  }
  const said = [...ways.values(), ...(staying.length > 0 ? [stays] : [])]
  const list = listOf(held)
  refuse(
    'units.records_depend',
    {
      vi: `Không hủy được: đã có ${list.vi} ghi vào đơn vị do thay đổi này lập ra. ${said.map(({ vi }) => vi).join(' ')}`,
      en: `This cannot be undone: ${list.en} recorded in units that it made. ${said.map(({ en }) => en).join(' ')}`,
    },
    { links: [...links].map(([href, label]) => ({ href, label })) },
  )
}

/** Refuses for a change recorded since of the same units, by what it was; who may not undo that one either is told who may. */
export async function refuseForLater(tx: Tx, actor: Actor, later: store.LaterEvent): Promise<never> {
  const [said] = await eventsOf(tx, { eventId: later.id, limit: 1 })
  const names = (said?.from ?? []).slice(0, 5).map((one) => one.name)
  const kind = (words: typeof texts.vi) => words.kinds[later.kind as keyof typeof words.kinds] ?? later.kind
  const isTheirs = mayChangeUnits(actor, await unitPath(tx, later.unitId))
  const unit = isTheirs ? null : await lastName(tx, later.unitId)
  const whom = unit === null ? { vi: '', en: '' } : rightWords(unit)
  refuse(
    'units.later_event',
    {
      vi: `Không hủy được: đã có thay đổi khác của chính các đơn vị này, có hiệu lực từ ${written(later.on)} («${kind(texts.vi)}»: ${names.join(', ')}). Hãy hủy thay đổi đó trước.${whom.vi && ` ${whom.vi}`}`,
      en: `A later change of these units takes effect on ${written(later.on)} (“${kind(texts.en)}”: ${names.join(', ')}). Undo that first.${whom.en && ` ${whom.en}`}`,
    },
    { links: [{ href: '/units/changes', label: { vi: 'Mở «Các thay đổi»', en: 'Open “Changes”' } }] },
  )
}

/** Refuses while records of units are settled by or in what the event made, and leads to where that is undone. */
export async function refuseSettled(
  tx: Tx,
  { unitIds, records }: { unitIds: readonly string[]; records: readonly RecordCountAnswer[] },
): Promise<never> {
  const units: { unitId: string; name: string }[] = []
  for (const unitId of unitIds.slice(0, 10)) units.push({ unitId, name: (await lastName(tx, unitId)) ?? '' })
  const names = {
    vi: units.map(({ name }) => `«${name}»`).join(', '),
    en: units.map(({ name }) => `“${name}”`).join(', '),
  }
  const list = listOf(records)
  refuse(
    'units.records_settled',
    {
      vi: `Không hủy được: đã phân bổ ${list.vi} của ${names.vi} cho các đơn vị nhận. Hãy hoàn tác việc phân bổ ở trang «Bản ghi chưa phân bổ» của ${names.vi}, rồi hủy thay đổi này.`,
      en: `${list.en} of ${names.en} have been settled in other units. Undo that on the page “Unassigned records” of ${names.en}, then undo this change.`,
    },
    {
      links: units.map(({ unitId, name }) => ({
        href: `/units/unassigned/${unitId}`,
        label: { vi: `Mở bản ghi của ${name}`, en: `Open the records of ${name}` },
      })),
    },
  )
}
