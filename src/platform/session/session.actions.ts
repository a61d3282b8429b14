import { refusePassword } from '../access/access.refusals.ts'
import { loginNameOf, passwordFault } from '../access/access.rules.ts'
import { endSessions, setPassword } from '../access/access.store.ts'
import { hashPassword, isPassword } from '../access/passwords.ts'
import { type Actor, nobody } from '../actor/actor.ts'
import { audit } from '../audit/index.ts'
import type { Database, Tx } from '../db/database.ts'
import { refuse, refuseField, refuseNotFound } from '../http/refusal.ts'
import * as store from './session.store.ts'
import { makeToken } from './token.ts'

/** Who knocks: the address as the nearest trusted proxy saw it, and what the browser calls itself. */
export type Visitor = { address: string; device: string | null; requestId: string }

/**
 * Opens a session for the right name and password. Unknown name, wrong password and no password at all sound the same
 * and take the same work. Refuses with the minutes to wait after five failures of a name or fifty of an address.
 */
export async function signIn(
  database: Database,
  visitor: Visitor,
  typed: { loginName: string; password: string },
): Promise<{ token: string; mustChangePassword: boolean }> {
  const loginName = loginNameOf(typed.loginName).slice(0, 64)
  const owner = database.owner
  const noted = await owner.transaction().execute((tx) => store.noteAttempt(tx, loginName, visitor.address))
  if ('waitMinutes' in noted) refuseToWait(noted.waitMinutes)
  const found = await owner.transaction().execute((tx) => store.credentialsByName(tx, loginName))
  const fits = await isPassword(typed.password, found?.hash ?? null)
  if (!found || !fits || found.status !== 'active') {
    await owner.transaction().execute(async (tx) => {
      await audit(tx, knocking(visitor, found), {
        action: 'session.sign_in_failed',
        subject: 'access.account',
        subjectId: found?.accountId ?? loginName,
        unitId: found?.unitId ?? (await store.rootUnit(tx)),
        after: { loginName, reason: !found ? 'unknown' : fits ? 'suspended' : 'password' },
      })
    })
    if (found && fits) refuseSuspended()
    refuseCredentials()
  }
  const { token, tokenHash } = makeToken()
  await owner.transaction().execute(async (tx) => {
    await store.markSucceeded(tx, noted.attemptId)
    await store.markSignedIn(tx, found.accountId)
    const sessionId = await store.insertSession(tx, {
      tokenHash,
      accountId: found.accountId,
      address: visitor.address,
      device: visitor.device,
    })
    await audit(
      tx,
      { ...knocking(visitor, found), accountId: found.accountId },
      {
        action: 'session.signed_in',
        subject: 'access.session',
        subjectId: sessionId,
        unitId: found.unitId,
        after: { device: visitor.device },
      },
    )
  })
  return { token, mustChangePassword: found.mustChange }
}

/** Ends the session of this token; silent if it ended before. */
export async function signOut(database: Database, actor: Actor, tokenHash: Buffer): Promise<void> {
  await ending(database, actor, 'session.signed_out', async (tx, accountId) =>
    (await store.deleteSession(tx, accountId, { tokenHash })) ? 1 : 0,
  )
}

/** Ends one of the actor's sessions on another device. */
export async function endDevice(database: Database, actor: Actor, sessionId: string): Promise<number> {
  const ended = await ending(database, actor, 'session.device_ended', async (tx, accountId) =>
    (await store.deleteSession(tx, accountId, { id: sessionId })) ? 1 : 0,
  )
  if (ended === 0) refuseNotFound()
  return ended
}

/** Ends every session of the actor, this one included; says how many. */
export function signOutEverywhere(database: Database, actor: Actor): Promise<number> {
  return database.write(actor, async (tx) => {
    const ended = await endSessions(tx, actor.accountId ?? '', null)
    await auditOwn(tx, actor, 'session.signed_out_everywhere', await homeOf(tx, actor), {
      sessionsEnded: ended,
    })
    return ended
  })
}

/** Replaces the actor's own password and ends their other sessions; says how many. */
export async function changeOwnPassword(
  database: Database,
  actor: Actor,
  tokenHash: Buffer,
  typed: { currentPassword: string; newPassword: string },
  visitor: Visitor,
): Promise<number> {
  const own = await database.owner
    .transaction()
    .execute((tx) => store.credentialsById(tx, actor.accountId ?? ''))
  if (!own) refuseNotFound()
  // A session left open must not become a place to guess the password at leisure.
  const noted = await database.owner
    .transaction()
    .execute((tx) => store.noteAttempt(tx, own.loginName, visitor.address))
  if ('waitMinutes' in noted) refuseToWait(noted.waitMinutes)
  if (!(await isPassword(typed.currentPassword, own.hash))) {
    refuseField('session.current_password', 'currentPassword', {
      vi: 'Mật khẩu hiện tại không đúng. Hãy nhập lại.',
      en: 'The current password is not right. Type it again.',
    })
  }
  await database.owner.transaction().execute((tx) => store.markSucceeded(tx, noted.attemptId))
  const fault = passwordFault(typed.newPassword, own.loginName)
  if (fault) refusePassword(fault, 'newPassword')
  if (typed.newPassword.normalize('NFC') === typed.currentPassword.normalize('NFC')) {
    refuseField('session.same_password', 'newPassword', {
      vi: 'Mật khẩu mới giống mật khẩu hiện tại. Hãy chọn mật khẩu khác.',
      en: 'The new password is the current one. Choose another.',
    })
  }
  const hash = await hashPassword(typed.newPassword)
  return database.write(actor, async (tx) => {
    await setPassword(tx, own.accountId, { hash, changeFirst: false })
    const ended = await endSessions(tx, own.accountId, tokenHash)
    await auditOwn(tx, actor, 'session.password_changed', own.unitId, { sessionsEnded: ended })
    return ended
  })
}

async function ending(
  database: Database,
  actor: Actor,
  action: string,
  end: (tx: Tx, accountId: string) => Promise<number>,
): Promise<number> {
  return database.owner.transaction().execute(async (tx) => {
    const ended = await end(tx, actor.accountId ?? '')
    if (ended > 0) await auditOwn(tx, actor, action, await homeOf(tx, actor), { sessionsEnded: ended })
    return ended
  })
}

async function homeOf(tx: Tx, actor: Actor): Promise<string> {
  return (await store.homeUnit(tx, actor.accountId ?? '')) ?? refuseNotFound()
}

async function auditOwn(tx: Tx, actor: Actor, action: string, unitId: string, after: object): Promise<void> {
  await audit(tx, actor, {
    action,
    subject: 'access.account',
    subjectId: actor.accountId ?? '',
    unitId,
    after,
  })
}

function knocking(visitor: Visitor, found: store.Credentials | null): Actor {
  return {
    ...nobody,
    displayName: found?.displayName ?? '',
    requestId: visitor.requestId,
    address: visitor.address,
  }
}

function refuseToWait(minutes: number): never {
  refuse(
    'session.wait',
    {
      vi: `Đã nhập sai nhiều lần. Hãy đợi ${minutes} phút rồi đăng nhập lại; nếu quên mật khẩu, nhờ người quản trị cấp lại.`,
      en: `Too many attempts failed. Wait ${minutes} ${minutes === 1 ? 'minute' : 'minutes'} and sign in again, or ask your administrator for a new password.`,
    },
    { status: 429 },
  )
}

function refuseCredentials(): never {
  const message = {
    vi: 'Tên đăng nhập hoặc mật khẩu không đúng. Hãy kiểm tra phím Caps Lock và bộ gõ tiếng Việt rồi nhập lại.',
    en: 'The login name or the password is not right. Check Caps Lock and the keyboard, and type them again.',
  }
  refuse('session.wrong', message, { status: 401, fields: [{ path: 'password', message }] })
}

function refuseSuspended(): never {
  refuse(
    'session.suspended',
    {
      vi: 'Tài khoản này đang bị khóa. Hãy hỏi người quản trị của đơn vị.',
      en: 'This account is suspended. Ask the administrator of your unit.',
    },
    { status: 403 },
  )
}
