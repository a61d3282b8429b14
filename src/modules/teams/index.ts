/**
 * Community digital teams, Project 06 groups and digital clubs: their members, Zalo groups and activities.
 * Tables: teams.team, teams.member, teams.channel, teams.activity, teams.activity_photo.
 * Calls: calendar, units, audit, files, measures.
 */
import type { Part } from '../../platform/part.ts'
import { teamsMeasures } from './teams.measures.ts'
import { teamsCapabilities } from './teams.policy.ts'
import { teamsRoutes } from './teams.routes.ts'

export { addActivityPhoto, recordActivity } from './activity.actions.ts'
export { type LoadedTeam, loadTeams, type TeamToLoad } from './load.actions.ts'

const scope = { unit: 'unit_id', view: 'teams.view', change: 'teams.change', remove: 'teams.change' }
/** What belongs to a team stands in its unit with it, and goes only with it. */
const away = {
  vi: 'Tổ nhập nhầm thì mở trang của tổ, xóa thành viên, nhóm Zalo và hoạt động của tổ, bấm «Xóa tổ nhập nhầm», rồi hủy thay đổi này và lập lại tổ ở đơn vị cũ; bản ghi của ngày trước thì nhờ cơ quan thường trực xóa. Tổ có thật và cần giữ quá trình thì thay đổi này phải giữ lại.',
  en: 'If a team was entered by mistake, open its page, remove its members, Zalo groups and activities, press “Remove (entered by mistake)”, then undo this change and form the team in the former unit; the standing office removes what was recorded on earlier days. For a real team whose history must stay, this change has to stay.',
}

export const teams: Part = {
  name: 'teams',
  title: { vi: 'Tổ công nghệ số', en: 'Digital teams' },
  folder: import.meta.dirname,
  capabilities: teamsCapabilities,
  scope: [
    { table: 'teams.team', noun: { vi: 'tổ', en: 'teams', one: 'team', away }, ...scope },
    { table: 'teams.member', noun: { vi: 'thành viên', en: 'members', one: 'member', away }, ...scope },
    {
      table: 'teams.channel',
      noun: { vi: 'nhóm Zalo', en: 'Zalo groups', one: 'Zalo group', away },
      ...scope,
    },
    { table: 'teams.activity', noun: { vi: 'hoạt động', en: 'activities', one: 'activity', away }, ...scope },
    { table: 'teams.activity_photo', ...scope },
  ],
  measures: teamsMeasures,
  routes: teamsRoutes,
}
