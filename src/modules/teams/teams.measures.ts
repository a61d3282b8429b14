import { coverage, type Measure, measure, ratio, sum } from '../../platform/measures/declare.ts'
import { movementMeasures } from './movement.measures.ts'
import { activity, byRole, byTopic, channel, member, team } from './teams.counted.ts'

const communeKinds = ['commune', 'township', 'ward', 'special_zone'] as const
const villageKinds = ['village', 'residential_group'] as const

const aTeam = { vi: 'tổ', en: 'teams' }
const aMember = { vi: 'thành viên', en: 'members' }
const aGroup = { vi: 'nhóm Zalo', en: 'Zalo groups' }

const teamsWhere = (where: string) =>
  ({ kind: 'stock', of: team, where, from: 'formed_on', until: 'dissolved_on', value: 1 }) as const
const membersWhere = (where: string) =>
  ({
    kind: 'stock',
    of: member,
    where,
    from: 'joined_on',
    until: 'left_on',
    value: 1,
    dimensions: [byRole],
  }) as const
const groupsWhere = (where: string) =>
  ({ kind: 'stock', of: channel, where, from: 'opened_on', until: 'closed_on', value: 1 }) as const

export const villageTeams = measure({
  name: 'teams.village_teams',
  title: { vi: 'Tổ công nghệ số cộng đồng cấp thôn', en: 'Village digital teams' },
  meaning: {
    vi: 'Số tổ công nghệ số cộng đồng ở thôn, bản, tổ dân phố đã thành lập và chưa giải thể vào ngày được hỏi.',
    en: 'Community digital teams in villages and residential groups, formed and not dissolved on the day asked for.',
  },
  noun: aTeam,
  ...teamsWhere(`kind = 'community_team' and level = 'village'`),
})

export const villageTeamMembers = measure({
  name: 'teams.village_team_members',
  title: { vi: 'Thành viên tổ công nghệ số cấp thôn', en: 'Members of village digital teams' },
  meaning: {
    vi: 'Số người đang là thành viên tổ công nghệ số cộng đồng ở thôn, bản, tổ dân phố vào ngày được hỏi. Không tính người của tổ công tác Đề án 06.',
    en: 'People who are members of a village digital team on the day asked for. Project 06 groups are not counted.',
  },
  noun: aMember,
  ...membersWhere(`kind = 'community_team' and level = 'village'`),
})

export const communeTeams = measure({
  name: 'teams.commune_teams',
  title: { vi: 'Tổ công nghệ số cộng đồng cấp xã', en: 'Commune digital teams' },
  meaning: {
    vi: 'Số tổ công nghệ số cộng đồng cấp xã, phường, thị trấn đã thành lập và chưa giải thể vào ngày được hỏi.',
    en: 'Community digital teams of communes, wards and townships, formed and not dissolved on the day asked for.',
  },
  noun: aTeam,
  ...teamsWhere(`kind = 'community_team' and level = 'commune'`),
})

export const communeTeamMembers = measure({
  name: 'teams.commune_team_members',
  title: { vi: 'Thành viên tổ công nghệ số cấp xã', en: 'Members of commune digital teams' },
  meaning: {
    vi: 'Số người đang là thành viên tổ công nghệ số cộng đồng cấp xã vào ngày được hỏi.',
    en: 'People who are members of a commune digital team on the day asked for.',
  },
  noun: aMember,
  ...membersWhere(`kind = 'community_team' and level = 'commune'`),
})

const districtTeamMembers = measure({
  name: 'teams.district_team_members',
  title: { vi: 'Cộng tác viên tổ cấp huyện', en: 'Members of district digital teams' },
  meaning: {
    vi: 'Số người đang là thành viên tổ công nghệ số cấp huyện vào ngày được hỏi.',
    en: 'People who are members of a district digital team on the day asked for.',
  },
  noun: aMember,
  ...membersWhere(`kind = 'community_team' and level = 'district'`),
})

const villageZaloGroups = measure({
  name: 'teams.village_zalo_groups',
  title: { vi: 'Nhóm Zalo cấp thôn', en: 'Zalo groups of villages' },
  meaning: {
    vi: 'Số nhóm Zalo đang mở của các tổ công nghệ số cấp thôn vào ngày được hỏi.',
    en: 'Zalo groups of village digital teams that are open on the day asked for.',
  },
  noun: aGroup,
  ...groupsWhere(`type = 'zalo' and kind = 'community_team' and level = 'village'`),
})

const communeZaloGroups = measure({
  name: 'teams.commune_zalo_groups',
  title: { vi: 'Nhóm Zalo cấp xã', en: 'Zalo groups of communes' },
  meaning: {
    vi: 'Số nhóm Zalo đang mở của các tổ công nghệ số cấp xã vào ngày được hỏi.',
    en: 'Zalo groups of commune digital teams that are open on the day asked for.',
  },
  noun: aGroup,
  ...groupsWhere(`type = 'zalo' and kind = 'community_team' and level = 'commune'`),
})

const coverages = [
  coverage({
    name: 'teams.villages_with_team',
    title: { vi: 'Thôn, bản có tổ công nghệ số', en: 'Villages with a digital team' },
    meaning: {
      vi: 'Số thôn, bản, tổ dân phố đang có tổ công nghệ số cộng đồng, trên tổng số thôn, bản, tổ dân phố.',
      en: 'Villages and residential groups that have a community digital team, out of all of them.',
    },
    noun: { vi: 'thôn, bản', en: 'villages' },
    of: villageTeams,
    unitKinds: villageKinds,
  }),
  coverage({
    name: 'teams.communes_with_team',
    title: { vi: 'Xã có tổ công nghệ số cấp xã', en: 'Communes with a digital team' },
    meaning: {
      vi: 'Số xã, phường, thị trấn, đặc khu đang có tổ công nghệ số cấp xã, trên tổng số xã, phường, thị trấn, đặc khu.',
      en: 'Communes, wards, townships and special zones that have a digital team of their own, out of all of them.',
    },
    noun: { vi: 'xã, thị trấn', en: 'communes' },
    of: communeTeams,
    unitKinds: communeKinds,
  }),
  coverage({
    name: 'teams.villages_with_zalo',
    title: { vi: 'Thôn, bản có nhóm Zalo', en: 'Villages with a Zalo group' },
    meaning: {
      vi: 'Số thôn, bản, tổ dân phố mà tổ công nghệ số đang có nhóm Zalo, trên tổng số thôn, bản, tổ dân phố.',
      en: 'Villages whose digital team runs a Zalo group, out of all villages.',
    },
    noun: { vi: 'thôn, bản', en: 'villages' },
    of: villageZaloGroups,
    unitKinds: villageKinds,
  }),
  coverage({
    name: 'teams.communes_with_zalo',
    title: { vi: 'Xã có nhóm Zalo', en: 'Communes with a Zalo group' },
    meaning: {
      vi: 'Số xã, phường, thị trấn, đặc khu mà tổ công nghệ số cấp xã đang có nhóm Zalo, trên tổng số xã, phường, thị trấn, đặc khu.',
      en: 'Communes, wards, townships and special zones whose digital team runs a Zalo group, out of all of them.',
    },
    noun: { vi: 'xã, thị trấn', en: 'communes' },
    of: communeZaloGroups,
    unitKinds: communeKinds,
  }),
]

const clubsAndGroups = [
  measure({
    name: 'teams.digital_clubs',
    title: { vi: 'Câu lạc bộ chuyển đổi số', en: 'Digital clubs' },
    meaning: {
      vi: 'Số câu lạc bộ chuyển đổi số trong cơ quan, đơn vị đang hoạt động vào ngày được hỏi.',
      en: 'Digital clubs in agencies that exist on the day asked for.',
    },
    noun: { vi: 'câu lạc bộ', en: 'clubs' },
    ...teamsWhere(`kind = 'digital_club'`),
  }),
  measure({
    name: 'teams.digital_club_members',
    title: { vi: 'Thành viên câu lạc bộ chuyển đổi số', en: 'Members of digital clubs' },
    meaning: {
      vi: 'Số người đang là thành viên câu lạc bộ chuyển đổi số trong cơ quan, đơn vị vào ngày được hỏi.',
      en: 'People who are members of a digital club in an agency on the day asked for.',
    },
    noun: aMember,
    ...membersWhere(`kind = 'digital_club'`),
  }),
  measure({
    name: 'teams.project06_groups',
    title: { vi: 'Tổ công tác Đề án 06', en: 'Project 06 groups' },
    meaning: {
      vi: 'Số tổ công tác triển khai Đề án 06 (VNeID) ở thôn, bản, tổ dân phố đang hoạt động vào ngày được hỏi.',
      en: 'Village working groups for Project 06 (VNeID) that exist on the day asked for.',
    },
    noun: aTeam,
    ...teamsWhere(`kind = 'project06_group' and level = 'village'`),
  }),
]

const deeds = [
  measure({
    name: 'teams.activities',
    title: { vi: 'Hoạt động của các tổ', en: 'Activities of the teams' },
    meaning: {
      vi: 'Số buổi hoạt động, tập huấn, hỗ trợ người dân mà các tổ đã tổ chức trong kỳ.',
      en: 'Sessions, trainings and rounds of help that the teams held in the period.',
    },
    noun: { vi: 'buổi', en: 'activities' },
    kind: 'flow',
    of: activity,
    on: 'held_on',
    value: 1,
    dimensions: [byTopic],
  }),
  measure({
    name: 'teams.people_helped',
    title: { vi: 'Lượt người được các tổ giúp', en: 'People helped by the teams' },
    meaning: {
      vi: 'Tổng số lượt người được giúp mà các tổ ghi lại trong từng buổi hoạt động của kỳ. Một người được giúp hai buổi là hai lượt.',
      en: 'Sum of the people helped as noted for each activity of the period. Who was helped twice counts twice.',
    },
    noun: { vi: 'lượt người', en: 'times a person was helped' },
    kind: 'flow',
    of: activity,
    where: 'people_helped is not null',
    on: 'held_on',
    value: 'people_helped',
    dimensions: [byTopic],
  }),
]

/** Everything the module counts. Names are used by targets: a name that has been used stays. */
export const teamsMeasures: readonly Measure[] = [
  villageTeams,
  villageTeamMembers,
  communeTeams,
  communeTeamMembers,
  districtTeamMembers,
  villageZaloGroups,
  communeZaloGroups,
  ...coverages,
  ...clubsAndGroups,
  ...deeds,
  sum({
    name: 'teams.members',
    title: { vi: 'Thành viên tổ công nghệ số các cấp', en: 'Members of all digital teams' },
    meaning: {
      vi: 'Tổng số thành viên tổ công nghệ số cộng đồng cấp thôn, cấp xã và cấp huyện vào ngày được hỏi.',
      en: 'Members of village, commune and district digital teams together on the day asked for.',
    },
    noun: aMember,
    parts: [villageTeamMembers, communeTeamMembers, districtTeamMembers],
  }),
  ratio({
    name: 'teams.members_per_team',
    title: { vi: 'Thành viên bình quân một tổ cấp thôn', en: 'Members per village team' },
    meaning: {
      vi: 'Số thành viên tổ cấp thôn chia cho số tổ cấp thôn vào ngày được hỏi.',
      en: 'Members of village digital teams divided by the number of those teams on the day asked for.',
    },
    noun: aMember,
    numerator: villageTeamMembers,
    denominator: villageTeams,
    percent: false,
  }),
  ...movementMeasures,
]
