import { namedPerson } from './people.ts'
import { type PlannedValues, plannedPath } from './planned-path.ts'
import type { DemoFieldKey, DemoMeasure, DemoTarget } from './programme-types.ts'
import { vanChanCode } from './units.ts'

const seat = '04672'

type Position = { readonly key: string; readonly position: string; readonly unitCode: string }

const viceChair: Position = {
  key: 'vice-chair',
  position: 'Phó Chủ tịch Ủy ban nhân dân huyện',
  unitCode: vanChanCode,
}
const culture: Position = {
  key: 'culture',
  position: 'Trưởng phòng Văn hóa và Thông tin',
  unitCode: '140.CQ02',
}
const education: Position = {
  key: 'education',
  position: 'Trưởng phòng Giáo dục và Đào tạo',
  unitCode: '140.CQ03',
}
const homeAffairs: Position = { key: 'home-affairs', position: 'Trưởng phòng Nội vụ', unitCode: '140.CQ04' }
const agriculture: Position = {
  key: 'agriculture',
  position: 'Trưởng phòng Nông nghiệp và Phát triển nông thôn',
  unitCode: '140.CQ06',
}
const economy: Position = {
  key: 'economy',
  position: 'Trưởng phòng Kinh tế và Hạ tầng',
  unitCode: '140.CQ07',
}
const health: Position = { key: 'health', position: 'Giám đốc Trung tâm Y tế huyện', unitCode: '140.CQ14' }
const media: Position = {
  key: 'media',
  position: 'Giám đốc Trung tâm Truyền thông và Văn hóa',
  unitCode: '140.CQ15',
}

const teamsBasis =
  'Công văn 793/BTTTT-THH (3/2022) về tổ công nghệ số cộng đồng; mức của huyện là giả định (≈)'
const project06Basis = 'Quyết định 06/QĐ-TTg ngày 06/01/2022; mức của huyện là giả định (≈)'
const planBasis = 'Kế hoạch chuyển đổi số của huyện năm 2022 (≈)'

type Row = readonly [
  key: string,
  field: DemoFieldKey,
  measure: DemoMeasure | null,
  name: string,
  valueUnit: string,
  planned: PlannedValues,
  position: Position,
  legalBasis: string,
]

// Planned values from March to December. They are ours; chosen so that every status appears on 30/8 and on 31/12.
const rows: readonly Row[] = [
  [
    'villages-with-team',
    'advanced',
    'teams.villages_with_team',
    'Thôn, bản, tổ dân phố có tổ công nghệ số cộng đồng',
    '%',
    [0, 5, 20, 50, 95, 100, 100, 100, 100, 100],
    culture,
    teamsBasis,
  ],
  [
    'communes-with-team',
    'advanced',
    'teams.communes_with_team',
    'Xã, thị trấn có tổ công nghệ số cộng đồng',
    '%',
    [10, 50, 100, 100, 100, 100, 100, 100, 100, 100],
    culture,
    teamsBasis,
  ],
  [
    'village-team-members',
    'advanced',
    'teams.village_team_members',
    'Thành viên tổ công nghệ số cộng đồng cấp thôn',
    'người',
    [0, 50, 200, 500, 850, 1000, 1050, 1080, 1100, 1100],
    culture,
    teamsBasis,
  ],
  [
    'commune-team-members',
    'education',
    'teams.commune_team_members',
    'Thành viên tổ công nghệ số cộng đồng cấp xã',
    'người',
    [20, 100, 180, 200, 200, 200, 200, 200, 200, 200],
    culture,
    teamsBasis,
  ],
  [
    'members-per-team',
    'advanced',
    'teams.members_per_team',
    'Số thành viên bình quân một tổ cấp thôn',
    'người/tổ',
    [0, 3, 3, 4, 4, 4, 5, 5, 5, 5],
    culture,
    teamsBasis,
  ],
  [
    'communes-with-zalo',
    'advanced',
    'teams.communes_with_zalo',
    'Xã, thị trấn có nhóm Zalo của tổ công nghệ số',
    '%',
    [10, 40, 80, 100, 100, 100, 100, 100, 100, 100],
    media,
    planBasis,
  ],
  [
    'villages-with-zalo',
    'advanced',
    'teams.villages_with_zalo',
    'Thôn, bản, tổ dân phố có nhóm Zalo của tổ công nghệ số',
    '%',
    [0, 0, 10, 30, 60, 70, 75, 80, 85, 90],
    media,
    planBasis,
  ],
  [
    'digital-clubs',
    'education',
    'teams.digital_clubs',
    'Câu lạc bộ số trong các cơ quan',
    'câu lạc bộ',
    [0, 2, 10, 15, 20, 20, 20, 20, 20, 20],
    homeAffairs,
    planBasis,
  ],
  [
    'digital-club-members',
    'education',
    'teams.digital_club_members',
    'Thành viên câu lạc bộ số',
    'người',
    [0, 5, 40, 60, 80, 85, 90, 90, 90, 90],
    homeAffairs,
    planBasis,
  ],
  [
    'project06-groups',
    'advanced',
    'teams.project06_groups',
    'Tổ công tác Đề án 06 ở thôn, bản, tổ dân phố',
    'tổ',
    [0, 0, 0, 0, 0, 0, 0, 50, 150, 213],
    viceChair,
    project06Basis,
  ],
  [
    'activities',
    'education',
    'teams.activities',
    'Buổi hướng dẫn, tập huấn của các tổ và câu lạc bộ',
    'buổi',
    [1, 10, 25, 50, 90, 150, 220, 280, 340, 400],
    culture,
    planBasis,
  ],
  [
    'people-helped',
    'e_commerce',
    'teams.people_helped',
    'Lượt người được tổ công nghệ số hướng dẫn',
    'lượt',
    [0, 400, 1000, 2500, 4500, 6500, 8500, 10500, 12500, 15000],
    culture,
    planBasis,
  ],
  // Nothing records these yet.
  [
    'producers-online',
    'e_commerce',
    null,
    'Cơ sở đủ điều kiện được đưa lên sàn thương mại điện tử',
    '%',
    [0, 0, 10, 20, 30, 40, 50, 60, 65, 70],
    economy,
    planBasis,
  ],
  [
    'farmers-trained',
    'agriculture',
    null,
    'Hộ nông dân được tập huấn kỹ năng số và bán hàng trực tuyến',
    'hộ',
    [0, 0, 500, 1000, 1500, 2000, 2500, 3000, 3500, 4000],
    agriculture,
    planBasis,
  ],
  [
    'ocop-online',
    'agriculture',
    null,
    'Sản phẩm OCOP được đưa lên sàn thương mại điện tử',
    '%',
    [0, 0, 20, 40, 60, 70, 80, 90, 100, 100],
    agriculture,
    planBasis,
  ],
  [
    'health-records',
    'health',
    null,
    'Người dân có hồ sơ sức khỏe điện tử',
    '%',
    [0, 0, 20, 40, 50, 60, 70, 80, 85, 90],
    health,
    planBasis,
  ],
  [
    'tourism-places',
    'tourism',
    null,
    'Điểm du lịch có thông tin trên trang du lịch của huyện',
    '%',
    [0, 0, 10, 30, 50, 60, 70, 80, 90, 100],
    media,
    planBasis,
  ],
  [
    'cashless-fees',
    'education',
    null,
    'Trường học thu học phí không dùng tiền mặt',
    '%',
    [0, 0, 0, 0, 0, 20, 50, 70, 80, 80],
    education,
    planBasis,
  ],
]

/** The district's own targets for 2022. */
export function districtTargets(planKey: string): DemoTarget[] {
  return rows.map(([key, fieldKey, measure, name, valueUnit, planned, answerer, legalBasis]) => ({
    key: `140:${key}`,
    fictional: true,
    planKey,
    fieldKey,
    unitCode: vanChanCode,
    name,
    measure,
    direction: 'at_least',
    valueUnit,
    endValue: planned[9],
    path: plannedPath(planned),
    responsible: {
      fullName: namedPerson(`answers:${answerer.key}`, seat),
      position: answerer.position,
      unitCode: answerer.unitCode,
    },
    legalBasis,
    assumed: true,
  }))
}
