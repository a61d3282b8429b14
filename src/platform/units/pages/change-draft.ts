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

export const emptyMade: MadeDraft = { name: '', code: '', kind: 'commune' }
export const emptyHalf: HalfDraft = { isNew: true, unit: null, made: emptyMade }

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
      return { ...dated, made: { ...newUnit(draft.made, unitId), nameIsOurs: draft.nameIsOurs } }
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
