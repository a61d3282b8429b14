import { z } from 'zod'
import { Day, Id } from '../../platform/http/schemas.ts'
import { FigureSchema, WordsSchema } from '../../platform/measures/contract.ts'

export { type FigureAnswer, MeasureList } from '../../platform/measures/contract.ts'

export const statuses = ['exceeded', 'met', 'on_course', 'late', 'not_met', 'not_captured'] as const
export const Status = z.enum(statuses)
export type StatusName = z.infer<typeof Status>

export const directions = ['at_least', 'at_most', 'exactly'] as const
export const Direction = z.enum(directions)
export type DirectionName = z.infer<typeof Direction>

/** An exact decimal as text; a percentage is its number: '70' is 70 %. */
export const Decimal = z.string().regex(/^-?\d{1,15}(\.\d{1,6})?$/)

/** From this day on, and until the next point, the planned value. */
export const PathPoint = z.strictObject({ dueOn: Day, value: Decimal })
export type PathPointInput = z.infer<typeof PathPoint>

const line = (most: number) => z.string().trim().normalize('NFC').max(most)
const words = (most: number) => line(most).min(1)
const Year = z.int().min(1990).max(2200)

export const NewProgramme = z.strictObject({
  unitId: Id,
  name: words(300),
  fromYear: Year,
  untilYear: Year,
  orientation: line(300).default(''),
  decisionNo: line(300).default(''),
  note: line(1000).default(''),
})
export type NewProgrammeInput = z.infer<typeof NewProgramme>

export const NewPlan = z.strictObject({
  programmeId: Id,
  unitId: Id,
  year: Year,
  name: words(300),
  decisionNo: line(300).default(''),
})
export type NewPlanInput = z.infer<typeof NewPlan>

export const NewField = z.strictObject({
  programmeId: Id,
  name: words(200),
  /** Its place among the fields; the last when not given. */
  place: z.int().min(1).max(999).optional(),
})
export type NewFieldInput = z.infer<typeof NewField>

/** What may be changed of a target once it stands. */
export const TargetTerms = z.strictObject({
  fieldId: Id,
  code: words(40),
  title: words(300),
  /** Name of a declared measure, or null while nothing records it. */
  measure: words(120).nullable(),
  direction: Direction,
  /** The word after the number: '%', 'tổ', 'người'. */
  valueUnit: line(40),
  baseline: Decimal.nullable(),
  endValue: Decimal,
  startsOn: Day,
  endsOn: Day,
  path: z.array(PathPoint).max(60),
  answerableName: words(120),
  answerablePosition: line(200).default(''),
  answerableAccountId: Id.nullable().default(null),
  legalBasis: line(500).default(''),
  note: line(1000).default(''),
  isAssumption: z.boolean().default(false),
})
export type TargetTermsInput = z.infer<typeof TargetTerms>

export const NewTarget = TargetTerms.extend({ unitId: Id, planId: Id })
export type NewTargetInput = z.infer<typeof NewTarget>

export const ChangeTarget = TargetTerms.extend({
  reason: words(500),
  /** The revision that the person had before their eyes; another one in between is not overwritten. */
  revisionId: Id,
})
export type ChangeTargetInput = z.infer<typeof ChangeTarget>

export const RemoveTarget = z.strictObject({ reason: words(500) })
export const Made = z.object({ id: Id })
export const TargetParams = z.strictObject({ targetId: Id })

/** An exact quotient, as text. */
export const Quotient = z.object({ numerator: z.string(), denominator: z.string() })

export const UnitName = z.object({ id: Id, name: z.string() })
const MeasureWords = z.object({ name: z.string(), title: WordsSchema, noun: WordsSchema })

export const Judgement = z.object({
  status: Status,
  reason: WordsSchema,
  /** Null while the target has no measure or the measure nothing to count. */
  figure: FigureSchema.nullable(),
  /** What the plan asks for by the day. */
  plannedNow: Quotient,
})
export type JudgementAnswer = z.infer<typeof Judgement>

/**
 * Where a target comes from that was set for a unit which has ended: inherited by its one successor, given to a half
 * when the unit was split, or left with the unit that ended.
 */
export const Origin = z.object({
  kind: z.enum(['inherited', 'given', 'left']),
  id: Id,
  name: z.string(),
  /** Its last day. */
  lastOn: Day,
  /** The unit whose figures the target is judged by. */
  area: z.string(),
})
export type OriginAnswer = z.infer<typeof Origin>

/** A target as the overview lists it. */
export const TargetRow = Judgement.extend({
  id: Id,
  code: z.string(),
  title: z.string(),
  measure: MeasureWords.nullable(),
  direction: Direction,
  valueUnit: z.string(),
  asPercent: z.boolean(),
  endValue: z.string(),
  endsOn: Day,
  answerableName: z.string(),
  answerablePosition: z.string(),
  isAssumption: z.boolean(),
  /** Null for a target of the unit itself. */
  origin: Origin.nullable(),
})
export type TargetRowAnswer = z.infer<typeof TargetRow>

/** How many targets stand how; `exceeded` is part of `met`. */
export const Counts = z.object({
  total: z.int(),
  met: z.int(),
  exceeded: z.int(),
  onCourse: z.int(),
  late: z.int(),
  notMet: z.int(),
  notCaptured: z.int(),
})
export type CountsAnswer = z.infer<typeof Counts>

/** Who gives to another unit what one that ended left, as far as the reader is concerned. */
const Settling = z.object({
  maySettle: z.boolean(),
  /** May look at what waits. */
  maySee: z.boolean(),
  /** The unit whose administrator does it, or that of a unit above. */
  askAt: z.string(),
})
export type SettlingAnswer = z.infer<typeof Settling>

export const OverviewQuery = z.strictObject({ unitId: Id.optional(), asOf: Day.optional() })
export const Overview = z.object({
  unit: UnitName.extend({ kindName: WordsSchema }),
  /** Where it has ended by the day asked for: when, and into which units it went. */
  ended: z.object({ on: Day, isWhole: z.boolean(), into: z.array(UnitName) }).nullable(),
  /** Its first day, where that is to come. */
  begins: Day.nullable(),
  /** Where it has ended and what it left waits to be given to others. */
  settling: Settling.nullable(),
  /** The units above it that day, nearest first, that the reader may look at as well. */
  above: z.array(UnitName),
  asOf: Day,
  today: Day,
  readAt: z.iso.datetime(),
  year: z.int(),
  plans: z.array(z.object({ id: Id, name: z.string(), programmeName: z.string(), decisionNo: z.string() })),
  counts: Counts,
  fields: z.array(z.object({ id: Id, name: z.string(), targets: z.array(TargetRow) })),
  /** Units below that have targets of their own, best first; one that has ended with its last day. */
  below: z.array(UnitName.extend({ counts: Counts, lastOn: Day.nullable() })),
  /** How many more units below there are than `below` holds. */
  belowMore: z.int(),
  mayChange: z.boolean(),
})
export type OverviewAnswer = z.infer<typeof Overview>

/** `map`: judged on the map of another day than that of `asOf`. */
export const TargetPageQuery = z.strictObject({ asOf: Day.optional(), map: Day.optional() })
export const TargetPage = z.object({
  target: TargetRow.extend({
    baseline: z.string().nullable(),
    startsOn: Day,
    answerableAccountId: Id.nullable(),
    legalBasis: z.string(),
    note: z.string(),
    path: z.array(z.object({ dueOn: Day, value: z.string() })),
    fieldId: Id,
    fieldName: z.string(),
    planId: Id,
    planName: z.string(),
    unit: UnitName,
    /** Of one that nobody carries on: who gives it to another unit. */
    settling: Settling.nullable(),
    removedAt: z.iso.datetime().nullable(),
    /** From that day on it is not in the plan: a successor of its unit took it out, or set `replacedById` in its place. */
    closedOn: Day.nullable(),
    replacedById: Id.nullable(),
    /** The inherited target in whose place it was set, and the day from which it is in the plan. */
    replaces: z.object({ id: Id, unitName: z.string(), on: Day }).nullable(),
    revisionId: Id,
  }),
  asOf: Day,
  /** The day of the map that it is judged on, where that is another one. */
  map: Day.nullable(),
  today: Day,
  readAt: z.iso.datetime(),
  /** The plan as it is drawn: the steps laid down, or a straight line read at the ends of the months. */
  planned: z.object({
    shape: z.enum(['steps', 'line']),
    points: z.array(z.object({ on: Day, value: z.string() })),
  }),
  /** The figure at each month's end until the day, and on the day. */
  actual: z.array(FigureSchema),
  /** The units below, the highest first, equal ones by name. */
  below: z.array(z.object({ unit: UnitName, figure: FigureSchema })),
  belowMore: z.int(),
  history: z.array(
    z.object({
      id: Id,
      deed: z.enum(['set', 'changed', 'removed', 'moved', 'closed']),
      at: z.iso.datetime(),
      byName: z.string(),
      reason: z.string().nullable(),
      changes: z.array(
        z.object({ key: z.string(), before: z.string().nullable(), after: z.string().nullable() }),
      ),
    }),
  ),
  mayChange: z.boolean(),
})
export type TargetPageAnswer = z.infer<typeof TargetPage>

export const PeopleQuery = z.strictObject({ unitId: Id, q: z.string().max(100).default('') })
/** Who may answer for a target of a unit: the people of the unit and below. */
export const People = z.object({
  people: z.array(z.object({ id: Id, name: z.string(), position: z.string(), unitName: z.string() })),
})
export type PersonAnswer = z.infer<typeof People>['people'][number]

/** A target that is not written, to see how it would stand today. */
export const PreviewTarget = z.strictObject({
  unitId: Id,
  /** The plan it would stand in; without one, that of the year in which it begins. */
  planId: Id.optional(),
  measure: words(120).nullable(),
  direction: Direction,
  baseline: Decimal.nullable(),
  endValue: Decimal,
  startsOn: Day,
  endsOn: Day,
  path: z.array(PathPoint).max(60),
  asOf: Day.optional(),
})
export const Preview = Judgement.extend({
  asOf: Day,
  asPercent: z.boolean(),
  /** What may stand so but is seldom meant. */
  warning: WordsSchema.nullable(),
})
export type PreviewAnswer = z.infer<typeof Preview>
