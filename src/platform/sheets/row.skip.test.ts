import { describe, expect, it } from 'vitest'
import { readSheet } from './index.ts'
import { memberColumns, xlsx } from './sheets.fixtures.ts'

const read = (bytes: Uint8Array) => readSheet(bytes, 'Danh sách.xlsx', memberColumns)

describe('the end of a signed list', () => {
  const people = [
    ['Họ và tên', 'Thôn, bản', 'Chức vụ', 'Số điện thoại'],
    ['Lò Thị Nga', 'Nà Lọng', 'Tổ trưởng', '0912345678'],
    ['Chu Tích An', 'Bản Lùng', '', ''],
  ]
  const lines = [
    ['Ấn định danh sách có 17 người'],
    ['Người lập biểu'],
    ['(Ký, ghi rõ họ tên)'],
    ['TM. ỦY BAN NHÂN DÂN', 'Người lập biểu'],
    ['CHỦ TỊCH'],
    ['Người lập biểu', 'Nơi nhận:'],
    ['Xác nhận của UBND xã', 'Nà Lọng'],
    ['Nậm Búng, ngày … tháng … năm 2022', 'Nà Lọng'],
  ]
  it.each(lines)('«%s» is no member, nor who signed below it', async (...line) => {
    const signed = [...people, line, ['Vàng A Lử'], ['Hà Văn Biên', 'Vàng A Lử']]
    const table = await read(await xlsx(signed))
    expect(table.rows.map((row) => row.values.fullName)).toEqual(['Lò Thị Nga', 'Chu Tích An'])
    expect(table.skipped.map(({ row, reason }) => [row, reason])).toEqual([
      [4, 'footer'],
      [5, 'footer'],
      [6, 'footer'],
    ])
  })
  it('a list signed on each page goes on below its next header', async () => {
    const more = ['Vàng A Lử', 'Bản Lùng', '', '']
    const table = await read(await xlsx([...people, ['Người lập biểu'], ...people.slice(0, 1), more]))
    expect(table.rows.map((row) => row.values.fullName)).toContain('Vàng A Lử')
  })
})
