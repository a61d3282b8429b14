import { sql } from 'kysely'
import type { Tx } from '../db/database.ts'
import { normaliseTonePlacement, tidy } from '../text/index.ts'
import type { ChangePreviewAnswer } from './change.contract.ts'
import { type Draft, type Version, versionOn } from './change.draft.ts'

const mostShown = 20

type Standing = Pick<Version, 'unitId' | 'name' | 'code' | 'parentId'>

/**
 * Units that a change lets stand below one unit under one name on its day: what it makes, renames or moves, beside what is
 * there already. What stood so before is not told.
 */
export async function namesakesOf(
  tx: Tx,
  { draft, before, nameOf }: { draft: Draft; before: readonly Version[]; nameOf: (unitId: string) => string },
): Promise<ChangePreviewAnswer['namesakes']> {
  const inDraft = [...draft.units.keys()].flatMap((id) => versionOn(draft, id, draft.on) ?? [])
  const stood = new Set(before.filter((one) => holdsOn(one, draft.on)).map(placeAndName))
  const fresh = inDraft.filter(
    (one) =>
      draft.touched.has(one.unitId) &&
      one.kind !== 'part' &&
      one.parentId !== null &&
      !stood.has(placeAndName(one)),
  )
  if (fresh.length === 0) return []
  const others = [...inDraft, ...(await standingBelow(tx, fresh, draft))]
  const told = new Set<string>()
  return fresh
    .flatMap((one) =>
      others.flatMap((other) => {
        const pair = [one.unitId, other.unitId].toSorted().join(' ')
        if (other.unitId === one.unitId || placeOf(other) !== placeOf(one) || told.has(pair)) return []
        told.add(pair)
        return {
          name: one.name,
          parentName: nameOf(one.parentId ?? ''),
          id: other.unitId.startsWith('new:') ? null : other.unitId,
          otherName: other.name,
          otherCode: other.code,
        }
      }),
    )
    .slice(0, mostShown)
}

const holdsOn = (one: Version, on: string) =>
  one.validFrom <= on && (one.validUntil === null || one.validUntil > on)

/** One name however its accents are placed and its letters are cased. */
const said = (name: string) => normaliseTonePlacement(tidy(name)).toLocaleLowerCase('vi')
const placeOf = (one: Standing) => `${one.parentId} ${said(one.name)}`
const placeAndName = (one: Standing) => `${one.unitId} ${placeOf(one)}`

/** What stands beside the given ones on the day and is not part of the change. */
async function standingBelow(tx: Tx, fresh: readonly Version[], draft: Draft): Promise<Standing[]> {
  const parents = [...new Set(fresh.flatMap((one) => (one.parentId?.startsWith('new:') ? [] : one.parentId)))]
  if (parents.length === 0) return []
  const known = [...draft.units.keys()].filter((id) => !id.startsWith('new:'))
  const { rows } = await sql<Standing>`
    select v.unit_id::text as "unitId", v.name, v.code, v.parent_id::text as "parentId" from units.unit_version v
    where v.parent_id = any(${parents}::bigint[]) and not v.unit_id = any(${known}::bigint[]) and v.kind <> 'part'
      and v.valid_from <= ${draft.on}::date and (v.valid_until is null or v.valid_until > ${draft.on}::date)
    order by v.unit_id limit 5000`.execute(tx)
  return rows
}
