import type { PageDeclaration } from '../../../web/pages.ts'

export const pages: PageDeclaration[] = [
  {
    path: '/units',
    title: { vi: 'Đơn vị', en: 'Units' },
    menu: { section: 'records', order: 60, icon: 'place' },
    needs: 'signed_in',
    load: () => import('./units-page.tsx'),
  },
  {
    path: '/units/:unitId',
    title: { vi: 'Một đơn vị', en: 'A unit' },
    needs: 'signed_in',
    load: () => import('./unit-page.tsx'),
  },
]
