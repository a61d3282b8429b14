import type { Fictional } from './fictional.ts'

/** What a target is counted by; the names of the measures that the modules declare. */
export type DemoMeasure =
  | 'teams.village_teams'
  | 'teams.village_team_members'
  | 'teams.commune_teams'
  | 'teams.commune_team_members'
  | 'teams.villages_with_team'
  | 'teams.communes_with_team'
  | 'teams.villages_with_zalo'
  | 'teams.communes_with_zalo'
  | 'teams.digital_clubs'
  | 'teams.digital_club_members'
  | 'teams.project06_groups'
  | 'teams.activities'
  | 'teams.people_helped'
  | 'teams.members_per_team'

export type DemoFieldKey = 'agriculture' | 'education' | 'health' | 'tourism' | 'e_commerce' | 'advanced'

export type DemoField = {
  readonly key: DemoFieldKey
  readonly order: number
  readonly name: { readonly vi: string; readonly en: string }
}

export type DemoPathPoint = {
  /** The end of a month: from this day on the planned value holds. */
  readonly dueOn: string
  readonly value: number
}

export type DemoTarget = Fictional & {
  readonly key: string
  readonly planKey: string
  readonly fieldKey: DemoFieldKey
  readonly unitCode: string
  readonly name: string
  /** Null where nothing in the product records it yet: such a target comes out as not captured. */
  readonly measure: DemoMeasure | null
  readonly direction: 'at_least' | 'at_most'
  /** Word after the number: «%», «tổ», «người», … */
  readonly valueUnit: string
  readonly endValue: number
  /** The planned values at the ends of the months, in order; the last one is the end value. */
  readonly path: readonly DemoPathPoint[]
  readonly responsible: { readonly fullName: string; readonly position: string; readonly unitCode: string }
  readonly legalBasis: string
  /** True where the basis or the end value is our reading (≈) and not found in a source. */
  readonly assumed: boolean
}

export type DemoProgramme = Fictional & {
  readonly key: string
  readonly unitCode: string
  readonly name: string
  readonly startsOn: string
  readonly endsOn: string
  readonly orientationToYear: number
  readonly legalBasis: string
  readonly note: string
}

export type DemoPlan = Fictional & {
  readonly key: string
  readonly programmeKey: string
  readonly unitCode: string
  readonly name: string
  readonly year: number
  readonly startsOn: string
  readonly endsOn: string
  readonly legalBasis: string
}
