/** A body that sits in an area and is none itself. Which bodies the district had in 2022 is our selection. */
export type DemoBody = {
  readonly code: string
  readonly name: string
  readonly kind: 'office' | 'school' | 'station'
  readonly parentCode: string
}

const officeNames = [
  'Văn phòng Hội đồng nhân dân và Ủy ban nhân dân huyện',
  'Phòng Văn hóa và Thông tin',
  'Phòng Giáo dục và Đào tạo',
  'Phòng Nội vụ',
  'Phòng Tài chính - Kế hoạch',
  'Phòng Nông nghiệp và Phát triển nông thôn',
  'Phòng Kinh tế và Hạ tầng',
  'Phòng Tài nguyên và Môi trường',
  'Phòng Lao động - Thương binh và Xã hội',
  'Phòng Tư pháp',
  'Phòng Y tế',
  'Phòng Dân tộc',
  'Thanh tra huyện',
  'Trung tâm Y tế huyện',
  'Trung tâm Truyền thông và Văn hóa',
  'Trung tâm Dịch vụ, hỗ trợ phát triển nông nghiệp',
  'Trung tâm Giáo dục nghề nghiệp - Giáo dục thường xuyên',
  'Bưu điện huyện',
  'Huyện đoàn',
  'Hội Liên hiệp Phụ nữ huyện',
] as const

const schoolRows = [
  ['04672.TH1', 'Trường Trung học phổ thông Văn Chấn (trình diễn)', '04672'],
  ['04672.TH2', 'Trường Phổ thông dân tộc nội trú huyện (trình diễn)', '04672'],
  ['04633.TH1', 'Trường Phổ thông dân tộc bán trú Nậm Búng (trình diễn)', '04633'],
  ['04630.TH1', 'Trường Tiểu học và Trung học cơ sở Tú Lệ (trình diễn)', '04630'],
  ['04696.TH1', 'Trường Trung học cơ sở Tân Thịnh (trình diễn)', '04696'],
] as const

const stationRows = [
  ['04672.BD', 'Bưu cục trung tâm Sơn Thịnh', '04672'],
  ['04633.BD', 'Điểm Bưu điện - Văn hóa xã Nậm Búng', '04633'],
  ['04630.BD', 'Điểm Bưu điện - Văn hóa xã Tú Lệ', '04630'],
  ['04672.TT', 'Đài truyền thanh thị trấn Sơn Thịnh', '04672'],
  ['04633.TT', 'Đài truyền thanh xã Nậm Búng', '04633'],
  ['04630.TT', 'Đài truyền thanh xã Tú Lệ', '04630'],
] as const

export const bodies: readonly DemoBody[] = [
  ...officeNames.map(
    (name, index): DemoBody => ({
      code: `140.CQ${String(index + 1).padStart(2, '0')}`,
      name,
      kind: 'office',
      parentCode: '140',
    }),
  ),
  ...schoolRows.map(([code, name, parentCode]): DemoBody => ({ code, name, kind: 'school', parentCode })),
  ...stationRows.map(([code, name, parentCode]): DemoBody => ({ code, name, kind: 'station', parentCode })),
]
