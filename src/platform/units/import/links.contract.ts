import { z } from 'zod'
import { Day, Id } from '../../http/schemas.ts'

export const linksPerPage = 20

const NamedUnit = z.object({ id: Id, code: z.string(), name: z.string() })

/** Where one unit that ended went, how we know, and what a person can choose. */
export const UnitLink = z.object({
  from: NamedUnit.extend({
    /** Names of the units it stood below, nearest first. */
    path: z.array(z.string()),
  }),
  on: Day,
  certainty: z.enum(['certain', 'assumed', 'open']),
  reason: z.string(),
  /** The words of the list that speak of it, by the new unit whose text it is. */
  said: z.array(z.object({ unit: NamedUnit, words: z.string() })),
  to: z.array(NamedUnit),
  isWhole: z.boolean(),
  candidates: z.array(NamedUnit),
  settled: z.object({ at: z.string(), by: z.string() }).nullable(),
  revision: z.number().int(),
})
export type UnitLinkAnswer = z.infer<typeof UnitLink>

export const linkStates = ['waiting', 'settled', 'certain'] as const
export type LinkState = (typeof linkStates)[number]

export const UnitLinksQuery = z.strictObject({
  state: z.enum(linkStates).default('waiting'),
  q: z.string().max(100).default(''),
  provinceId: Id.optional(),
  page: z.coerce.number().int().min(1).max(10_000).default(1),
})
export type UnitLinksInput = z.infer<typeof UnitLinksQuery>

const Count = z.number().int()

/** The old units of the lists, each once, by how it is known where they went. */
export const LinkTotals = z.object({
  units: Count,
  /** Known without a person: what the lists say, what goes on unchanged, what was recorded as a change here. */
  known: Count,
  said: Count,
  unchanged: Count,
  recorded: Count,
  assumed: Count,
  open: Count,
  settled: Count,
})
export type LinkTotalsAnswer = z.infer<typeof LinkTotals>

export const UnitLinksAnswer = z.object({
  links: z.array(UnitLink),
  total: z.number().int(),
  /** How many links of the units one may change stand in each state. */
  counts: z.object({ waiting: z.number().int(), settled: z.number().int(), certain: z.number().int() }),
  totals: LinkTotals,
  /** The new provinces, with how many links wait in each. */
  provinces: z.array(NamedUnit.extend({ waiting: z.number().int() })),
})
export type UnitLinksShown = z.infer<typeof UnitLinksAnswer>

/** What a person says: all of it to one unit, a part to each of several, or to none. */
export const SettleLink = z.strictObject({
  went: z.enum(['whole', 'parts', 'none']),
  toUnitIds: z.array(Id).max(12),
  /** The revision that the person had before their eyes. */
  revision: z.number().int(),
})
export type SettleLinkInput = z.infer<typeof SettleLink>

export const TakeBackLink = z.strictObject({ revision: z.number().int() })

export const LinkSettled = z.object({ unitId: Id, revision: z.number().int() })
