/** Words for the coded values of the module, in both languages; the same in lists, files and refusals. */
export const kindNames = {
  community_team: { vi: 'Tổ công nghệ số cộng đồng', en: 'Community digital team' },
  project06_group: { vi: 'Tổ công tác Đề án 06', en: 'Project 06 group' },
  digital_club: { vi: 'Câu lạc bộ chuyển đổi số', en: 'Digital club' },
} as const

export const levelNames = {
  district: { vi: 'Cấp huyện', en: 'District' },
  commune: { vi: 'Cấp xã', en: 'Commune' },
  village: { vi: 'Cấp thôn', en: 'Village' },
  office: { vi: 'Cơ quan, đơn vị', en: 'Agency' },
} as const

export const roleNames = {
  head: { vi: 'Tổ trưởng', en: 'Head' },
  deputy: { vi: 'Tổ phó', en: 'Deputy' },
  member: { vi: 'Thành viên', en: 'Member' },
} as const

export const topicNames = {
  public_services: { vi: 'Dịch vụ công trực tuyến', en: 'Online public services' },
  cashless_payment: { vi: 'Thanh toán không dùng tiền mặt', en: 'Cashless payment' },
  vneid: { vi: 'Định danh điện tử (VNeID)', en: 'Electronic identity (VNeID)' },
  online_selling: { vi: 'Bán hàng trực tuyến', en: 'Selling online' },
  digital_safety: { vi: 'An toàn trên mạng', en: 'Safety online' },
  health_record: { vi: 'Sổ sức khỏe điện tử', en: 'Electronic health record' },
  other: { vi: 'Nội dung khác', en: 'Other' },
} as const

export type TeamKind = keyof typeof kindNames
export type TeamLevel = keyof typeof levelNames
export type MemberRole = keyof typeof roleNames
export type ActivityTopic = keyof typeof topicNames

export const teamKinds = Object.keys(kindNames) as [TeamKind, ...TeamKind[]]
export const teamLevels = Object.keys(levelNames) as [TeamLevel, ...TeamLevel[]]
export const memberRoles = Object.keys(roleNames) as [MemberRole, ...MemberRole[]]
export const activityTopics = Object.keys(topicNames) as [ActivityTopic, ...ActivityTopic[]]
