import { SHEET_LIMITS } from './sheet-limits.ts'

const megabytes = SHEET_LIMITS.bytes / 1024 / 1024
const rows = SHEET_LIMITS.rows.toLocaleString('vi-VN')

/** Why a file as a whole cannot be read, and the way out. `{…}` is replaced by the detail of the refusal. */
const REFUSALS = {
  empty: {
    vi: 'Tệp không có nội dung. Hãy mở lại tệp, lưu rồi tải lên lần nữa.',
    en: 'The file is empty. Open it again, save it and upload it once more.',
  },
  too_large: {
    vi: `Tệp lớn hơn ${megabytes} MB. Hãy xóa hình ảnh và các trang tính không cần, hoặc chia thành nhiều tệp.`,
    en: `The file is larger than ${megabytes} MB. Remove pictures and worksheets that are not needed, or split it.`,
  },
  unpacks_too_large: {
    vi: 'Nội dung tệp sau khi giải nén quá lớn. Hãy chép riêng bảng cần nhập sang một tệp mới rồi tải lên.',
    en: 'The content of the file is too large once unpacked. Copy the table alone into a new file and upload that.',
  },
  too_many_rows: {
    vi: 'Bảng có hơn {} dòng. Hãy chia thành nhiều tệp, mỗi tệp không quá {} dòng.',
    en: 'The table has more than {} rows. Split it into files of at most {} rows.',
  },
  too_many_columns: {
    vi: `Bảng có hơn ${SHEET_LIMITS.columns} cột. Hãy chỉ giữ các cột cần nhập.`,
    en: `The table has more than ${SHEET_LIMITS.columns} columns. Keep only those to be imported.`,
  },
  too_many_worksheets: {
    vi: `Tệp có hơn ${SHEET_LIMITS.worksheets} trang tính. Hãy chép bảng cần nhập sang một tệp riêng.`,
    en: `The file has more than ${SHEET_LIMITS.worksheets} worksheets. Copy the table to be imported into a file of its own.`,
  },
  password: {
    vi: 'Tệp có mật khẩu nên không đọc được. Hãy mở trong Excel, bỏ mật khẩu (Tệp › Thông tin › Bảo vệ sổ làm việc) rồi tải lên lại.',
    en: 'The file has a password and cannot be read. Open it in Excel, remove the password (File › Info › Protect Workbook) and upload it again.',
  },
  not_a_sheet: {
    vi: 'Đây không phải là bảng tính mà là {}. Hãy tải lên tệp .xlsx, .xls hoặc .csv.',
    en: 'This is not a spreadsheet but {}. Upload an .xlsx, .xls or .csv file.',
  },
  save_as_xlsx: {
    vi: 'Tệp thuộc loại {}. Hãy mở bằng Excel, chọn Lưu thành (Save As) dạng .xlsx rồi tải lên lại.',
    en: 'The file is of the type {}. Open it in Excel, choose Save As .xlsx and upload it again.',
  },
  damaged: {
    vi: 'Tệp bị hỏng hoặc chưa lưu xong nên không đọc được. Hãy mở trong Excel, lưu lại rồi tải lên.',
    en: 'The file is damaged or was not saved completely. Open it in Excel, save it again and upload it.',
  },
  header_not_found: {
    vi: `Không tìm thấy dòng tiêu đề trong ${SHEET_LIMITS.headerRows} dòng đầu. Bảng cần có các cột: {}. Có thể tải tệp mẫu và chép dữ liệu sang.`,
    en: `No header row was found in the first ${SHEET_LIMITS.headerRows} rows. The table needs the columns: {}. You can download the template and copy your data into it.`,
  },
  columns_missing: {
    vi: 'Bảng thiếu cột bắt buộc: {}. Hãy thêm cột đó hoặc sửa lại tên cột cho đúng.',
    en: 'Required columns are missing: {}. Add them or correct the names of the columns.',
  },
  no_rows: {
    vi: 'Dưới dòng tiêu đề chưa có dòng dữ liệu nào. Hãy ghi dữ liệu, lưu tệp rồi tải lên lại.',
    en: 'There are no rows below the header. Fill in the data, save the file and upload it again.',
  },
  worksheet_unknown: {
    vi: 'Tệp không có trang tính «{}». Hãy chọn một trang tính có trong tệp.',
    en: 'The file has no worksheet “{}”. Choose one that it has.',
  },
} as const

export type SheetRefusalCode = keyof typeof REFUSALS
type Detail = string | { vi: string; en: string }

/** A file that cannot be taken, with a sentence that says why and what to do. Never a fault of the program. */
export class SheetRefusal extends Error {
  readonly code: SheetRefusalCode
  readonly messageEn: string

  constructor(code: SheetRefusalCode, detail: Detail = code === 'too_many_rows' ? rows : '') {
    const { vi, en } = typeof detail === 'string' ? { vi: detail, en: detail } : detail
    super(REFUSALS[code].vi.replaceAll('{}', () => vi))
    this.name = 'SheetRefusal'
    this.code = code
    this.messageEn = REFUSALS[code].en.replaceAll('{}', () => en)
  }
}
