/**
 * Who may: accounts, and the roles given to them over a subtree of units for a period.
 * Tables: access.account, password, session, sign_in_attempt, role, role_capability, grant.
 * Calls: audit, calendar, text; SQL of units.ancestry.
 */
import type { Part } from '../part.ts'
import { accessRoutes } from './access.routes.ts'

export { createAccount, giveGrant } from './access.actions.ts'
export { systemActor } from './system-actor.ts'

export const access: Part = {
  name: 'access',
  title: { vi: 'Người dùng và quyền', en: 'People and rights' },
  folder: import.meta.dirname,
  capabilities: [
    {
      name: 'access.view',
      title: { vi: 'Xem người dùng và quyền', en: 'View people and rights' },
      roles: ['administrator', 'leader', 'auditor'],
    },
    {
      name: 'access.manage',
      title: { vi: 'Thêm người, giao và thu hồi quyền', en: 'Add people, give and revoke rights' },
      roles: ['administrator'],
    },
  ],
  scope: [
    {
      table: 'access.account',
      unit: 'unit_id',
      view: 'access.view',
      change: 'access.manage',
      orView: 'id = access.current_account()',
      noun: {
        vi: 'tài khoản',
        en: 'accounts',
        one: 'account',
        href: '/people/{id}',
        label: 't.display_name',
      },
    },
    {
      table: 'access.grant',
      unit: 'unit_id',
      view: 'access.view',
      change: 'access.manage',
      orView: 'account_id = access.current_account()',
      noun: {
        vi: 'vai trò đã giao',
        en: 'roles given',
        one: 'role given',
        unless: 'revoked_at',
        away: {
          vi: 'Vai trò đã giao ở đơn vị mới thì bấm «Thu hồi» ở trang của người đó, rồi hủy thay đổi này; còn cần thì giao lại ở đơn vị cũ.',
          en: 'Press “Revoke” on the page of whoever was given a role over the new unit, then undo this change; give it again over the former unit where it is still wanted.',
        },
        href: '/people/{account_id}',
        label: '(select a.display_name from access.account a where a.id = t.account_id)',
      },
    },
    { table: 'access.role', unit: '', view: 'signed_in', change: 'nobody' },
    { table: 'access.role_capability', unit: '', view: 'signed_in', change: 'nobody' },
    {
      table: 'access.rights_state',
      platformOnly: 'one row: a number that moves when any right may have changed',
    },
    { table: 'access.password', platformOnly: 'hashes are read by the session part alone' },
    { table: 'access.session', platformOnly: 'tokens are read by the session part alone' },
    { table: 'access.sign_in_attempt', platformOnly: 'counted by the session part to slow guessing down' },
  ],
  routes: accessRoutes,
}
