import { z } from 'zod'
import { Day, Id } from '../http/schemas.ts'

const WordsSchema = z.object({ vi: z.string(), en: z.string() })
const Name = z.string().trim().min(1).max(200)
const Code = z.string().trim().min(1).max(40)
const Kind = z.string().min(1).max(40)

/** A unit that a change brings into being. */
const NewArea = z.strictObject({ name: Name, code: Code, kind: Kind, parentId: Id })

/** Said where neither a unit that is there nor a new one was given. */
const noneWords = {
  words: {
    vi: 'Chưa chọn đơn vị nhận. Hãy chọn một đơn vị đang có, hoặc ghi tên, loại và mã của đơn vị mới.',
    en: 'No receiving unit was chosen. Choose one that is there, or give name, kind and code of a new one.',
  },
}

/** Said where both were given. */
const bothWords = {
  words: {
    vi: 'Vừa chọn đơn vị nhận đang có, vừa ghi đơn vị mới. Hãy chọn một trong hai: bỏ đơn vị đang có, hoặc bỏ phần ghi đơn vị mới.',
    en: 'Both a receiving unit that is there and a new one were given. Choose one of the two: leave out the one that is there, or the new one.',
  },
}

/** One half of a split: a new unit or one that is there, and which units below go to it. */
const Half = z
  .strictObject({
    unitId: Id.optional(),
    made: NewArea.optional(),
    belowIds: z.array(Id).max(2000).default([]),
  })
  .refine((half) => half.unitId !== undefined || half.made !== undefined, {
    path: ['unitId'],
    params: noneWords,
  })
  .refine((half) => half.unitId === undefined || half.made === undefined, {
    path: ['unitId'],
    params: bothWords,
  })

/** Said where no document is named: an administrative change has one, and its number tells which. */
const basisWords = {
  words: {
    vi: 'Chưa ghi số văn bản làm căn cứ. Hãy ghi số và ngày của nghị quyết hay quyết định, ví dụ «Nghị quyết 1278/NQ-UBTVQH15 ngày 24/10/2024». Số văn bản gồm chữ số, dấu gạch chéo và ký hiệu, như 15/QĐ-UBND hay 72/2025/QH15.',
    en: 'The document that this rests on is not named by its number. Give number and day of the resolution or decision, for instance “Nghị quyết 1278/NQ-UBTVQH15 ngày 24/10/2024”. A number has digits, a slash and a symbol, as 15/QĐ-UBND or 72/2025/QH15.',
  },
}

/** 1278/NQ-UBTVQH15, 72/2025/QH15, of the party 60-NQ/TW: never a day, whose slashes stand between digits only. */
const documentNumber = /\d(?:-\p{L}+)?(?:\s?\/\s?\d{4})?\s?\/\s?\p{L}[\p{L}\d]/u

const dated = {
  on: Day,
  /** Required, so that what is missing is said in words of its own. */
  legalBasis: z
    .string()
    .trim()
    .max(500)
    .default('')
    .refine((basis) => documentNumber.test(basis), { params: basisWords }),
  note: z.string().trim().max(2000).optional(),
}

/** An administrative change, from a day on. */
export const Change = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('create'),
    ...dated,
    made: NewArea.extend({ nameIsOurs: z.boolean().default(false) }),
  }),
  z
    .strictObject({
      kind: z.literal('merge'),
      ...dated,
      fromIds: z.array(Id).min(1).max(500),
      /** The unit that stays and takes the others in; or `made`, the one they become. */
      intoId: Id.optional(),
      made: NewArea.optional(),
    })
    .refine((merge) => merge.intoId !== undefined || merge.made !== undefined, {
      path: ['intoId'],
      params: noneWords,
    })
    .refine((merge) => merge.intoId === undefined || merge.made === undefined, {
      path: ['intoId'],
      params: bothWords,
    }),
  z.strictObject({
    kind: z.literal('split'),
    ...dated,
    unitId: Id,
    /** The unit goes on without what goes to the others. */
    stays: z.boolean().default(false),
    halves: z.array(Half).min(1).max(20),
  }),
  z.strictObject({ kind: z.literal('rename'), ...dated, unitId: Id, name: Name, code: Code.optional() }),
  z.strictObject({ kind: z.literal('move'), ...dated, unitId: Id, parentId: Id }),
  z.strictObject({
    kind: z.literal('change_kind'),
    ...dated,
    unitId: Id,
    toKind: Kind,
    name: Name.optional(),
    code: Code.optional(),
  }),
  z.strictObject({
    kind: z.literal('abolish'),
    ...dated,
    unitId: Id,
    /** Where the units below go; without it there must be none that are areas. */
    belowToId: Id.optional(),
  }),
])

type WithoutBasis<T> = T extends unknown ? Omit<T, 'legalBasis'> & { legalBasis?: string | undefined } : never

/** A change as the program itself may plan it, of an import for instance; whoever asks for one names its legal basis. */
export type ChangeInput = WithoutBasis<z.infer<typeof Change>>
export type ChangeKind = ChangeInput['kind']

/** So many of what a table holds: «4 tổ». */
const RecordCount = z.object({ table: z.string(), noun: WordsSchema, count: z.number().int() })
export type RecordCountAnswer = z.infer<typeof RecordCount>
/** With the records themselves, each with its page: the first 50 that the reader may open. */
const RecordList = RecordCount.extend({
  rows: z.array(z.object({ id: Id, label: z.string(), href: z.string().nullable() })),
})
export type RecordListAnswer = z.infer<typeof RecordList>

const Stand = z.object({
  name: z.string(),
  code: z.string(),
  kindName: WordsSchema,
  parentName: z.string().nullable(),
})

/** A person with a role over units that end: «Cán bộ xã ở Xã Án». */
const Worker = z.object({ accountId: Id, name: z.string(), roles: z.array(WordsSchema) })

/** People by account; the first 200. */
const Workers = z.object({ count: z.number().int(), people: z.array(Worker) })
export type WorkersAnswer = z.infer<typeof Workers>

export const ChangePreview = z.object({
  kind: z.string(),
  on: Day,
  /** `goesOn`: the day on which it goes into another, by a change that is recorded already. */
  made: z.array(Stand.extend({ goesOn: z.object({ on: Day, into: z.string() }).nullable() })),
  ended: z.array(Stand.extend({ id: Id, goesTo: z.array(z.string()), isWhole: z.boolean() })),
  /** Units that are called otherwise or stand elsewhere from that day on; the first 200. */
  changed: z.array(z.object({ id: Id, before: Stand, after: Stand })),
  changedCount: z.number().int(),
  /** Until (not on) which day the new name lasts, and what follows it. */
  nameUntil: z.object({ on: Day, name: z.string() }).nullable(),
  /** Records whose place follows from the change. */
  records: z.array(RecordList),
  /** What belongs to units that end and the successor carries on from that day. */
  inherited: z.array(RecordList),
  /** What units that end without a successor leave unassigned. */
  left: z.array(RecordList),
  /** Records of a split unit that no half can claim until a person settles them. */
  unassigned: z.array(RecordList),
  /** What stays with a split unit because it is not counted: accounts. */
  staying: z.array(RecordList),
  /** Units that stand below one unit under one name from that day on, each beside one that is there; the first 20. */
  namesakes: z.array(
    z.object({
      name: z.string(),
      parentName: z.string(),
      /** The other one; null where the change makes it. */
      id: Id.nullable(),
      otherName: z.string(),
      otherCode: z.string(),
    }),
  ),
  /** Who works in the successor from that day on, with the same roles. */
  working: Workers.extend({ into: z.string() }),
  /** Who has no successor to work in and keeps only what stands with the unit that ended, until given a role anew. */
  toPlace: Workers,
})
export type ChangePreviewAnswer = z.infer<typeof ChangePreview>

export const ChangeApplied = z.object({ eventId: Id, madeIds: z.array(Id) })
export type ChangeAppliedAnswer = z.infer<typeof ChangeApplied>

/** A unit of an event, under the name it bore then; one whose making was undone is not there any more. */
const Named = z.object({ id: Id, name: z.string(), isThere: z.boolean() })

/** What a unit is called, and where it stands, from the day of a renaming, a change of kind or a move. */
const After = z.object({ name: z.string(), code: z.string(), parentName: z.string().nullable() })

/** An event as lists show it. */
export const UnitEvent = z.object({
  id: Id,
  kind: z.string(),
  on: Day,
  legalBasis: z.string().nullable(),
  note: z.string().nullable(),
  from: z.array(Named.extend({ code: z.string(), after: After.nullable() })),
  to: z.array(Named),
  /** How many units it touched in all. */
  unitCount: z.number().int(),
  recordedAt: z.string(),
  recordedBy: z.string().nullable(),
  undoneAt: z.string().nullable(),
  undoneBy: z.string().nullable(),
  mayUndo: z.boolean(),
  /** The unit over which the right to undo it is wanted, for whoever has it not. */
  undoTakes: z.string().nullable(),
})
export type UnitEventAnswer = z.infer<typeof UnitEvent>

export const UnitEventsQuery = z.strictObject({
  unitId: Id.optional(),
  kind: z.string().max(20).optional(),
  /** Only events before this one in the list, for the next page. */
  before: Id.optional(),
  limit: z.coerce.number().int().min(1).max(100).default(50),
})
export const UnitEvents = z.object({ events: z.array(UnitEvent), more: z.boolean() })
export type UnitEventsAnswer = z.infer<typeof UnitEvents>

export const EventParams = z.strictObject({ eventId: Id })
/** What a successor took out since the event and is back once it is undone. */
export const UndoPreview = z.object({ back: z.array(RecordList) })
export type UndoPreviewAnswer = z.infer<typeof UndoPreview>

export const EventUndone = z.object({ id: Id })
