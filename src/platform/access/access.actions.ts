import type { Actor } from '../actor/actor.ts'
import { audit } from '../audit/index.ts'
import { today } from '../calendar/index.ts'
import type { Tx } from '../db/database.ts'
import { refuse, refuseField, refuseNotFound } from '../http/refusal.ts'
import { fold, nameSortKey, tidy } from '../text/index.ts'
import { manage, mayGiveRole, mayManagePerson } from './access.policy.ts'
import * as refusals from './access.refusals.ts'
import { isLoginName, loginNameOf, passwordFault } from './access.rules.ts'
import * as store from './access.store.ts'
import { hashPassword, makeOneTimePassword } from './passwords.ts'

/** `password`: one that stands, as in a demonstration; without it a one-time password is made. */
export type AccountToCreate = {
  displayName: string
  loginName: string
  position?: string | null | undefined
  unitId: string
  password?: string
  isDemo?: boolean
}

/** Adds a person to a unit. The one-time password is answered once, kept only as a hash, and changed at the first sign-in. */
export async function createAccount(
  tx: Tx,
  actor: Actor,
  input: AccountToCreate,
): Promise<{ accountId: string; loginName: string; oneTimePassword: string | null }> {
  if (!(await store.permits(tx, manage, input.unitId))) refusals.refuseOutside('unitId')
  const loginName = loginNameOf(input.loginName)
  const displayName = tidy(input.displayName)
  if (displayName === '') {
    refuseField('access.display_name', 'displayName', {
      vi: 'Chưa nhập họ và tên.',
      en: 'The name is missing.',
    })
  }
  if (!isLoginName(loginName)) {
    refuseField('access.login_name', 'loginName', {
      vi: 'Tên đăng nhập chỉ gồm chữ cái không dấu, chữ số, dấu chấm, gạch nối và gạch dưới, từ 2 đến 64 ký tự.',
      en: 'A login name has 2 to 64 letters without accents, digits, dots, hyphens and underscores.',
    })
  }
  if (await store.loginNameTaken(tx, loginName)) {
    refuseField('access.login_name_taken', 'loginName', {
      vi: `Tên đăng nhập «${loginName}» đã có người dùng. Hãy thêm tên xã hoặc số, ví dụ ${loginName}2.`,
      en: `The login name “${loginName}” is taken. Add a place or a number, for instance ${loginName}2.`,
    })
  }
  const fault = input.password === undefined ? null : passwordFault(input.password, loginName)
  if (fault && !input.isDemo) refusals.refusePassword(fault, 'password')
  const oneTimePassword = input.password === undefined ? makeOneTimePassword() : null
  const position = input.position ? tidy(input.position) : null
  const accountId = await store.insertAccount(tx, {
    unitId: input.unitId,
    loginName,
    displayName,
    sortKey: nameSortKey(displayName),
    search: `${fold(displayName)} ${loginName} ${fold(position ?? '')}`,
    position,
    isDemo: input.isDemo ?? false,
  })
  const password = input.password ?? oneTimePassword ?? ''
  await store.setPassword(tx, accountId, {
    hash: await hashPassword(password),
    changeFirst: oneTimePassword !== null,
    shown: input.isDemo ? password : null,
  })
  await audit(tx, actor, {
    action: 'access.account_created',
    subject: 'access.account',
    subjectId: accountId,
    unitId: input.unitId,
    after: { loginName, displayName, position },
  })
  return { accountId, loginName, oneTimePassword }
}

/** Closes the door to a person at once: sessions end, and signing in is refused until restored. */
export async function suspendAccount(
  tx: Tx,
  actor: Actor,
  input: { accountId: string; reason?: string | undefined },
): Promise<void> {
  await store.queueForRootAdministrators(tx)
  const person = await personToManage(tx, actor, input.accountId)
  await keepOneAdministrator(tx, person.id)
  if (!(await store.setStatus(tx, person.id, 'suspended'))) {
    refuse('access.suspended_before', {
      vi: `Tài khoản của ${person.displayName} đã bị khóa từ trước.`,
      en: `The account of ${person.displayName} is suspended already.`,
    })
  }
  await store.endSessions(tx, person.id, null)
  await auditPerson(tx, actor, 'access.account_suspended', person, {
    status: 'suspended',
    reason: input.reason ?? null,
  })
}

/** Lets a suspended person in at once, with the same password and the grants that still hold. */
export async function restoreAccount(tx: Tx, actor: Actor, input: { accountId: string }): Promise<void> {
  const person = await personToManage(tx, actor, input.accountId)
  if (!(await store.setStatus(tx, person.id, 'active'))) {
    refuse('access.active_before', {
      vi: `Tài khoản của ${person.displayName} đang hoạt động bình thường.`,
      en: `The account of ${person.displayName} is active already.`,
    })
  }
  const failuresForgiven = await store.forgiveFailures(tx, person.id)
  await auditPerson(tx, actor, 'access.account_restored', person, { status: 'active', failuresForgiven })
}

/** Replaces a forgotten password by a one-time one that lets in at once, and ends all sessions of the person. */
export async function resetPassword(
  tx: Tx,
  actor: Actor,
  input: { accountId: string },
): Promise<{ oneTimePassword: string }> {
  const person = await personToManage(tx, actor, input.accountId)
  const oneTimePassword = makeOneTimePassword()
  await store.setPassword(tx, person.id, { hash: await hashPassword(oneTimePassword), changeFirst: true })
  await store.endSessions(tx, person.id, null)
  const failuresForgiven = await store.forgiveFailures(tx, person.id)
  await auditPerson(tx, actor, 'access.password_reset', person, { failuresForgiven })
  return { oneTimePassword }
}

export type GrantToGive = {
  accountId: string
  role: string
  unitId: string
  validFrom?: string | undefined
  validUntil?: string | undefined
  reason?: string | undefined
}

/** Gives a person a role over a unit and all below it, from a day until a day. */
export async function giveGrant(tx: Tx, actor: Actor, input: GrantToGive): Promise<{ grantId: string }> {
  const person = await store.findAccount(tx, input.accountId)
  if (!person) refuseNotFound()
  if (person.id === actor.accountId) refusals.refuseSelf()
  if (!(await store.permits(tx, manage, input.unitId))) refusals.refuseOutside('unitId')
  const elsewhere = await store.heldElsewhere(tx, input.unitId)
  if (elsewhere) refusals.refuseGone(elsewhere)
  const gift = {
    accountId: person.id,
    path: await store.pathOf(tx, input.unitId),
    roleHolds: await store.capabilitiesOf(tx, input.role),
    administratorHolds: await store.capabilitiesOf(tx, 'administrator'),
  }
  if (!mayGiveRole(actor, gift)) refusals.refuseRole()
  const validFrom = input.validFrom ?? (await today(tx))
  const validUntil = input.validUntil ?? null
  if (validUntil !== null && validUntil <= validFrom) {
    refuseField('access.period', 'validUntil', {
      vi: 'Ngày hết hiệu lực phải sau ngày bắt đầu. Hãy chọn ngày muộn hơn hoặc để trống.',
      en: 'The day it ends must come after the day it begins. Choose a later day or leave it empty.',
    })
  }
  const grant = { accountId: person.id, role: input.role, unitId: input.unitId, validFrom, validUntil }
  if (await store.grantMeeting(tx, grant)) {
    refuseField('access.already_given', 'role', {
      vi: `${person.displayName} đã có vai trò này ở đơn vị này trong thời gian đó. Hãy thu hồi lần giao trước nếu cần đổi thời hạn.`,
      en: `${person.displayName} holds this role over this unit in that time already. Revoke the earlier grant to change its period.`,
    })
  }
  const reason = input.reason ?? null
  const grantId = await store.insertGrant(tx, { ...grant, reason, grantedBy: actor.accountId })
  await audit(tx, actor, {
    action: 'access.grant_given',
    subject: 'access.grant',
    subjectId: grantId,
    unitId: input.unitId,
    after: { ...grant, reason },
  })
  return { grantId }
}

/** Takes a grant back; it no longer holds at the person's very next request. */
export async function revokeGrant(
  tx: Tx,
  actor: Actor,
  input: { grantId: string; reason?: string | undefined },
): Promise<void> {
  await store.queueForRootAdministrators(tx)
  const grant = await store.findGrant(tx, input.grantId)
  if (!grant) refuseNotFound()
  if (grant.accountId === actor.accountId) refusals.refuseSelf()
  const heldIn = (await store.heldElsewhere(tx, grant.unitId))?.id ?? grant.unitId
  if (!(await store.permits(tx, manage, heldIn))) refusals.refuseOutside('grantId')
  const administers = (await store.capabilitiesOf(tx, grant.role)).includes(manage)
  if (grant.isOverAll && administers) await keepOneAdministrator(tx, grant.accountId)
  if (
    !(await store.markRevoked(tx, grant.id, { accountId: actor.accountId, reason: input.reason ?? null }))
  ) {
    refuse('access.revoked_before', {
      vi: 'Quyền này đã được thu hồi từ trước. Hãy tải lại trang để xem.',
      en: 'This grant was revoked before. Reload the page to see it.',
    })
  }
  await audit(tx, actor, {
    action: 'access.grant_revoked',
    subject: 'access.grant',
    subjectId: grant.id,
    unitId: grant.unitId,
    before: {
      accountId: grant.accountId,
      role: grant.role,
      validFrom: grant.validFrom,
      validUntil: grant.validUntil,
    },
    after: { reason: input.reason ?? null },
  })
}

async function personToManage(tx: Tx, actor: Actor, accountId: string): Promise<store.AccountRow> {
  const person = await store.findAccount(tx, accountId)
  if (!person) refuseNotFound()
  if (person.id === actor.accountId) refusals.refuseSelf()
  if (!mayManagePerson(actor, { accountId: person.id, managedWhole: person.managedWhole }))
    refusals.refuseStronger()
  return person
}

async function keepOneAdministrator(tx: Tx, without: string): Promise<void> {
  const all = await store.rootAdministrators(tx, null)
  const others = await store.rootAdministrators(tx, without)
  if (others === 0 && all > 0) refusals.refuseLastAdministrator()
}

async function auditPerson(
  tx: Tx,
  actor: Actor,
  action: string,
  person: store.AccountRow,
  after: object | null,
): Promise<void> {
  await audit(tx, actor, {
    action,
    subject: 'access.account',
    subjectId: person.id,
    unitId: person.unitId,
    before: { status: person.status },
    after,
  })
}
