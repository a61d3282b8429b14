import type { PageDeclaration } from '../../../web/pages.ts'
import * as texts from '../texts.ts'

export const pages: readonly PageDeclaration[] = [
  {
    path: '/',
    title: { vi: texts.vi.overviewTitle, en: texts.en.overviewTitle },
    needs: 'programme.view',
    menu: { section: 'follow', order: 10, icon: 'overview', onPhone: 1 },
    load: () => import('./overview-page.tsx'),
  },
  {
    path: '/targets/new',
    title: { vi: texts.vi.newTarget, en: texts.en.newTarget },
    needs: 'programme.change',
    load: () => import('./new-target-page.tsx'),
  },
  {
    path: '/targets/:targetId',
    title: { vi: texts.vi.targetTitle, en: texts.en.targetTitle },
    needs: 'programme.view',
    load: () => import('./target-page.tsx'),
  },
  {
    path: '/targets/:targetId/edit',
    title: { vi: texts.vi.changeTarget, en: texts.en.changeTarget },
    needs: 'programme.change',
    load: () => import('./edit-target-page.tsx'),
  },
  {
    path: '/plans/:planId',
    title: { vi: texts.vi.planTitle, en: texts.en.planTitle },
    needs: 'programme.view',
    load: () => import('./plan-page.tsx'),
  },
  {
    path: '/plans',
    title: { vi: texts.vi.plansTitle, en: texts.en.plansTitle },
    needs: 'programme.view',
    menu: { section: 'follow', order: 40, icon: 'target', label: { vi: 'Kế hoạch', en: 'Plans' } },
    load: () => import('./plans-page.tsx'),
  },
]
