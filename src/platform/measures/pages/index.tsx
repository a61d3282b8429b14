import type { PageDeclaration } from '../../../web/pages.ts'

export const pages: PageDeclaration[] = [
  {
    path: '/measures',
    title: { vi: 'Chỉ số', en: 'Measures' },
    menu: { section: 'follow', order: 30, icon: 'figure' },
    needs: 'measures.view',
    load: () => import('./measures-page.tsx'),
  },
  {
    path: '/measures/units',
    title: { vi: 'Bảng các đơn vị', en: 'Table of units' },
    menu: { section: 'follow', order: 31, icon: 'figure' },
    needs: 'measures.view',
    load: () => import('./unit-table-page.tsx'),
  },
  {
    path: '/measures/:name',
    title: { vi: 'Một chỉ số', en: 'A measure' },
    needs: 'measures.view',
    load: () => import('./measure-page.tsx'),
  },
]
