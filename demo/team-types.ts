import type { Fictional } from './fictional.ts'

export type DemoMember = {
  readonly fullName: string
  readonly role: 'head' | 'deputy' | 'member'
  readonly phone: string | null
  readonly joinedOn: string
  /** The first day on which the person is no longer a member; null while the person is one. */
  readonly leftOn: string | null
  readonly leftReason: string | null
}

export type DemoChannel = {
  readonly kind: 'zalo'
  readonly url: string
  readonly openedOn: string
  /** The first day on which the group is no longer open; null while it is. */
  readonly closedOn: string | null
}

export type DemoActivityKind =
  | 'public_services'
  | 'cashless_payment'
  | 'vneid'
  | 'online_selling'
  | 'digital_safety'
  | 'health_record'

export type DemoActivity = {
  readonly heldOn: string
  readonly title: string
  readonly kind: DemoActivityKind
  /** Persons helped, as the team noted it. */
  readonly peopleHelped: number
  readonly description: string
  /** Whether the loader should attach a picture. */
  readonly hasPhoto: boolean
}

export type DemoTeam = Fictional & {
  readonly key: string
  readonly unitCode: string
  readonly level: 'district' | 'commune' | 'village' | 'office'
  readonly kind: 'community_team' | 'project06_group' | 'digital_club'
  readonly name: string
  readonly formedOn: string
  /** The first day on which the team no longer exists; null while it does. */
  readonly dissolvedOn: string | null
  readonly decisionNo: string
  readonly decisionOn: string
  readonly members: readonly DemoMember[]
  readonly channels: readonly DemoChannel[]
  readonly activities: readonly DemoActivity[]
}
