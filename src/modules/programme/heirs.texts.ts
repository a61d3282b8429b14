export const vi = {
  origins: {
    inherited: (unit: string) => `kế thừa từ ${unit}, tính trên địa bàn cũ`,
    given: (unit: string) => `nhận từ ${unit} khi tách`,
    left: (unit: string) => `của ${unit}, chưa đơn vị nào nhận; tính trên địa bàn cũ`,
  },
  originFacts: {
    inherited: (unit: string, lastDay: string) =>
      `Kế thừa từ ${unit} (đến hết ngày ${lastDay}), tính trên địa bàn cũ của đơn vị đó`,
    given: (unit: string, lastDay: string) => `Nhận từ ${unit} khi đơn vị đó tách (đến hết ngày ${lastDay})`,
    left: (unit: string, lastDay: string) =>
      `Của ${unit} (đến hết ngày ${lastDay}), chưa đơn vị nào nhận; tính trên địa bàn cũ của đơn vị đó`,
  },
  origin: 'Nguồn gốc',
  headlineEnded: (unit: string, day: string) => `${unit} kết thúc từ ${day}`,
  endedInto: (day: string) => `Kết thúc từ ${day}, nhập vào`,
  endedShared: (day: string) => `Kết thúc từ ${day}, chia cho`,
  endedAlone: (day: string) =>
    `Kết thúc từ ${day}, không có đơn vị kế tiếp. Chỉ tiêu của đơn vị ở lại đây và tính trên địa bàn cũ cho đến khi được phân bổ.`,
  carriedOn: 'Chỉ tiêu của đơn vị được theo dõi tiếp ở đó từ ngày này.',
  waiting: (count: string) => `${count} chỉ tiêu chưa phân bổ cho đơn vị nào.`,
  settle: 'Phân bổ',
  settleHere: 'Phân bổ ở «Bản ghi chưa phân bổ»',
  seeWaiting: 'Xem ở «Bản ghi chưa phân bổ»',
  askWhom: (unit: string) =>
    `Người phân bổ được: ai có vai trò «Quản trị» ở «${unit}» hoặc ở đơn vị cấp trên của nó.`,
  leftAlone: (from: string) => `${from} đã kết thúc và chưa đơn vị nào nhận chỉ tiêu này.`,
  lastDay: (unit: string, day: string) => `Xem ${unit} ngày cuối cùng, ${day}`,
  noneSinceEnd: 'Từ ngày này không còn chỉ tiêu nào ở đơn vị',
  begins: (unit: string, day: string) => `${unit} có từ ngày ${day}.`,
  firstDay: 'Xem ngày đó',
  until: (unit: string, day: string) => `${unit} (đến ${day})`,
  closed: (day: string) => `Chỉ tiêu này không còn trong kế hoạch từ ngày ${day}; những ngày trước vẫn tính.`,
  replacedBy: 'Xem chỉ tiêu thay cho nó',
  replaces: (unit: string, day: string) => `Thay cho chỉ tiêu kế thừa từ ${unit}, từ ngày ${day}.`,
  replaced: 'Xem chỉ tiêu trước',
  editInherited: (unit: string, area: string) =>
    `Chỉ tiêu này kế thừa từ ${area} và tính trên địa bàn cũ. Lưu thay đổi thì từ hôm nay nó được thay bằng chỉ tiêu của ${unit}, tính trên toàn ${unit}; những ngày trước giữ nguyên.`,
  editGiven: (unit: string, from: string) =>
    `Chỉ tiêu này nhận từ ${from} khi tách. Lưu thay đổi thì từ hôm nay nó được thay bằng chỉ tiêu mới của ${unit}; những ngày trước giữ nguyên.`,
  editLeft: (from: string) =>
    `${from} đã kết thúc và chưa đơn vị nào nhận chỉ tiêu này, nên không sửa được. Phải phân bổ trước, hoặc đưa ra khỏi kế hoạch từ hôm nay.`,
  closeText: 'Từ hôm nay chỉ tiêu không còn được tính; những ngày trước và lịch sử giữ nguyên.',
}

export const en: typeof vi = {
  origins: {
    inherited: (unit) => `inherited from ${unit}, judged on its former area`,
    given: (unit) => `given by ${unit} when it was split`,
    left: (unit) => `of ${unit}, carried on by no unit yet; judged on its former area`,
  },
  originFacts: {
    inherited: (unit, lastDay) =>
      `Inherited from ${unit} (until the end of ${lastDay}), judged on its former area`,
    given: (unit, lastDay) => `Given by ${unit} when it was split (until the end of ${lastDay})`,
    left: (unit, lastDay) =>
      `Of ${unit} (until the end of ${lastDay}), carried on by no unit yet; judged on its former area`,
  },
  origin: 'Origin',
  headlineEnded: (unit, day) => `${unit} ends on ${day}`,
  endedInto: (day) => `Ended on ${day}, into`,
  endedShared: (day) => `Ended on ${day}, shared among`,
  endedAlone: (day) =>
    `Ended on ${day} without a successor. Its targets stay here and are judged on its former area until they are settled.`,
  carriedOn: 'Its targets are carried on there from this day.',
  waiting: (count) => `${count} ${count === '1' ? 'target is' : 'targets are'} settled on no unit yet.`,
  settle: 'Settle',
  settleHere: 'Settle it under “Unassigned records”',
  seeWaiting: 'See it under “Unassigned records”',
  askWhom: (unit) => `Whoever has the role “Administrator” over “${unit}” or a unit above it settles it.`,
  leftAlone: (from) => `${from} has ended and no unit carries this target on yet.`,
  lastDay: (unit, day) => `Look at ${unit} on its last day, ${day}`,
  noneSinceEnd: 'From this day on the unit has no targets',
  begins: (unit, day) => `${unit} exists from ${day}.`,
  firstDay: 'Look at that day',
  until: (unit, day) => `${unit} (until ${day})`,
  closed: (day) => `This target is not in the plan from ${day} on; it counts for the days before.`,
  replacedBy: 'See the target in its place',
  replaces: (unit, day) => `In place of a target inherited from ${unit}, from ${day} on.`,
  replaced: 'See the target before it',
  editInherited: (unit, area) =>
    `This target is inherited from ${area} and judged on its former area. Once changed, a target of ${unit}, judged on the whole of it, takes its place from today; the days before stay as they are.`,
  editGiven: (unit, from) =>
    `This target was given by ${from} when it was split. Once changed, a new target of ${unit} takes its place from today; the days before stay as they are.`,
  editLeft: (from) =>
    `${from} has ended and no unit carries this target on, so it cannot be changed. It has to be settled first, or take it out of the plan from today.`,
  closeText: 'From today on the target is not counted; the days before and its history stay as they are.',
}
