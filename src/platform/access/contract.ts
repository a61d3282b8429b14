import { z } from 'zod'
import { roles } from '../actor/capability.ts'
import { Day, Id } from '../http/schemas.ts'

const WordsSchema = z.object({ vi: z.string(), en: z.string() })

/** The keys of the roles a person can be given. */
export const RoleKeySchema = z.enum(Object.keys(roles) as [keyof typeof roles, ...(keyof typeof roles)[]])

/** The roles in the order in which they are offered. */
export const roleNames = Object.entries(roles).map(([key, name]) => ({ key, name }))

const Reason = z.string().trim().min(1).max(500)

export const PeopleQuery = z.strictObject({
  q: z.string().max(100).default(''),
  /** Only people of this unit and of what is below it. */
  unitId: Id.optional(),
  status: z.enum(['active', 'suspended']).optional(),
  role: RoleKeySchema.optional(),
  page: z.coerce.number().int().min(1).max(10_000).default(1),
})

export const peoplePerPage = 50

export const PersonSummary = z.object({
  id: Id,
  loginName: z.string(),
  displayName: z.string(),
  position: z.string().nullable(),
  unitId: Id,
  unitName: z.string(),
  status: z.enum(['active', 'suspended']),
  isDemo: z.boolean(),
  /** Roles that hold today, as far as the reader may see the grants. */
  roles: z.array(z.string()),
  lastSignedInAt: z.string().nullable(),
})
export type PersonSummaryAnswer = z.infer<typeof PersonSummary>

export const PeopleAnswer = z.object({ people: z.array(PersonSummary), total: z.number().int() })

/** `future`, `current`, `ended` (its day has come) or `revoked`. */
export const GrantState = z.enum(['future', 'current', 'ended', 'revoked'])

export const GrantLine = z.object({
  id: Id,
  accountId: Id,
  displayName: z.string(),
  role: z.string(),
  roleName: WordsSchema,
  unitId: Id,
  unitName: z.string(),
  /** The unit in which it is held today, where its own has gone into another. */
  heldIn: z.string().nullable(),
  validFrom: Day,
  validUntil: Day.nullable(),
  reason: z.string().nullable(),
  state: GrantState,
  grantedBy: z.string().nullable(),
  revokedAt: z.string().nullable(),
  revokeReason: z.string().nullable(),
  mayRevoke: z.boolean(),
})
export type GrantLineAnswer = z.infer<typeof GrantLine>

export const PersonPage = z.object({
  person: PersonSummary,
  grants: z.array(GrantLine),
  /** The reader may suspend, restore and reset this person. */
  mayManage: z.boolean(),
  isSelf: z.boolean(),
})
export type PersonPageAnswer = z.infer<typeof PersonPage>

export const HoldersQuery = z.strictObject({
  /** Only grants over this unit and what is below it. */
  unitId: Id.optional(),
  role: RoleKeySchema.optional(),
})
/** Grants that hold today, by unit and person; `cut` where there are more than are shown. */
export const HoldersAnswer = z.object({ grants: z.array(GrantLine), cut: z.boolean() })

export const NewAccount = z.strictObject({
  displayName: z.string().trim().min(1).max(200),
  loginName: z.string().trim().min(2).max(64),
  position: z.string().trim().max(200).optional(),
  unitId: Id,
})
export type NewAccountInput = z.infer<typeof NewAccount>

/** The password stands in this answer and nowhere else; the person changes it at the first sign-in. */
export const NewAccountAnswer = z.object({
  accountId: Id,
  loginName: z.string(),
  oneTimePassword: z.string(),
})

export const OneTimePassword = z.object({ oneTimePassword: z.string() })

export const NewGrant = z.strictObject({
  role: RoleKeySchema,
  unitId: Id,
  /** Today when not given. */
  validFrom: Day.optional(),
  /** The first day on which it no longer holds. */
  validUntil: Day.optional(),
  reason: Reason.optional(),
})
export type NewGrantInput = z.infer<typeof NewGrant>

export const GrantMade = z.object({ grantId: Id })
export const WithReason = z.strictObject({ reason: Reason.optional() })
export const AccountParams = z.strictObject({ accountId: Id })
export const GrantParams = z.strictObject({ grantId: Id })
export const Done = z.object({ done: z.literal(true) })
