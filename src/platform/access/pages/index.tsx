import type { PageDeclaration } from '../../../web/pages.ts'
import * as texts from '../texts.ts'

export const pages: readonly PageDeclaration[] = [
  {
    path: '/people',
    title: { vi: texts.vi.people, en: texts.en.people },
    menu: { section: 'administration', order: 10, icon: 'person' },
    needs: 'access.view',
    load: () => import('./people-page.tsx'),
  },
  {
    path: '/people/:accountId',
    title: { vi: texts.vi.person, en: texts.en.person },
    needs: 'access.view',
    load: () => import('./person-page.tsx'),
  },
  {
    path: '/rights',
    title: { vi: texts.vi.holders, en: texts.en.holders },
    menu: { section: 'administration', order: 20, icon: 'key' },
    needs: 'access.view',
    load: () => import('./holders-page.tsx'),
  },
]
