import { type Actor, holds } from '../../platform/actor/actor.ts'
import type { Capability } from '../../platform/actor/capability.ts'

export const teamsCapabilities: readonly Capability[] = [
  {
    name: 'teams.view',
    title: { vi: 'Xem tổ và thành viên', en: 'View teams and members' },
    roles: ['administrator', 'leader', 'standing_office', 'commune_officer', 'village_head', 'auditor'],
  },
  {
    name: 'teams.change',
    title: { vi: 'Lập tổ, cập nhật thành viên và hoạt động', en: 'Form teams, keep members and activities' },
    roles: ['standing_office', 'commune_officer', 'village_head'],
  },
  {
    name: 'teams.import',
    title: { vi: 'Nhập thành viên từ tệp', en: 'Import members from files' },
    roles: ['standing_office', 'commune_officer'],
  },
  {
    name: 'teams.remove',
    title: {
      vi: 'Xóa bản ghi nhập nhầm của ngày trước',
      en: 'Remove records entered by mistake on earlier days',
    },
    roles: ['standing_office'],
  },
]

/** Who forms, changes and ends what belongs to a team of a unit; `path`: the unit and those above it. */
export function mayChangeTeams(actor: Actor, path: readonly string[]): boolean {
  return holds(actor, 'teams.change', path)
}

/** Who imports members into the teams at and below a unit. */
export function mayImportTeams(actor: Actor, path: readonly string[]): boolean {
  return holds(actor, 'teams.import', path) && holds(actor, 'teams.change', path)
}

/** A record made today may be taken back by who made such records; an older one only by holders of teams.remove. */
export function mayRemoveRecord(
  actor: Actor,
  path: readonly string[],
  recordedOn: string,
  today: string,
): boolean {
  return holds(actor, 'teams.remove', path) || (recordedOn === today && mayChangeTeams(actor, path))
}
