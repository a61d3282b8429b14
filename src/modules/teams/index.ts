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

export const teams: Part = {
  name: 'teams',
  title: { vi: 'Tổ công nghệ số', en: 'Digital teams' },
  folder: import.meta.dirname,
  capabilities: teamsCapabilities,
  scope: [
    { table: 'teams.team', noun: { vi: 'tổ', en: 'teams' }, ...scope },
    { table: 'teams.member', noun: { vi: 'thành viên', en: 'members' }, ...scope },
    { table: 'teams.channel', noun: { vi: 'nhóm Zalo', en: 'Zalo groups' }, ...scope },
    { table: 'teams.activity', noun: { vi: 'hoạt động', en: 'activities' }, ...scope },
    { table: 'teams.activity_photo', ...scope },
  ],
  measures: teamsMeasures,
  routes: teamsRoutes,
}
