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
    path: '/units/links',
    title: { vi: 'Liên kết cần người xác nhận', en: 'Links that need a person' },
    menu: {
      section: 'administration',
      order: 30,
      icon: 'place',
      label: { vi: 'Liên kết đơn vị', en: 'Links of units' },
    },
    needs: 'units.change',
    load: () => import('./links-page.tsx'),
  },
  {
    path: '/units/changes',
    title: { vi: 'Các thay đổi đơn vị', en: 'Changes of units' },
    needs: 'signed_in',
    load: () => import('./changes-page.tsx'),
  },
  {
    path: '/units/unassigned',
    title: { vi: 'Bản ghi chưa phân bổ', en: 'Unassigned records' },
    needs: 'units.see_unassigned',
    load: () => import('./unassigned-page.tsx'),
  },
  {
    path: '/units/unassigned/:unitId',
    title: { vi: 'Bản ghi chưa phân bổ của một đơn vị', en: 'Unassigned records of a unit' },
    needs: 'units.see_unassigned',
    load: () => import('./split-page.tsx'),
  },
  {
    path: '/units/:unitId/change',
    title: { vi: 'Thay đổi đơn vị', en: 'Change units' },
    needs: 'units.change',
    load: () => import('./change-page.tsx'),
  },
  {
    path: '/units/:unitId',
    title: { vi: 'Một đơn vị', en: 'A unit' },
    needs: 'signed_in',
    load: () => import('./unit-page.tsx'),
  },
]
