export const vi = {
  title: (unit: string, day: string) => `Địa bàn cũ của ${unit}, xem từ địa bàn ngày ${day}`,
  total: (unit: string, lastDay: string) =>
    `Tổng trên địa bàn của ${unit} như ngày cuối cùng, ${lastDay}, cộng theo các đơn vị lúc đó; không phải số của một đơn vị ngày nay.`,
  gone: (unit: string, from: string, mapDay: string) =>
    `${unit} đã kết thúc từ ${from}, nên trên địa bàn ngày ${mapDay} không có số của riêng mình. Có thể xem:`,
  counted: (then: string, now: string) => `${then} đơn vị lúc đó nay về ${now} đơn vị.`,
  whole: (count: string) => `${count} đơn vị nay nằm trọn trong địa bàn cũ.`,
  mixed: (count: string) => `${count} đơn vị nay còn nhận đơn vị ngoài địa bàn cũ:`,
  former: (name: string) => `${name} cũ`,
  alsoFrom: (now: string, others: string) => `${now} còn nhận ${others}.`,
  notApart: (day: string) =>
    `Ở những đơn vị này, bảng chỉ đếm phần của các đơn vị thuộc địa bàn cũ. Bản ghi từ ${day} ghi cho chính đơn vị mới thì không tách được theo địa bàn cũ, nên không có trong tổng. Muốn xem cả đơn vị mới, hãy hỏi người được giao đơn vị đó.`,
  table: (unit: string) => `Các đơn vị của ${unit} lúc đó và nơi nay đã về`,
  old: 'Đơn vị lúc đó',
  now: 'Nay thuộc',
  more: 'còn nhận đơn vị khác',
  divided: 'được chia',
}

export const en: typeof vi = {
  title: (unit, day) => `The former area of ${unit}, seen from the map of ${day}`,
  total: (unit, lastDay) =>
    `The total over the area of ${unit} as on its last day, ${lastDay}, by the units of that time; it is the figure of no unit of today.`,
  gone: (unit, from, mapDay) =>
    `${unit} ended on ${from}, so it has no figure of its own on the map of ${mapDay}. You can see:`,
  counted: (then, now) => `${then} units of that time now stand in ${now} units.`,
  whole: (count) => `${count} of today’s units lie wholly in the former area.`,
  mixed: (count) => `${count} of today’s units also took in units from outside it:`,
  former: (name) => `the former ${name}`,
  alsoFrom: (now, others) => `${now} also took in ${others}.`,
  notApart: (day) =>
    `Of these the table counts only what stood in the former area. What was recorded from ${day} on for the new unit itself cannot be told apart by former area, and is not in the total. For the whole of a new unit ask whoever holds it.`,
  table: (unit) => `Units of ${unit} at that time and where they stand now`,
  old: 'Unit of that time',
  now: 'Stands now in',
  more: 'also takes in other units',
  divided: 'divided',
}
