import { refuse, refuseField } from '../../platform/http/refusal.ts'
import type { Words } from '../../platform/part.ts'
import { kindNames, roleNames, type TeamKind } from './teams.words.ts'

const printed = (on: string) => on.split('-').reverse().map(Number).join('/')

/** What is said of a day that cannot be taken. `limit` is the day it is measured against. */
export const dayRefusals = {
  inFuture: (limit: string): Words => ({
    vi: `Ngày này chưa tới. Hãy ghi ngày đã diễn ra, muộn nhất là hôm nay ${printed(limit)}.`,
    en: `This day has not come yet. The latest is today, ${printed(limit)}.`,
  }),
  tooEarly: (): Words => ({
    vi: 'Ngày này xa quá. Hãy xem lại năm.',
    en: 'This day is too long ago. Check the year.',
  }),
  beforeFormed: (limit: string): Words => ({
    vi: `Ngày này trước ngày thành lập tổ (${printed(limit)}). Hãy ghi ngày muộn hơn, hoặc sửa ngày thành lập tổ trước.`,
    en: `This is before the team was formed (${printed(limit)}). Give a later day, or correct the day of forming first.`,
  }),
  endNotAfterBeginning: (limit: string): Words => ({
    vi: `Ngày thôi, đóng hay giải thể phải sau ngày bắt đầu (${printed(limit)}). Nếu bản ghi bị nhập nhầm, hãy xóa thay vì kết thúc.`,
    en: `The end must come after the beginning (${printed(limit)}). If it was entered by mistake, remove it instead.`,
  }),
  endInFuture: (limit: string): Words => ({
    vi: `Ngày này còn xa. Muộn nhất là ngày mai (nếu hết hôm nay ${printed(limit)} mới thôi).`,
    en: `This is too far ahead. The latest is tomorrow, for what ends at the end of today (${printed(limit)}).`,
  }),
} as const

/** Refuses the field `path` for a reason that the rules gave; does nothing for null. */
export function refuseDay(reason: keyof typeof dayRefusals | null, path: string, limit: string): void {
  if (reason !== null) refuseField('teams.day', path, dayRefusals[reason](limit))
}

export function refuseScope(): never {
  refuse(
    'access.outside_scope',
    {
      vi: 'Tổ này nằm ngoài đơn vị được giao cho anh/chị nên chưa ghi gì. Hãy chọn đơn vị của mình hoặc hỏi người quản trị.',
      en: 'This team lies outside the units given to you; nothing was written.',
    },
    { status: 403 },
  )
}

export function refuseUnitKind(unitName: string): never {
  refuseField('teams.unit_without_teams', 'unitId', {
    vi: `${unitName} không phải nơi lập tổ. Hãy chọn thôn, xã, huyện, hoặc một cơ quan, trường học.`,
    en: `${unitName} is not a place for a team. Choose a village, commune, district or an agency.`,
  })
}

export function refuseKindThere(kind: TeamKind): never {
  refuseField(
    'teams.kind_does_not_fit',
    'kind',
    kind === 'digital_club'
      ? {
          vi: 'Câu lạc bộ chuyển đổi số lập ở cơ quan, trường học. Ở thôn, xã, huyện hãy chọn loại khác.',
          en: 'Digital clubs are formed in agencies and schools. Choose another kind for an area.',
        }
      : {
          vi: `${kindNames[kind].vi} lập ở thôn, xã, huyện. Ở cơ quan, trường học hãy chọn câu lạc bộ chuyển đổi số.`,
          en: `${kindNames[kind].en}s are formed in areas. Choose a digital club for an agency.`,
        },
  )
}

export function refuseSecondTeam(name: string): never {
  refuseField('teams.one_of_a_kind', 'unitId', {
    vi: `Nơi này đã có «${name}» trong thời gian đó. Hãy mở tổ ấy để bổ sung, hoặc giải thể trước khi lập tổ mới.`,
    en: `There is “${name}” here at that time. Open that team, or dissolve it before forming another.`,
  })
}

export function refuseDissolved(on: string): never {
  refuse('teams.dissolved', {
    vi: `Tổ đã giải thể từ ngày ${printed(on)} nên không ghi thêm được. Nếu giải thể nhầm, hãy hoàn tác trên trang của tổ.`,
    en: `The team was dissolved from ${printed(on)}; nothing can be added. If that was a mistake, undo it on the team’s page.`,
  })
}

export function refuseLaterRecords(): never {
  refuseField('teams.later_records', 'on', {
    vi: 'Tổ còn có ghi chép (thành viên, nhóm Zalo hoặc hoạt động) sau ngày này. Hãy chọn ngày giải thể muộn hơn.',
    en: 'The team has records (members, Zalo groups or activities) after this day. Choose a later day.',
  })
}

export function refuseEarlierRecords(on: string): never {
  refuseField('teams.earlier_records', 'formedOn', {
    vi: `Tổ đã có ghi chép từ ngày ${printed(on)}. Ngày thành lập không được muộn hơn ngày đó.`,
    en: `The team has records from ${printed(on)} on. It cannot have been formed later.`,
  })
}

export function refuseMovedNumbers(members: number, channels: number): never {
  refuse(
    'teams.numbers_moved',
    {
      vi: `Vừa có thay đổi: tổ đang có ${members} thành viên và ${channels} nhóm Zalo. Chưa ghi gì; hãy xem lại rồi xác nhận lần nữa.`,
      en: `Something has just changed: the team has ${members} members and ${channels} Zalo groups. Nothing was written; look again and confirm.`,
    },
    { status: 409 },
  )
}

export function refuseName(): never {
  refuseField('teams.name_unreadable', 'fullName', {
    vi: 'Họ tên chỉ gồm chữ, từ hai chữ cái trở lên. Hãy ghi họ và tên đầy đủ, không kèm số điện thoại, ký hiệu hay ghi chú.',
    en: 'A name has letters only, at least two. Write the full name without phone numbers, signs or remarks.',
  })
}

export function refuseSecondHead(name: string): never {
  refuseField('teams.one_head', 'role', {
    vi: `Thời gian này tổ đã có tổ trưởng là ${name}. Hãy cho người ấy thôi hoặc đổi vai trò trước.`,
    en: `${name} is the head at that time. End that person’s membership or change the role first.`,
  })
}

export function refuseAlreadyMember(name: string): never {
  refuseField('teams.already_member', 'fullName', {
    vi: `${name} đã là thành viên của tổ trong thời gian này. Nếu là người khác trùng tên, hãy ghi số điện thoại của cả hai để phân biệt.`,
    en: `${name} is a member at that time already. If this is somebody else of the same name, give both phone numbers.`,
  })
}

export function refuseReopen(): never {
  refuse('teams.cannot_reopen', {
    vi: 'Chỉ hoàn tác được trong ngày đã ghi, khi tổ còn hoạt động. Nếu người này tham gia lại, hãy thêm thành viên mới với ngày tham gia lại.',
    en: 'An end can be undone only on the day it was noted. If the person came back, add a member with the new day.',
  })
}

export function refuseSameRole(role: keyof typeof roleNames): never {
  refuseField('teams.same_role', 'role', {
    vi: `Người này đang là ${roleNames[role].vi.toLocaleLowerCase('vi')}. Hãy chọn vai trò khác.`,
    en: `This person is ${roleNames[role].en.toLowerCase()} already. Choose another role.`,
  })
}

export function refuseEnded(): never {
  refuse('teams.already_ended', {
    vi: 'Mục này đã kết thúc trước đó. Hãy tải lại trang để xem bản mới nhất.',
    en: 'This has ended before. Reload the page to see the latest.',
  })
}

export function refuseLink(): never {
  refuseField('teams.link_unreadable', 'url', {
    vi: 'Đường liên kết phải là địa chỉ https của Zalo, ví dụ https://zalo.me/g/abcdef123.',
    en: 'The link must be an https address of Zalo, such as https://zalo.me/g/abcdef123.',
  })
}

export function refuseLinkThere(): never {
  refuseField('teams.link_there', 'url', {
    vi: 'Tổ đã có đường liên kết này. Hãy kiểm tra lại đường liên kết.',
    en: 'The team has this link already. Check the link.',
  })
}

export function refuseRemoval(): never {
  refuse(
    'teams.too_late_to_remove',
    {
      vi: 'Chỉ xóa được bản ghi nhập nhầm trong ngày hôm nay. Với bản ghi cũ hơn, hãy sửa, cho kết thúc, hoặc nhờ cơ quan thường trực xóa.',
      en: 'Only a record made today can be removed. Correct or end older ones, or ask the standing office.',
    },
    { status: 403 },
  )
}

export function refuseNotEmpty(): never {
  refuse('teams.not_empty', {
    vi: 'Tổ đã có thành viên, nhóm Zalo hoặc hoạt động nên không xóa được. Hãy giải thể tổ để giữ lại quá trình.',
    en: 'The team has members, Zalo groups or activities and cannot be removed. Dissolve it, so that its history stays.',
  })
}

export function refuseTooManyPhotos(most: number): never {
  refuse('teams.too_many_photos', {
    vi: `Mỗi hoạt động giữ nhiều nhất ${most} ảnh. Hãy bỏ bớt ảnh rồi thêm ảnh mới.`,
    en: `An activity keeps at most ${most} photos. Remove one before adding another.`,
  })
}

/** Somebody else has changed the record since it was read. `by`: the last who did anything to it, where that is known. */
export function refuseChanged(by: { name: string | null; time: string; day: string } | null): never {
  const vi = by
    ? `${by.name ?? 'Người khác'} đã sửa mục này lúc ${by.time} ngày ${by.day}`
    : 'Mục này vừa được sửa'
  const en = by
    ? `${by.name ?? 'Somebody'} changed this at ${by.time} on ${by.day}`
    : 'This has just been changed'
  refuse(
    'teams.changed_meanwhile',
    {
      vi: `${vi}, sau khi anh/chị mở ra xem. Chưa ghi gì và những gì anh/chị gõ vẫn còn ở đây; hãy xem bản mới nhất rồi quyết định.`,
      en: `${en}, after you opened it. Nothing was written and what you typed is still here; see the latest, then decide.`,
    },
    { status: 409 },
  )
}

export function refuseEndedUnit(name: string, endedOn: string): never {
  refuseField('teams.unit_ended', 'unitId', {
    vi: `${name} đã kết thúc (sáp nhập, giải thể hoặc đổi) từ ngày ${printed(endedOn)} nên không lập tổ ở đó được. Hãy chọn đơn vị thay thế.`,
    en: `${name} ended (merged, dissolved or changed) on ${printed(endedOn)}; no team can be formed there. Choose the unit that took its place.`,
  })
}
