import type { PickedUnit } from '../../../web/ui/unit-picker.tsx'
import type { ChangeKind } from '../change.contract.ts'

/** A new unit as typed. */
export type MadeDraft = { name: string; code: string; kind: string }

export type HalfDraft = { isNew: boolean; unit: PickedUnit | null; made: MadeDraft }

/** What the form of a change holds, of whatever kind; names are those of the request where one field is one value. */
export type ChangeDraft = {
  kind: ChangeKind
  on: string | null
  legalBasis: string
  note: string
  name: string
  code: string
  toKind: string
  nameIsOurs: boolean
  /** A unit below this one. */
  created: MadeDraft
  /** What several become. */
  made: MadeDraft
  above: PickedUnit | null
  fromIds: PickedUnit[]
  becomes: 'made' | 'there'
  intoId: PickedUnit | null
  parentId: PickedUnit | null
  belowToId: PickedUnit | null
  stays: boolean
  halves: HalfDraft[]
  /** Place in `halves` of each unit below, by id; '' where it has not been said. */
  goes: Record<string, string>
}

export const emptyMade = (kind: string): MadeDraft => ({ name: '', code: '', kind })
export const emptyHalf = (kind: string): HalfDraft => ({ isNew: true, unit: null, made: emptyMade(kind) })

/** The request that the draft stands for; the server says what is missing in it. */
export function changeOf(draft: ChangeDraft, unitId: string): Record<string, unknown> {
  const { kind, on, legalBasis, note } = draft
  const dated = {
    kind,
    on,
    ...(legalBasis.trim() !== '' && { legalBasis }),
    ...(note.trim() !== '' && { note }),
  }
  const newUnit = (made: MadeDraft, parentId: string | undefined) => ({ ...made, parentId })
  switch (kind) {
    case 'create':
      return { ...dated, made: { ...newUnit(draft.created, unitId), nameIsOurs: draft.nameIsOurs } }
    case 'merge':
      return {
        ...dated,
        fromIds: draft.fromIds.map((one) => one.id),
        ...(draft.becomes === 'made'
          ? { made: newUnit(draft.made, draft.above?.id) }
          : { intoId: draft.intoId?.id }),
      }
    case 'split':
      return {
        ...dated,
        unitId,
        stays: draft.stays,
        halves: draft.halves.map((half, at) => ({
          ...(half.isNew ? { made: newUnit(half.made, draft.above?.id) } : { unitId: half.unit?.id }),
          belowIds: Object.entries(draft.goes).flatMap(([id, place]) => (place === String(at) ? [id] : [])),
        })),
      }
    case 'rename':
      return { ...dated, unitId, name: draft.name, ...(draft.code.trim() !== '' && { code: draft.code }) }
    case 'move':
      return { ...dated, unitId, parentId: draft.parentId?.id }
    case 'change_kind':
      return {
        ...dated,
        unitId,
        toKind: draft.toKind,
        name: draft.name,
        ...(draft.code.trim() !== '' && { code: draft.code }),
      }
    case 'abolish':
      return { ...dated, unitId, ...(draft.belowToId && { belowToId: draft.belowToId.id }) }
  }
}

/** The draft without one half: what was to go to it has not been said again, and the later ones move up. */
export function withoutHalf({ halves, goes }: ChangeDraft, at: number): Pick<ChangeDraft, 'halves' | 'goes'> {
  const moved = (place: string) =>
    place === String(at) ? '' : Number(place) > at ? String(Number(place) - 1) : place
  return {
    halves: halves.filter((_, place) => place !== at),
    goes: Object.fromEntries(Object.entries(goes).map(([id, place]) => [id, moved(place)])),
  }
}
