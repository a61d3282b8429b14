import { defineColumns } from '../../platform/sheets/index.ts'
import { kindNames, roleNames } from './teams.words.ts'

/** The columns of a list of members, as offices call them; the same for the template, the import and the export. */
export const memberColumns = defineColumns([
  {
    key: 'commune',
    header: 'Xã, thị trấn',
    aliases: ['Xã', 'Xã/thị trấn', 'Phường', 'Thị trấn', 'Xã, phường, thị trấn', 'Xã, phường', 'Tên xã', 'Thuộc xã'],
    kind: 'unit',
    note: 'Chỉ cần khi tệp gồm nhiều xã.',
    width: 22,
  },
  {
    key: 'village',
    header: 'Thôn, bản',
    aliases: [
      'Thôn/bản',
      'Thôn',
      'Bản',
      'Tổ dân phố',
      'Thôn, bản, tổ dân phố',
      'Thôn, bản, TDP',
      'Địa bàn',
      'Đơn vị',
      'Tên thôn',
      'Xóm',
      'Khu dân cư',
      'Cơ quan, đơn vị',
    ],
    kind: 'unit',
    example: 'Thôn Nậm Cưởm',
    note: 'Tên thôn, bản, tổ dân phố trong xã. Với tổ cấp xã: ghi tên xã.',
    width: 24,
  },
  {
    key: 'fullName',
    header: 'Họ và tên',
    aliases: ['Họ tên', 'Tên thành viên', 'Họ và tên thành viên', 'Họ tên thành viên', 'Thành viên'],
    kind: 'name',
    required: true,
    example: 'Triệu Thị Nhậy',
    width: 28,
  },
  {
    key: 'role',
    header: 'Vai trò trong tổ',
    aliases: ['Chức danh', 'Chức vụ', 'Vai trò', 'Chức vụ trong tổ', 'Chức danh trong tổ', 'Chức danh/vai trò', 'Nhiệm vụ'],
    kind: 'choice',
    choices: [
      { value: 'head', label: roleNames.head.vi, aliases: ['Trưởng', 'Tổ trưởng tổ CNSCĐ', 'Trưởng nhóm', 'Chủ nhiệm'] },
      { value: 'deputy', label: roleNames.deputy.vi, aliases: ['Phó', 'Phó tổ trưởng', 'Tổ phó tổ CNSCĐ', 'Phó chủ nhiệm'] },
      { value: 'member', label: roleNames.member.vi, aliases: ['Tổ viên', 'Uỷ viên', 'TV', 'Cộng tác viên'] },
    ],
    example: 'Thành viên',
    note: 'Để trống nghĩa là thành viên.',
    width: 18,
  },
  {
    key: 'phone',
    header: 'Số điện thoại',
    aliases: ['SĐT', 'Số ĐT', 'Điện thoại', 'ĐT', 'Điện thoại liên hệ', 'Số điện thoại liên hệ', 'Số di động', 'Di động'],
    kind: 'phone',
    example: '0900000001',
    width: 18,
  },
  {
    key: 'joinedOn',
    header: 'Ngày tham gia',
    aliases: ['Ngày vào tổ', 'Tham gia từ ngày', 'Từ ngày', 'Ngày bắt đầu', 'Ngày vào'],
    kind: 'day',
    example: '05/12/2022',
    width: 16,
  },
  {
    key: 'leftOn',
    header: 'Ngày thôi',
    aliases: ['Thôi từ ngày', 'Ngày thôi tham gia', 'Ngày nghỉ', 'Ngày ra khỏi tổ', 'Đến ngày', 'Ngày kết thúc'],
    kind: 'day',
    note: 'Chỉ ghi khi người này thôi tham gia: ngày đầu tiên không còn là thành viên.',
    width: 16,
  },
  {
    key: 'kind',
    header: 'Loại tổ',
    aliases: ['Loại'],
    kind: 'choice',
    choices: [
      { value: 'community_team', label: kindNames.community_team.vi, aliases: ['Tổ CNSCĐ', 'Tổ CĐS cộng đồng', 'Tổ công nghệ số', 'Tổ chuyển đổi số cộng đồng'] },
      { value: 'project06_group', label: kindNames.project06_group.vi, aliases: ['Tổ Đề án 06', 'Đề án 06', 'Tổ ĐA 06'] },
      { value: 'digital_club', label: kindNames.digital_club.vi, aliases: ['Câu lạc bộ CĐS', 'CLB chuyển đổi số', 'Câu lạc bộ số'] },
    ],
    note: 'Để trống nghĩa là tổ công nghệ số cộng đồng.',
    width: 28,
  },
  { key: 'note', header: 'Ghi chú', kind: 'text', maxLength: 2000, width: 30 },
] as const)

export type MemberColumns = typeof memberColumns
