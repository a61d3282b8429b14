import { countedTable, type Dimension } from '../../platform/measures/declare.ts'
import { kindNames, levelNames, roleNames, topicNames } from './teams.words.ts'

type Words = { vi: string; en: string }

/** The values of a coded column as a dimension. */
function byColumn(column: string, title: Words, values: Record<string, Words>): Dimension {
  return {
    key: column,
    title,
    members: Object.entries(values).map(([key, words]) => ({
      key,
      title: words,
      where: `${column} = '${key}'`,
    })),
  }
}

export const byTopic = byColumn('topic', { vi: 'Nội dung', en: 'Topic' }, topicNames)
export const byRole = byColumn('role', { vi: 'Vai trò', en: 'Role' }, roleNames)
export const byLevel = byColumn(
  'level',
  { vi: 'Cấp', en: 'Level' },
  {
    district: levelNames.district,
    commune: levelNames.commune,
    village: levelNames.village,
  },
)

export const team = countedTable({
  table: 'teams.team',
  unit: 'unit_id',
  columns: [
    { key: 'name', title: { vi: 'Tên tổ', en: 'Team' }, kind: 'text' },
    { key: 'unit_id', title: { vi: 'Địa bàn, đơn vị', en: 'Unit' }, kind: 'unit' },
    { key: 'level', title: { vi: 'Cấp', en: 'Level' }, kind: 'text', values: levelNames },
    { key: 'kind', title: { vi: 'Loại', en: 'Kind' }, kind: 'text', values: kindNames },
    { key: 'formed_on', title: { vi: 'Thành lập ngày', en: 'Formed on' }, kind: 'day' },
    { key: 'dissolved_on', title: { vi: 'Giải thể từ ngày', en: 'Dissolved from' }, kind: 'day' },
    { key: 'decision_no', title: { vi: 'Số quyết định', en: 'Decision' }, kind: 'text' },
  ],
  order: 'name_folded',
  href: '/teams/{id}',
})

export const member = countedTable({
  table: 'teams.member',
  unit: 'unit_id',
  columns: [
    { key: 'full_name', title: { vi: 'Họ và tên', en: 'Full name' }, kind: 'text' },
    { key: 'role', title: { vi: 'Vai trò', en: 'Role' }, kind: 'text', values: roleNames },
    { key: 'unit_id', title: { vi: 'Địa bàn, đơn vị', en: 'Unit' }, kind: 'unit' },
    { key: 'phone', title: { vi: 'Số điện thoại', en: 'Phone' }, kind: 'phone' },
    { key: 'joined_on', title: { vi: 'Tham gia từ ngày', en: 'Joined on' }, kind: 'day' },
    { key: 'left_on', title: { vi: 'Thôi từ ngày', en: 'Left from' }, kind: 'day' },
  ],
  order: 'sort_key',
  href: '/teams/{team_id}',
})

export const channel = countedTable({
  table: 'teams.channel',
  unit: 'unit_id',
  columns: [
    { key: 'unit_id', title: { vi: 'Địa bàn, đơn vị', en: 'Unit' }, kind: 'unit' },
    { key: 'url', title: { vi: 'Đường liên kết', en: 'Link' }, kind: 'text' },
    { key: 'opened_on', title: { vi: 'Mở ngày', en: 'Opened on' }, kind: 'day' },
    { key: 'closed_on', title: { vi: 'Đóng từ ngày', en: 'Closed from' }, kind: 'day' },
  ],
  order: 'unit_id, opened_on',
  href: '/teams/{team_id}',
})

export const activity = countedTable({
  table: 'teams.activity',
  unit: 'unit_id',
  columns: [
    { key: 'title', title: { vi: 'Hoạt động', en: 'Activity' }, kind: 'text' },
    { key: 'topic', title: { vi: 'Nội dung', en: 'Topic' }, kind: 'text', values: topicNames },
    { key: 'unit_id', title: { vi: 'Địa bàn, đơn vị', en: 'Unit' }, kind: 'unit' },
    { key: 'held_on', title: { vi: 'Ngày tổ chức', en: 'Held on' }, kind: 'day' },
    { key: 'people_helped', title: { vi: 'Lượt người được giúp', en: 'People helped' }, kind: 'number' },
  ],
  order: 'held_on desc',
  href: '/teams/{team_id}',
})
