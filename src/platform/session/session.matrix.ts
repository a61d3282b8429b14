import { createHash, randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import type { Probes } from '../testing/matrix.ts'
import { worldPassword } from '../testing/server.ts'

/** Whoever is signed in has an account of their own; units do not matter. */
export const probes: Probes = {
  'POST /api/session': {
    reach: 'own',
    // A name that nobody has: refused for the password, by whoever sends it.
    request: ({ unique }) => ({ body: { loginName: `khong.co.${unique}`, password: 'sai sai sai' } }),
    served: (answer) => answer.body?.error?.code === 'session.wrong',
  },
  'GET /api/session/me': {
    reach: 'own',
    served: (answer, _, { account, world }) =>
      account !== 'anonymous' && answer.body?.account?.loginName === world.accounts[account].loginName,
  },
  'GET /api/session/demo': { reach: 'own' },
  'POST /api/session/sign-out': { reach: 'own' },
  'POST /api/session/sign-out-everywhere': { reach: 'own' },
  'PUT /api/session/password': {
    reach: 'own',
    request: () => ({ body: { currentPassword: worldPassword, newPassword: '1234567890' } }),
    served: (answer) => answer.body?.error?.code === 'access.password_common',
  },
  'GET /api/session/devices': { reach: 'own' },
  'DELETE /api/session/devices/:sessionId': {
    reach: 'own',
    plant: async (_tx, _actor, { account, world, database }) => {
      const accountId = account === 'anonymous' ? null : world.accounts[account].accountId
      const { rows } = await sql<{ id: string }>`
        insert into access.session (token_hash, account_id, expires_at, device)
        select ${createHash('sha256').update(randomBytes(32)).digest()}, a.id, now() + interval '7 days', 'other'
        from access.account a where a.id = coalesce(${accountId}::bigint, a.id) order by a.id limit 1
        returning id`.execute(database.owner)
      return { sessionId: rows[0]?.id ?? '' }
    },
    request: (_, { sessionId }) => ({ params: { sessionId: sessionId ?? '' } }),
  },
}
