import type { Tx } from '../../platform/db/database.ts'
import { refuse, refuseNotFound } from '../../platform/http/refusal.ts'
import { namesOf } from './programme.views.ts'
import { readTarget, unmadeTarget } from './target.views.ts'

const written = (day: string) => day.split('-').map(Number).reverse().join('/')

/** Refuses a target that is not there; one of a unit whose making was undone by what happened and where to go on. */
export async function refuseGone(tx: Tx, targetId: string): Promise<never> {
  const gone = (await unmadeTarget(tx, targetId)) ?? refuseNotFound()
  const before = gone.replacesId === null ? null : await readTarget(tx, gone.replacesId)
  const ids = [...gone.former, ...(before ? [before.bearing.heirId] : [])]
  const names = await namesOf(tx, ids, gone.today)
  const name = (unitId: string) => names.get(unitId)?.name ?? ''
  const links = before
    ? [
        {
          href: `/targets/${before.id}`,
          label: {
            vi: `Mở chỉ tiêu «${before.title}» của ${name(before.bearing.heirId)}`,
            en: `Open the target “${before.title}” of ${name(before.bearing.heirId)}`,
          },
        },
      ]
    : gone.former.map((unitId) => ({
        href: `/?unitId=${unitId}`,
        label: { vi: `Mở chỉ tiêu của ${name(unitId)}`, en: `Open the targets of ${name(unitId)}` },
      }))
  const where = before
    ? {
        vi: `Chỉ tiêu mà nó đã thay nay lại ở ${name(before.bearing.heirId)}.`,
        en: `The target in whose place it stood is in ${name(before.bearing.heirId)} again.`,
      }
    : { vi: 'Hãy xem ở đơn vị cũ.', en: 'Look in the former units.' }
  refuse(
    'programme.unit_unmade',
    {
      vi: `Chỉ tiêu «${gone.title}» là của ${gone.unitName}. Thay đổi lập ra đơn vị này đã được hủy ngày ${written(gone.undoneOn)}, sau khi chỉ tiêu đã được đưa ra khỏi kế hoạch. ${where.vi}`,
      en: `The target “${gone.title}” was of ${gone.unitName}. The change that made this unit was undone on ${written(gone.undoneOn)}, after the target had been taken out of the plan. ${where.en}`,
    },
    {
      status: 404,
      links: [...links, { href: '/units/changes', label: { vi: 'Mở «Các thay đổi»', en: 'Open “Changes”' } }],
    },
  )
}
