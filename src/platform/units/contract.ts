import { z } from 'zod'
import { Day, Id } from '../http/schemas.ts'

const WordsSchema = z.object({ vi: z.string(), en: z.string() })

/** A unit as lists and pickers show it. */
export const UnitSummary = z.object({
  id: Id,
  code: z.string(),
  name: z.string(),
  kind: z.string(),
  kindName: WordsSchema,
  isArea: z.boolean(),
  /** Names of the units above it, nearest first, without the country. */
  path: z.array(z.string()),
  nameIsOurs: z.boolean(),
})
export type UnitSummaryAnswer = z.infer<typeof UnitSummary>

export const UnitSearchQuery = z.strictObject({
  q: z.string().max(100).default(''),
  asOf: Day.optional(),
  /** Only this unit and what is below it. */
  within: Id.optional(),
  kind: z.string().max(40).optional(),
  /** Only units over which the reader holds this capability. */
  may: z.string().max(60).optional(),
  limit: z.coerce.number().int().min(1).max(50).default(20),
})
export const UnitSearchAnswer = z.object({ units: z.array(UnitSummary) })

const UnitKind = z.object({
  key: z.string(),
  name: WordsSchema,
  isArea: z.boolean(),
  /** Areas stand in areas of a lower number; a unit is split into units of its own. */
  rank: z.int(),
})
export type UnitKindAnswer = z.infer<typeof UnitKind>
export const UnitKinds = z.object({ kinds: z.array(UnitKind) })

export const UnitTreeQuery = z.strictObject({ parentId: Id.optional(), asOf: Day.optional() })
export const UnitTreeAnswer = z.object({
  asOf: Day,
  parent: UnitSummary.nullable(),
  units: z.array(UnitSummary.extend({ below: z.number().int() })),
})

const NamedUnit = z.object({ id: Id, name: z.string() })

export const ElsewhereQuery = z.strictObject({
  asOf: Day.optional(),
  /** Only units over which the reader holds this capability. */
  may: z.string().max(60).optional(),
})

/** A unit that is not there on a day. */
const UnitElsewhere = z.object({
  name: z.string(),
  from: Day,
  /** The first day without it. */
  until: Day.nullable(),
  state: z.enum(['ended', 'to_come']),
  /** How what stands in its place came by it: whole, in parts, or by what stood below it. */
  how: z.enum(['whole', 'parts', 'below']),
  instead: z.array(NamedUnit),
})
export type UnitElsewhereAnswer = z.infer<typeof UnitElsewhere>
export const UnitElsewhereFound = z.object({ asOf: Day, elsewhere: UnitElsewhere.nullable() })

export const FormerAreaQuery = z.strictObject({ asOf: Day.optional() })

/** The area of a unit that ended, as it last stood, and what became of the areas below it on the map of a day. */
export const FormerArea = z.object({
  name: z.string(),
  lastDay: Day,
  /** By area directly below it on that day: the units in which it counts on the map of the day asked for. */
  below: z.array(z.object({ id: Id, toIds: z.array(Id) })),
  now: z.array(
    NamedUnit.extend({
      /** Units outside the former area of which it was made as well. */
      alsoFrom: z.array(NamedUnit),
      /** Whether the reader sees its figures. */
      isSeen: z.boolean(),
    }),
  ),
})
export type FormerAreaAnswer = z.infer<typeof FormerArea>
export const FormerAreaFound = z.object({ asOf: Day, area: FormerArea.nullable() })

export const UnitPage = z.object({
  unit: UnitSummary,
  asOf: Day,
  ancestors: z.array(UnitSummary),
  versions: z.array(
    z.object({
      code: z.string(),
      name: z.string(),
      kindName: WordsSchema,
      parentName: z.string().nullable(),
      validFrom: Day,
      validUntil: Day.nullable(),
      legalBasis: z.string().nullable(),
      nameIsOurs: z.boolean(),
    }),
  ),
  /**
   * Of a unit that has ended by the day asked for: the first day without it, the units into which it went, and, where
   * there is none, those that took its place.
   */
  ended: z
    .object({ on: Day, isWhole: z.boolean(), into: z.array(NamedUnit), tookPlace: z.array(NamedUnit) })
    .nullable(),
  areasBelow: z.array(UnitSummary.extend({ below: z.number().int() })),
  bodies: z.array(UnitSummary),
  mayChange: z.boolean(),
  /** Whether the reader may change the unit above as well, which a merger, a split and a move take. */
  mayChangeAbove: z.boolean(),
})
export type UnitPageAnswer = z.infer<typeof UnitPage>
