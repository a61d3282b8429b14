import { sql } from 'kysely'
import type { Tx } from '../db/database.ts'
import type { ChangeInput, ChangePreviewAnswer, RecordCountAnswer } from './change.contract.ts'
import { differences } from './change.differences.ts'
import { type Draft, type Version, versionOn } from './change.draft.ts'
import { namesakesOf } from './change.namesakes.ts'
import { peopleOf } from './change.people.ts'
import { kindsByKey } from './change.store.ts'
import { listed } from './records.rows.ts'
import { countRecords } from './records.store.ts'
import { countedTableOf, settledTableOf } from './records.ts'

const mostChanged = 200

/** Roles over units that end are told person by person. */
const grants = 'access.grant'
const isOfPeople = ({ table }: RecordCountAnswer) => table === grants

type Ask = { change: ChangeInput; draft: Draft; before: readonly Version[] }

/** A change worked out, as the person who plans it reads it: what ends, what is made, what moves, and the records with it. */
export async function previewOf(tx: Tx, { change, draft, before }: Ask): Promise<ChangePreviewAnswer> {
  const kinds = await kindsByKey(tx)
  const names = await namesOf(tx, draft)
  const nameOf = (id: string) =>
    (versionOn(draft, id, draft.on) ?? draft.units.get(id)?.at(-1))?.name ?? names.get(id) ?? ''
  const stand = (version: Version) => {
    const kind = kinds.get(version.kind)
    return {
      name: version.name,
      code: version.code,
      kindName: { vi: kind?.nameVi ?? '', en: kind?.nameEn ?? '' },
      parentName: version.parentId === null ? null : nameOf(version.parentId),
    }
  }
  const was = (id: string) =>
    before.find(
      (one) =>
        one.unitId === id &&
        one.validFrom <= draft.on &&
        (one.validUntil === null || one.validUntil > draft.on),
    )
  const touched = new Set(
    [...differences(before, draft).added, ...differences(before, draft).revised.map((one) => one.after)].map(
      (one) => one.unitId,
    ),
  )
  const changed = [...touched].flatMap((id) => {
    const [old, now] = [was(id), versionOn(draft, id, draft.on)]
    return old && now && !draft.made.includes(id) ? [{ id, before: stand(old), after: stand(now) }] : []
  })
  const moved = changed.filter(
    (one) =>
      one.before.parentName !== one.after.parentName || was(one.id)?.parentId !== parentNow(draft, one.id),
  )
  const follows = [...draft.ended, ...moved.map((one) => one.id)]
  const own = change.kind === 'split' && !change.stays ? [change.unitId] : []
  const ofOwn = await countRecords(tx, own)
  const endedApart = draft.ended.filter((id) => !own.includes(id))
  const [heirs, alone] = [true, false].map((wanted) =>
    endedApart.filter((id) => draft.links.some((one) => one.fromId === id && one.isWhole) === wanted),
  ) as [string[], string[]]
  // What is counted goes along with a successor; without one it waits for a person as what belongs to a unit does.
  const inherited = (await countRecords(tx, heirs)).filter(({ table }) => settledTableOf(table) !== undefined)
  const left = (await countRecords(tx, alone)).filter(({ table }) => isSettled(table))
  const places = await withAllBelow(tx, follows, own, change.on)
  const along = await countRecords(tx, places)
  const roles = (await countRecords(tx, endedApart)).filter(isOfPeople)
  return {
    kind: change.kind,
    on: change.on,
    made: draft.made.flatMap((id) => {
      const going = draft.goings.find((one) => one.fromId === id)
      const goesOn = going ? { on: going.on, into: going.toName } : null
      return (draft.units.get(id) ?? []).slice(0, 1).map((first) => ({ ...stand(first), goesOn }))
    }),
    ended: draft.ended.flatMap((id) => {
      const old = was(id)
      const links = draft.links.filter((one) => one.fromId === id)
      return old
        ? [
            {
              id,
              ...stand(old),
              goesTo: links.map((one) => nameOf(one.toId)),
              isWhole: links.every((one) => one.isWhole),
            },
          ]
        : []
    }),
    changed: changed.slice(0, mostChanged),
    changedCount: changed.length,
    records: await listed(tx, without(without(without(along, inherited), left), roles), (table) => {
      const apart = [
        ...(settledTableOf(table) ? heirs : []),
        ...(isSettled(table) ? alone : []),
        ...(table === grants ? endedApart : []),
      ]
      return places.filter((id) => !apart.includes(id))
    }),
    inherited: await listed(tx, inherited, () => heirs),
    left: await listed(tx, left, () => alone),
    nameUntil:
      change.kind === 'rename' || change.kind === 'change_kind' ? nextName(draft, change.unitId) : null,
    unassigned: await listed(
      tx,
      ofOwn.filter(({ table }) => isSettled(table)),
      () => own,
    ),
    staying: await listed(
      tx,
      ofOwn.filter((one) => !isSettled(one.table) && !isOfPeople(one)),
      () => own,
    ),
    namesakes: await namesakesOf(tx, { draft, before, nameOf }),
    ...(await peopleOf(tx, { draft, kinds, nameOf })),
  }
}

/** Counts less those that are told apart. */
const without = (counts: readonly RecordCountAnswer[], apart: readonly RecordCountAnswer[]) =>
  counts
    .map((one) => ({
      ...one,
      count: one.count - (apart.find(({ table }) => table === one.table)?.count ?? 0),
    }))
    .filter(({ count }) => count > 0)

/** When the name that a unit has from the day of the change gives way to another, and to which. */
function nextName(draft: Draft, unitId: string): ChangePreviewAnswer['nameUntil'] {
  const name = versionOn(draft, unitId, draft.on)?.name
  const next = draft.units.get(unitId)?.find((one) => one.validFrom > draft.on && one.name !== name)
  return next ? { on: next.validFrom, name: next.name } : null
}

/** Given to a half by a person, or following what is. */
const isSettled = (table: string) => (countedTableOf(table) ?? settledTableOf(table)) !== undefined

const parentNow = (draft: Draft, id: string) => versionOn(draft, id, draft.on)?.parentId

/** Units at and below the given ones just before a day and on it, but for those left out. */
async function withAllBelow(
  tx: Tx,
  unitIds: readonly string[],
  but: readonly string[],
  on: string,
): Promise<string[]> {
  if (unitIds.length === 0) return []
  const { rows } = await sql<{ id: string }>`
    select distinct a.unit_id::text as id from units.ancestry a
    where a.ancestor_id = any(${unitIds}::bigint[]) and not a.unit_id = any(${but}::bigint[])
      and a.valid_from <= ${on}::date and (a.valid_until is null or a.valid_until > ${on}::date)`.execute(tx)
  return rows.map((row) => row.id)
}

/** Names of the units above that the draft only points at. */
async function namesOf(tx: Tx, draft: Draft): Promise<Map<string, string>> {
  const ids = [...draft.units.values()]
    .flat()
    .flatMap((one) => (one.parentId !== null && !draft.units.has(one.parentId) ? [one.parentId] : []))
  const { rows } = await sql<{ id: string; name: string }>`
    select distinct on (unit_id) unit_id::text as id, name from units.unit_version
    where unit_id = any(${[...new Set(ids)]}::bigint[]) and valid_from <= ${draft.on}::date
    order by unit_id, valid_from desc`.execute(tx)
  return new Map(rows.map((row) => [row.id, row.name]))
}
