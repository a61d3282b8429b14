import { createAccount, systemActor } from '../access/index.ts'
import type { TestServer } from './server.ts'

/** The token in the cookie that an answer sets; empty without one. */
export const cookieOf = (setCookie: string[] | undefined): string =>
  /banlang_session=([^;]*)/.exec(setCookie?.[0] ?? '')?.[1] ?? ''

/** A person of commune A1 whose failed attempts count for no other test; `oneTime`: with a password to replace. */
export async function makePerson(
  server: TestServer,
  loginName: string,
  oneTime = false,
): Promise<{ accountId: string; password: string }> {
  const actor = await systemActor(server.database)
  const password = 'mua xuan ve tren ban'
  const made = await server.database.write(actor, (tx) =>
    createAccount(tx, actor, {
      loginName,
      displayName: loginName,
      unitId: server.world.units.a1,
      ...(oneTime ? {} : { password }),
    }),
  )
  return { accountId: made.accountId, password: made.oneTimePassword ?? password }
}
