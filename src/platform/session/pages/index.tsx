import type { PageDeclaration } from '../../../web/pages.ts'
import * as texts from '../texts.ts'

export const pages: readonly PageDeclaration[] = [
  {
    path: '/sign-in',
    title: { vi: texts.vi.signIn, en: texts.en.signIn },
    needs: 'anyone',
    surface: 'public',
    load: () => import('./sign-in-page.tsx'),
  },
  {
    path: '/account',
    title: { vi: texts.vi.account, en: texts.en.account },
    menu: { section: 'administration', order: 90, icon: 'settings' },
    needs: 'signed_in',
    load: () => import('./account-page.tsx'),
  },
]
