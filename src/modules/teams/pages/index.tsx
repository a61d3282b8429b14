import type { PageDeclaration } from '../../../web/pages.ts'

export const pages: PageDeclaration[] = [
  {
    path: '/teams',
    title: { vi: 'Tổ công nghệ số', en: 'Digital teams' },
    menu: {
      section: 'records',
      order: 10,
      icon: 'people',
      label: { vi: 'Tổ công nghệ số', en: 'Teams' },
      onPhone: 2,
    },
    needs: 'teams.view',
    load: () => import('./teams-page.tsx'),
  },
  {
    path: '/teams/new',
    title: { vi: 'Lập tổ', en: 'Form a team' },
    needs: 'teams.change',
    load: () => import('./form-team-page.tsx'),
  },
  {
    path: '/teams/import',
    title: { vi: 'Nhập thành viên từ tệp', en: 'Import members' },
    menu: { section: 'records', order: 20, icon: 'import', label: { vi: 'Nhập từ tệp', en: 'Import' } },
    needs: 'teams.import',
    load: () => import('./import-page.tsx'),
  },
  {
    path: '/teams/:teamId',
    title: { vi: 'Một tổ', en: 'A team' },
    needs: 'teams.view',
    load: () => import('./team-page.tsx'),
  },
]
