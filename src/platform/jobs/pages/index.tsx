import type { PageDeclaration } from '../../../web/pages.ts'
import * as texts from '../texts.ts'

export const pages: readonly PageDeclaration[] = [
  {
    path: '/jobs',
    title: { vi: texts.vi.title, en: texts.en.title },
    menu: { section: 'administration', order: 40, icon: 'jobs' },
    needs: 'jobs.view',
    load: () => import('./jobs-page.tsx'),
  },
]
