import type { ListFile } from './lists.read.ts'

/** A country of our own making, with everything that makes the real lists hard. */
const before = `province_code,province,district_code,district,ward_code,ward
91,Tỉnh Bắc Thử,911,Huyện An,91001,Xã An Một
91,Tỉnh Bắc Thử,911,Huyện An,91004,Xã An Hai
91,Tỉnh Bắc Thử,911,Huyện An,91007,Thị trấn NT An
91,Tỉnh Bắc Thử,911,Huyện An,91010,Xã Hòa Sơn
91,Tỉnh Bắc Thử,912,Thị xã Bình,91013,Xã Bình Một
91,Tỉnh Bắc Thử,912,Thị xã Bình,91016,Xã Hòa Sơn
91,Tỉnh Bắc Thử,912,Thị xã Bình,91019,Xã Bình Hai
91,Tỉnh Bắc Thử,912,Thị xã Bình,91022,Xã Sín Chải
91,Tỉnh Bắc Thử,912,Thị xã Bình,91025,Xã Không Ai Nêu
91,Tỉnh Bắc Thử,912,Thị xã Bình,91028,Xã Đứng Yên
92,Tỉnh Nam Thử,921,Thành phố Nam,92001,Phường Nam Một
92,Tỉnh Nam Thử,921,Thành phố Nam,92004,Phường Nam Hai
93,Thành phố Giữa,931,Quận Giữa,93001,Phường Giữa
93,Thành phố Giữa,931,Quận Giữa,93004,Phường Bên
`
const since = `ward_code,ward,province_code,province,formed_from
91001,Xã An Hai,91,Tỉnh Nam Thử,"Xã An Một, Xã An Hai, Thị trấn Nông trường An, Xã Hòa Sơn (huyện An)"
91013,Xã Bình Một,91,Tỉnh Nam Thử,"Xã Bình Một, Xã Hoà Sơn (thị xã Bình), Xã Bình Hai (phần còn lại sau khi sáp nhập vào xã Bình Hai)"
91019,Xã Bình Hai,91,Tỉnh Nam Thử,"Xã Bình Hai, Xã Xín Chải, Trường bắn số 1"
91028,Xã Đứng Yên,91,Tỉnh Nam Thử,Không sáp nhập
92001,Phường Nam,91,Tỉnh Nam Thử,"Phường Nam Một, Phường Nam Hai"
93001,Phường Giữa,93,Thành phố Giữa,"Phường Giữa, Phường Bên"
93010,Đặc khu Đảo,93,Thành phố Giữa,Huyện Đảo
`

export const sampleDay = '2025-07-01'

/** The files as an operator would hand them over; `change` rewrites one before it is read. */
export function sampleFiles(
  change: { before?: (text: string) => string; since?: (text: string) => string } = {},
): ListFile[] {
  const file = (name: string, text: string) => ({ name, bytes: Buffer.from(text) })
  return [
    file('moi-2025-07-01.csv', change.since?.(since) ?? since),
    file('cu.csv', change.before?.(before) ?? before),
  ]
}
