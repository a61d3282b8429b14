import { dayAfter, type RandomStream, someDay } from './random.ts'
import type { DemoActivity, DemoActivityKind } from './team-types.ts'

const lastActivityOn = '2022-12-29'

const topics: Readonly<Record<DemoActivityKind, { title: string; description: string }>> = {
  public_services: {
    title: 'Hướng dẫn nộp hồ sơ trên Cổng dịch vụ công',
    description:
      'Giúp người dân lập tài khoản, nộp và theo dõi hồ sơ trực tuyến; bà con tự thao tác trên máy của mình.',
  },
  cashless_payment: {
    title: 'Hướng dẫn thanh toán không dùng tiền mặt',
    description: 'Mở tài khoản, quét mã QR, trả tiền điện và học phí qua điện thoại.',
  },
  vneid: {
    title: 'Hỗ trợ cài đặt và kích hoạt VNeID',
    description: 'Cùng công an xã hướng dẫn cài đặt và kích hoạt tài khoản định danh điện tử.',
  },
  online_selling: {
    title: 'Tập huấn đưa nông sản lên sàn',
    description: 'Chụp ảnh sản phẩm, mở gian hàng, trả lời khách và đóng gói hàng gửi bưu điện.',
  },
  digital_safety: {
    title: 'Nhận biết lừa đảo trên mạng',
    description: 'Các cách lừa đảo thường gặp, cách giữ mật khẩu và báo cho công an xã.',
  },
  health_record: {
    title: 'Hướng dẫn dùng sổ sức khỏe điện tử',
    description: 'Cài đặt ứng dụng, đặt lịch khám và xem kết quả tiêm chủng.',
  },
}

const kinds: readonly DemoActivityKind[] = [
  'public_services',
  'public_services',
  'vneid',
  'vneid',
  'cashless_payment',
  'cashless_payment',
  'online_selling',
  'digital_safety',
  'health_record',
]

type Programme = {
  readonly formedOn: string
  readonly endsOn?: string | null
  readonly times: number
  readonly leastHelped: number
  readonly mostHelped: number
}

/** The activities of a team: within its life, never two on one day, in the order of the days. */
export function activitiesOf(random: RandomStream, team: Programme): DemoActivity[] {
  const firstOn = dayAfter(team.formedOn, 3)
  const days = new Set<string>()
  for (let index = 0; index < team.times; index += 1)
    days.add(someDay(random, firstOn, team.endsOn ?? lastActivityOn))
  return [...days].sort().map((heldOn) => {
    const kind = random.pick(kinds)
    return {
      heldOn,
      kind,
      ...topics[kind],
      peopleHelped: random.whole(team.leastHelped, team.mostHelped),
      hasPhoto: random.chance(0.06),
    }
  })
}
