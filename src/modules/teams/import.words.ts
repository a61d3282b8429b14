import type { Words } from '../../platform/part.ts'
import { type MemberRole, roleNames } from './teams.words.ts'

/** What the dry run of an import says of a row: what it would do, or what is wrong and how to mend it. */
const printed = (on: string) => on.split('-').reverse().map(Number).join('/')

export const joins = (on: string): Words => ({
  vi: `Tham gia từ ${printed(on)}`,
  en: `Joins on ${printed(on)}`,
})
export const ends = (on: string): Words => ({
  vi: `Thôi từ ${printed(on)}`,
  en: `Leaves from ${printed(on)}`,
})

export const changes = (_what: 'fullName', from: string, to: string): Words => ({
  vi: `Họ tên: «${from}» thành «${to}»`,
  en: `Name: “${from}” becomes “${to}”`,
})
export const addsPhone = (to: string): Words => ({
  vi: `Bổ sung số điện thoại ${to}`,
  en: `Phone added: ${to}`,
})
export const changesPhone = (from: string, to: string): Words => ({
  vi: `Đổi số điện thoại ${from} thành ${to}. Nếu đây là người khác trùng tên, hãy bỏ dòng này và thêm người ấy trên trang của tổ`,
  en: `Phone ${from} becomes ${to}. If this is somebody else of the same name, leave the row out and add the person on the team’s page`,
})
export const changesRole = (from: MemberRole, to: MemberRole, on: string): Words => ({
  vi: `Vai trò: ${roleNames[from].vi} thành ${roleNames[to].vi} từ ${printed(on)}; trước ngày đó giữ nguyên`,
  en: `Role: ${roleNames[from].en} becomes ${roleNames[to].en} from ${printed(on)}; before that day it stays`,
})
export const correctsRole = (from: MemberRole, to: MemberRole): Words => ({
  vi: `Sửa vai trò: ${roleNames[from].vi} thành ${roleNames[to].vi}`,
  en: `Role corrected: ${roleNames[from].en} becomes ${roleNames[to].en}`,
})
export const leavesNoHead: Words = {
  vi: 'Lưu ý: sau khi nhập, tổ không còn tổ trưởng',
  en: 'Note: after this the team has no head',
}
export const changesDay = (from: string, to: string): Words => ({
  vi: `Ngày tham gia: ${printed(from)} thành ${printed(to)}`,
  en: `Joined on: ${printed(from)} becomes ${printed(to)}`,
})
export const changesNote: Words = { vi: 'Sửa ghi chú', en: 'Note changed' }

export const repeated = (row: number): Words => ({
  vi: `Trùng với dòng ${row}. Hãy xóa một dòng; nếu là hai người trùng tên, ghi số điện thoại của cả hai.`,
  en: `Repeats row ${row}. Remove one; if these are two people of one name, give both phone numbers.`,
})
export const ambiguous = (count: number): Words => ({
  vi: `Tổ đang có ${count} người cùng họ tên này. Hãy ghi số điện thoại để biết là ai.`,
  en: `The team has ${count} people of this name. Give the phone number to tell them apart.`,
})
export const joinedOnMissing: Words = {
  vi: 'Chưa ghi ngày tham gia. Hãy điền vào ô này, hoặc chọn một ngày chung cho các dòng chưa ghi.',
  en: 'The day of joining is missing. Fill it in, or choose one day for all rows without it.',
}
export const joinedInSteps = (first: string): Words => ({
  vi: `Người này tham gia từ ${printed(first)} và đã đổi vai trò giữa chừng. Hãy để trống ngày tham gia, hoặc sửa trên trang của tổ.`,
  en: `This person joined on ${printed(first)} and has changed roles since. Leave the day empty, or correct it on the team’s page.`,
})
export const alreadyMember: Words = {
  vi: 'Người này đã là thành viên của tổ trong thời gian đó. Hãy xem lại họ tên và số điện thoại.',
  en: 'This person is a member of the team at that time already. Check name and phone.',
}
export const alreadyLeft = (on: string): Words => ({
  vi: `Người này đã thôi tham gia từ ${printed(on)}. Nếu tham gia lại, hãy ghi ngày tham gia từ ngày đó trở đi; nếu không, hãy xóa dòng này.`,
  en: `This person left from ${printed(on)}. If they came back, give a day of joining from then on; otherwise remove the row.`,
})
export const secondHead = (name: string): Words => ({
  vi: `Tổ đã có tổ trưởng là ${name}. Hãy ghi «Ngày thôi» cho người ấy, hoặc sửa vai trò của một trong hai.`,
  en: `${name} is the head of this team. Give that person a day of leaving, or correct one of the two roles.`,
})
export const unitMissing: Words = {
  vi: 'Chưa ghi tên thôn, bản. Hãy điền vào ô này; với tổ cấp xã, hãy ghi tên xã.',
  en: 'The village is missing. Fill it in; for a commune’s own team write the commune.',
}
export const unitUnknown = (typed: string, within: string, candidates: readonly string[]): Words => ({
  vi:
    candidates.length === 0
      ? `Không có nơi nào tên «${typed}» trong ${within}. Hãy xem danh mục tên trong tệp mẫu.`
      : `Không rõ «${typed}» là nơi nào trong ${within}. Có phải: ${candidates.join('; ')}? Hãy ghi đúng tên.`,
  en:
    candidates.length === 0
      ? `There is no “${typed}” in ${within}. See the list of names in the template.`
      : `Which place is “${typed}” in ${within}? Perhaps: ${candidates.join('; ')}. Write the exact name.`,
})
export const unitWithoutTeams = (name: string): Words => ({
  vi: `${name} không phải nơi có loại tổ này. Câu lạc bộ ở cơ quan, trường học; các tổ khác ở thôn, xã, huyện.`,
  en: `${name} does not have teams of this kind. Clubs sit in agencies, other teams in areas.`,
})
export const severalClubs = (name: string): Words => ({
  vi: `${name} có nhiều câu lạc bộ. Hãy thêm người trên trang của từng câu lạc bộ.`,
  en: `${name} has several clubs. Add people on the page of each club.`,
})
export const tooManyOfOneTeam = (most: number): Words => ({
  vi: `Tệp có hơn ${most} người cho cùng một tổ. Hãy xem lại cột thôn, bản, hoặc chia thành nhiều tệp.`,
  en: `The file has more than ${most} people for one team. Check the column of villages, or split the file.`,
})

export const placeColumnMissing = (ignored: readonly string[]): Words => {
  const names = ignored.map((name) => `«${name}»`).join(', ')
  return {
    vi: `Tệp không có cột ghi thôn, bản nên không biết ai thuộc tổ nào.${names === '' ? '' : ` Các cột không nhận ra: ${names}.`} Hãy đổi tên cột ghi thôn, bản thành «Thôn, bản» (hoặc thêm cột đó), rồi tải lên lại.`,
    en: `No column of the file says the village, so it is not known who belongs to which team.${names === '' ? '' : ` Columns not recognised: ${names}.`} Call the column of villages «Thôn, bản» (or add it) and send the file again.`,
  }
}
