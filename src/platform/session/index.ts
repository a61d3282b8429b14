/**
 * Signing in and out, and the own account.
 * Tables: none of its own; access.session, password and sign_in_attempt through the owner's door.
 * Calls: access, audit, calendar.
 */
import type { Part } from '../part.ts'
import { sessionRoutes } from './session.routes.ts'
import { sweep } from './session.store.ts'

export { authenticate } from './authenticate.ts'
export { firstAdministrator, isFirstStart } from './first-administrator.ts'
export { holdingSessions } from './session.store.ts'
export { viewDemoHint as demoHint } from './session.views.ts'
export { cookieName, tokenHashOf } from './token.ts'

export const session: Part = {
  name: 'session',
  title: { vi: 'Đăng nhập', en: 'Signing in' },
  folder: import.meta.dirname,
  routes: sessionRoutes,
  jobs: [
    {
      name: 'session.sweep',
      title: { vi: 'Dọn phiên đăng nhập đã hết hạn', en: 'Sweep sessions that ended' },
      run: ({ database }) => sweep(database.owner),
      schedule: '20 3 * * *',
    },
  ],
}
