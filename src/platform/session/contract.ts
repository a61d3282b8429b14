import { z } from 'zod'
import { Day, Id } from '../http/schemas.ts'

export const SignIn = z.strictObject({
  loginName: z.string().trim().min(1).max(64),
  password: z.string().min(1).max(200),
})

/** `mustChangePassword`: nothing but the own account is served until the one-time password is replaced. */
export const SignedIn = z.object({ mustChangePassword: z.boolean() })

export const Me = z.object({
  account: z.object({
    id: Id,
    loginName: z.string(),
    displayName: z.string(),
    position: z.string().nullable(),
    unitName: z.string(),
    mustChangePassword: z.boolean(),
  }),
  may: z.array(z.object({ capability: z.string(), unitId: Id, unitName: z.string() })),
  /** The day that new records and figures stand on, unless told otherwise. */
  today: Day,
  demo: z.object({ isDemo: z.boolean(), workingOn: Day.nullable() }),
})
export type MeAnswer = z.infer<typeof Me>

export const Ended = z.object({ sessionsEnded: z.number().int() })

export const ChangePassword = z.strictObject({
  currentPassword: z.string().min(1).max(200),
  newPassword: z.string().min(1).max(200),
})

export const Devices = z.object({
  devices: z.array(
    z.object({
      id: Id,
      device: z.string(),
      address: z.string().nullable(),
      startedAt: z.string(),
      lastSeenAt: z.string(),
      isThisOne: z.boolean(),
    }),
  ),
})
export type DevicesAnswer = z.infer<typeof Devices>

export const DeviceParams = z.strictObject({ sessionId: Id })

/** What the sign-in page of a demonstration shows; `accounts` is empty everywhere else. */
export const DemoHint = z.object({
  isDemo: z.boolean(),
  workingOn: Day.nullable(),
  accounts: z.array(
    z.object({
      loginName: z.string(),
      password: z.string(),
      displayName: z.string(),
      position: z.string().nullable(),
    }),
  ),
})
export type DemoHintAnswer = z.infer<typeof DemoHint>
