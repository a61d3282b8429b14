export const vi = {
  opening: (number: string, noun: string) => `${number} ${noun}`,
  rowsBehind: (rows: string) => `do ${rows} dòng dưới đây cộng lại`,
  hidden: (rows: string) => `Trong đó ${rows} dòng anh/chị chưa được giao quyền xem, nên không hiện ở đây.`,
  hiddenCounted: 'Con số vẫn tính cả các dòng đó.',
  notAgreed: (shown: string, counted: string, rows: string) =>
    `Con số chưa khớp với hồ sơ: con số đang là ${shown}, còn các dòng trong hồ sơ cộng lại được ${counted} (${rows} dòng).`,
  notAgreedHint:
    'Không phải do quyền xem, và không hồ sơ nào bị mất. Hãy báo người quản trị bấm «Đếm lại ngay» ở trang Chỉ số, rồi chạy "npm run recount -- --rebuild" nếu vẫn chưa khớp.',
  readAt: (at: string) => `Con số và danh sách được đọc cùng một lúc: ${at}`,
  list: (title: string) => `Danh sách: ${title}`,
  ownList: (title: string) => `Danh sách đứng sau con số: ${title}`,
  sections: 'Các danh sách đứng sau con số',
  page: 'Mở trang của chỉ số này',
  notCaptured: 'Chưa có số liệu',
  none: 'Không có dòng nào.',
  noneHint: 'Khi có người ghi dòng đầu tiên trong kỳ này, dòng đó sẽ hiện ở đây và con số tăng theo.',
  sinceStart: 'từ đầu đến nay',
  lengthUnits: { hours: 'giờ', days: 'ngày' },
  counted: (count: string) => `${count} trường hợp được đo`,
  onMap: (day: string) => `Địa bàn ngày ${day}`,
  wholeYear: (year: string) => `năm ${year}`,
  period: (from: string, until: string) => `${from} – ${until}`,
}

export const en: typeof vi = {
  opening: (number, noun) => `${number} ${noun}`,
  rowsBehind: (rows) => `added up from the ${rows} rows below`,
  hidden: (rows) => `${rows} of them you have not been given the right to see, so they are not shown here.`,
  hiddenCounted: 'The figure includes them.',
  notAgreed: (shown, counted, rows) =>
    `The figure does not agree with the records: it is ${shown}, while the rows on record come to ${counted} (${rows} rows).`,
  notAgreedHint:
    'This is not about the right to see them, and no record is lost. Ask an administrator to press “Count again now” on the page of measures, and to run "npm run recount -- --rebuild" if it still differs.',
  readAt: (at) => `Figure and list were read at the same moment: ${at}`,
  list: (title) => `List: ${title}`,
  ownList: (title) => `The list behind the figure: ${title}`,
  sections: 'Lists behind the figure',
  page: 'Open the page of this measure',
  notCaptured: 'Not captured',
  none: 'No rows.',
  noneHint: 'Once somebody records the first row of this period, it appears here and the figure follows.',
  sinceStart: 'since the beginning',
  lengthUnits: { hours: 'hours', days: 'days' },
  counted: (count) => `${count} cases measured`,
  onMap: (day) => `Units as of ${day}`,
  wholeYear: (year) => `in ${year}`,
  period: (from, until) => `${from} – ${until}`,
}
