import type { Fictional } from './fictional.ts'

/** A cell as a spreadsheet holds it: a text, a number, a true date, or nothing. */
export type DemoCell = string | number | { readonly dayOn: string } | null

/** Why a row of the sample must be refused. */
export type DemoMistake = 'unknown_village' | 'phone_not_valid' | 'day_not_possible'

export type DemoSheet = Fictional & {
  readonly fileName: string
  readonly sheetName: string
  /** Rows above the header; the first cell of each is merged over all columns. */
  readonly titleRows: readonly string[]
  readonly header: readonly string[]
  readonly rows: readonly (readonly DemoCell[])[]
  /** Vertical merges in the rows: column and first and last row, counted from 0 within `rows`. */
  readonly merges: readonly { readonly column: number; readonly firstRow: number; readonly lastRow: number }[]
  /** Row (counted from 0 within `rows`) to what is wrong with it. */
  readonly mistakes: ReadonlyMap<number, DemoMistake>
}

export type DemoNewMember = {
  readonly unitCode: string
  readonly fullName: string
  readonly role: 'deputy' | 'member'
  readonly phone: string | null
  readonly joinedOn: string
}

/**
 * The list a commune officer of Nậm Búng might really send: merged village cells, capitals, three ways of writing a day,
 * telephones that lost their first zero, one name in decomposed Unicode, and three mistakes to mend.
 */
export function sampleImport(): DemoSheet {
  return {
    fictional: true,
    fileName: 'thanh-vien-moi-nam-bung-12-2022.xlsx',
    sheetName: 'Thành viên mới',
    titleRows: [
      'ỦY BAN NHÂN DÂN XÃ NẬM BÚNG',
      'DANH SÁCH THÀNH VIÊN MỚI CỦA TỔ CÔNG NGHỆ SỐ CỘNG ĐỒNG, THÁNG 12/2022 (dữ liệu trình diễn)',
    ],
    header: ['STT', 'HỌ VÀ TÊN', 'Số ĐT', 'Thôn, bản', 'Chức vụ trong tổ', 'Ngày tham gia', 'Ghi chú'],
    rows: [
      [1, 'BÀN TÀI SÍNH', 900009001, 'Thôn Trung Tâm', 'Thành viên', '05/12/2022', null],
      [2, 'Lò Thị Hiên', 900009002, null, 'thành viên', '5/12/2022', 'Đoàn Thanh niên'],
      [3, 'Triệu Thị  Nhậy', '0900.009.003', 'thôn Nậm Cưởm', 'Thành viên', { dayOn: '2022-12-06' }, null],
      [4, 'Đặng Quý Thọ', '+84 900 009 004', null, 'Tổ phó', { dayOn: '2022-12-06' }, null],
      [5, 'Giàng A Phông', '0900009005', 'Nậm Chậu', 'Thành viên', '2022-12-07', null],
      [6, 'Phùng Kim Vượng', '09000O9006', 'Thôn Nậm Chậu', 'Thành viên', '07-12-2022', null],
      [7, 'Hoàng Thị Mến'.normalize('NFD'), 900009007, 'Thôn Nậm Pươi', 'Thành viên', '08-12-2022', null],
      [8, 'Vàng A Tủa', null, 'THÔN NẬM PƯƠI', 'Thành viên', '08.12.2022', 'Chưa có điện thoại'],
      [9, 'Triệu Phúc Khách', 900009009, 'Thôn Khe Tràm', 'Thành viên', '09/12/2022', null],
      [10, 'Lý Thị Xiêm', 900009010, 'Thôn Khe Trang', 'Thành viên', '09/12/2022', null],
      [11, 'NGUYỄN THỊ THƠM', 900009011, 'Thôn Sài Lương', 'Thành viên', '31/11/2022', null],
      [12, 'Sùng A Lềnh', 900009012, 'Sai Luong', 'Thành viên', '12/12/2022', null],
      [13, 'Hà Văn Biên', 900009013, 'Thôn Chấn Hưng', 'Thành viên', { dayOn: '2022-12-13' }, null],
      [14, 'Bàn Thị Líu', 900009014, 'Thôn Tà Sung', 'Thành viên', '14/12/2022', null],
      [null, 'Tổng cộng: 14 người', null, null, null, null, null],
    ],
    merges: [
      { column: 3, firstRow: 0, lastRow: 1 },
      { column: 3, firstRow: 2, lastRow: 3 },
    ],
    mistakes: new Map([
      [5, 'phone_not_valid'],
      [8, 'unknown_village'],
      [10, 'day_not_possible'],
    ]),
  }
}

/** The members that the right rows of the sample stand for, as the import should read them. */
export const membersOfSample: readonly DemoNewMember[] = [
  member('04633.01', 'Bàn Tài Sính', 'member', '0900009001', '2022-12-05'),
  member('04633.01', 'Lò Thị Hiên', 'member', '0900009002', '2022-12-05'),
  member('04633.02', 'Triệu Thị Nhậy', 'member', '0900009003', '2022-12-06'),
  member('04633.02', 'Đặng Quý Thọ', 'deputy', '0900009004', '2022-12-06'),
  member('04633.03', 'Giàng A Phông', 'member', '0900009005', '2022-12-07'),
  member('04633.04', 'Hoàng Thị Mến', 'member', '0900009007', '2022-12-08'),
  member('04633.04', 'Vàng A Tủa', 'member', null, '2022-12-08'),
  member('04633.05', 'Lý Thị Xiêm', 'member', '0900009010', '2022-12-09'),
  member('04633.06', 'Sùng A Lềnh', 'member', '0900009012', '2022-12-12'),
  member('04633.07', 'Hà Văn Biên', 'member', '0900009013', '2022-12-13'),
  member('04633.08', 'Bàn Thị Líu', 'member', '0900009014', '2022-12-14'),
]

function member(
  unitCode: string,
  fullName: string,
  role: DemoNewMember['role'],
  phone: string | null,
  joinedOn: string,
): DemoNewMember {
  return { unitCode, fullName, role, phone, joinedOn }
}
