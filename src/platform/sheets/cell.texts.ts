import type { SkipReason } from './sheet.types.ts'

/** What is said about one cell: what is wrong and how to mend it. */
export const vi = {
  required: (header: string) => `Chưa ghi «${header}». Hãy điền vào ô này.`,
  formulaError: (typed: string) => `Công thức trong ô bị lỗi (${typed}). Hãy ghi thẳng giá trị vào ô.`,
  tooLong: (most: number) => `Nội dung dài quá ${most} ký tự. Hãy rút gọn.`,
  name: {
    signs: 'Họ tên có ký hiệu lạ (dấu < > = + @ hoặc ký tự ẩn). Hãy gõ lại họ tên, chỉ gồm chữ.',
    digits: 'Họ tên có lẫn chữ số. Hãy chỉ ghi họ tên; chuyển số điện thoại, ghi chú sang cột khác.',
    no_letters: 'Ô này chưa có họ tên. Hãy ghi đầy đủ họ và tên.',
    one_letter: 'Họ tên mới có một chữ cái. Hãy ghi đầy đủ họ và tên.',
  },
  becameDay: (shown: string) =>
    `Excel đã đổi nội dung ô thành ngày ${shown}. Hãy định dạng ô là Văn bản (Text) rồi ghi lại.`,
  choiceUnknown: (labels: string) => `Giá trị không có trong danh mục. Hãy chọn một trong: ${labels}.`,
  numberUnreadable:
    'Không đọc được số. Hãy ghi bằng chữ số, dấu phẩy cho phần thập phân, như 1250 hoặc 12,5.',
  dayUnreadable: 'Không đọc được ngày. Hãy ghi ngày/tháng/năm, như 30/8/2022.',
  dayMonthOnly: 'Mới có tháng và năm. Hãy ghi đủ ngày/tháng/năm, như 30/8/2022.',
  dayYearOnly: 'Mới có năm. Hãy ghi đủ ngày/tháng/năm, như 30/8/2022.',
  dayShortYear: (likely: string) => `Năm phải đủ 4 chữ số. Hãy ghi lại, như ${likely}.`,
  dayMonthFirst: (likely: string) =>
    `Có vẻ tháng được ghi trước ngày. Hãy ghi ngày trước, tháng sau: ${likely}.`,
  dayImpossible: (typed: string) => `Không có ngày ${typed} trên lịch. Hãy xem lại ngày và tháng.`,
  dayOutOfRange: 'Năm phải từ 1900 đến 2100. Hãy xem lại năm.',
  daySerial: (likely: string) =>
    `Ô đang hiện một con số thay cho ngày; có lẽ là ${likely}. Hãy định dạng ô là Ngày (Date) hoặc ghi lại ngày.`,
}

export const en: typeof vi = {
  required: (header) => `“${header}” is empty. Fill in this cell.`,
  formulaError: (typed) => `The formula in this cell failed (${typed}). Type the value itself.`,
  tooLong: (most) => `Longer than ${most} characters. Shorten it.`,
  name: {
    signs: 'The name has strange signs in it (< > = + @ or hidden ones). Type it again, in letters only.',
    digits:
      'The name has digits in it. Write the name only; move phone numbers and remarks to other columns.',
    no_letters: 'There is no name in this cell. Write the full name.',
    one_letter: 'The name has one letter only. Write the full name.',
  },
  becameDay: (shown) =>
    `Excel has turned this into the day ${shown}. Format the cell as Text and type it again.`,
  choiceUnknown: (labels) => `Not in the list. Choose one of: ${labels}.`,
  numberUnreadable: 'Not a number. Use digits and a comma for decimals, such as 1250 or 12,5.',
  dayUnreadable: 'Not a day. Write day/month/year, such as 30/8/2022.',
  dayMonthOnly: 'Only month and year. Write the whole day/month/year, such as 30/8/2022.',
  dayYearOnly: 'Only the year. Write the whole day/month/year, such as 30/8/2022.',
  dayShortYear: (likely) => `The year needs four digits. Write it again, such as ${likely}.`,
  dayMonthFirst: (likely) =>
    `The month seems to stand first. Write the day first, then the month: ${likely}.`,
  dayImpossible: (typed) => `There is no day ${typed} in the calendar. Check day and month.`,
  dayOutOfRange: 'The year must be between 1900 and 2100. Check the year.',
  daySerial: (likely) =>
    `A plain number stands for the day, probably ${likely}. Format the cell as Date or type the day.`,
}

/** Why a row of the file was passed over. */
export const skipReasonsVi: Record<SkipReason, string> = {
  blank: 'dòng trống',
  total: 'dòng cộng',
  repeated_header: 'dòng tiêu đề lặp lại',
  column_numbers: 'dòng đánh số cột',
  section_title: 'dòng tên nhóm',
  footer: 'phần ký, ghi chú cuối bảng',
}

export const skipReasonsEn: typeof skipReasonsVi = {
  blank: 'blank row',
  total: 'total',
  repeated_header: 'repeated header',
  column_numbers: 'numbers of the columns',
  section_title: 'title of a section',
  footer: 'signature or remarks below the table',
}
