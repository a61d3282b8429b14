import { difference, distinct, duration, type Measure, measure } from '../../platform/measures/declare.ts'
import { byLevel, byRole, channel, member, team } from './teams.counted.ts'

const ofTeams = `kind = 'community_team'`
const aMember = { vi: 'thành viên', en: 'members' }

const joined = measure({
  name: 'teams.members_joined',
  title: { vi: 'Thành viên mới tham gia tổ công nghệ số', en: 'Members who joined digital teams' },
  meaning: {
    vi: 'Số lần có người bắt đầu tham gia một tổ công nghệ số cộng đồng trong kỳ, theo ngày tham gia ghi trong hồ sơ.',
    en: 'How often somebody joined a community digital team in the period, by the day in the record.',
  },
  noun: aMember,
  kind: 'flow',
  of: member,
  where: ofTeams,
  on: 'joined_on',
  value: 1,
  dimensions: [byLevel, byRole],
})

const left = measure({
  name: 'teams.members_left',
  title: { vi: 'Thành viên thôi tham gia tổ công nghệ số', en: 'Members who left digital teams' },
  meaning: {
    vi: 'Số lần có người thôi tham gia một tổ công nghệ số cộng đồng trong kỳ, kể cả khi tổ giải thể.',
    en: 'How often somebody left a community digital team in the period, its dissolution included.',
  },
  noun: aMember,
  kind: 'flow',
  of: member,
  where: ofTeams,
  on: 'left_on',
  value: 1,
  dimensions: [byLevel, byRole],
})

/** How long after its formation a village team opened a Zalo group, at a percentile. */
const untilZalo = (name: string, percentile: number, title: { vi: string; en: string }, share: string) =>
  duration({
    name,
    title,
    meaning: {
      vi: `Tính từ ngày tổ cấp thôn thành lập đến ngày mở nhóm Zalo, cho các nhóm mở trong kỳ: ${share} số nhóm mở trong thời gian đó hoặc nhanh hơn. Đúng đến từng ngày khi dưới 40 ngày; dài hơn thì ghi là một khoảng. Số ngày của từng nhóm có ở danh sách.`,
      en: `From the day a village team was formed to the day its Zalo group was opened, for groups opened in the period: ${share} of them took no longer. Exact to the day below 40 days; what is longer is given as a range. The list has the days of each group.`,
    },
    noun: { vi: 'nhóm Zalo', en: 'Zalo groups' },
    of: channel,
    where: `type = 'zalo' and kind = 'community_team' and level = 'village'`,
    on: 'opened_on',
    length: 'opened_on - team_formed_on',
    lengthUnit: 'days',
    since: { title: { vi: 'Lập tổ ngày', en: 'Team formed on' }, at: 'team_formed_on' },
    percentile,
  })

/** Teams of every level together, who came and who left, and how long things took. */
export const movementMeasures: readonly Measure[] = [
  measure({
    name: 'teams.community_teams',
    title: { vi: 'Tổ công nghệ số cộng đồng các cấp', en: 'Digital teams of all levels' },
    meaning: {
      vi: 'Số tổ công nghệ số cộng đồng cấp thôn, cấp xã và cấp huyện đã thành lập và chưa giải thể vào ngày được hỏi.',
      en: 'Community digital teams of villages, communes and districts, formed and not dissolved on the day asked for.',
    },
    noun: { vi: 'tổ', en: 'teams' },
    kind: 'stock',
    of: team,
    where: ofTeams,
    from: 'formed_on',
    until: 'dissolved_on',
    value: 1,
    dimensions: [byLevel],
  }),
  joined,
  left,
  difference({
    name: 'teams.members_gained',
    title: { vi: 'Thành viên tăng thêm của tổ công nghệ số', en: 'Members gained by digital teams' },
    meaning: {
      vi: 'Số lần có người tham gia trừ số lần có người thôi tham gia tổ công nghệ số cộng đồng trong kỳ; nhỏ hơn 0 là giảm.',
      en: 'How often somebody joined a community digital team less how often somebody left one in the period; below 0 they became fewer.',
    },
    noun: aMember,
    minuend: joined,
    subtrahend: left,
  }),
  distinct({
    name: 'teams.different_members',
    title: { vi: 'Người khác nhau đang tham gia các tổ', en: 'Different people in the teams' },
    meaning: {
      vi: 'Số người khác nhau đang tham gia ít nhất một tổ hoặc câu lạc bộ vào ngày được hỏi; cùng họ tên và cùng số điện thoại là một người. Chỉ tính người có ghi số điện thoại.',
      en: 'Different people who are in at least one team or club on the day asked for; the same name and phone are one person. Only those with a phone on record.',
    },
    noun: { vi: 'người', en: 'people' },
    of: member,
    where: 'phone is not null',
    key: `encode(sha256(convert_to(name_folded || ' ' || phone, 'UTF8')), 'hex')`,
    from: 'joined_on',
    until: 'left_on',
  }),
  untilZalo(
    'teams.days_until_zalo',
    0.5,
    { vi: 'Thời gian mở nhóm Zalo sau khi lập tổ (trung vị)', en: 'Time from team to Zalo group (median)' },
    '50 %',
  ),
  untilZalo(
    'teams.days_until_zalo_p90',
    0.9,
    {
      vi: 'Thời gian mở nhóm Zalo sau khi lập tổ (90 %)',
      en: 'Time from team to Zalo group (90th percentile)',
    },
    '90 %',
  ),
]
