import { describe, expect, it } from 'vitest'
import { arrangeRows, type Column } from './data-table-view.ts'

interface Person {
  name: string
  people: number | null
  since: string
}

const rows: Person[] = [
  { name: 'Lò Văn Ún', people: 12, since: '2022-03-01' },
  { name: 'Hoàng Thị Anh', people: null, since: '2022-01-15' },
  { name: 'Đặng Văn Ấn', people: 9, since: '2021-12-31' },
]
const columns: Column<Person>[] = [
  { id: 'name', title: 'Họ và tên', kind: 'person', value: (row) => row.name },
  { id: 'people', title: 'Số người', kind: 'number', value: (row) => row.people },
  { id: 'since', title: 'Từ ngày', kind: 'day', value: (row) => row.since },
]
const names = (filter: string, column: string | null, descending = false) =>
  arrangeRows(rows, columns, filter, column === null ? null : { column, descending }).map(({ name }) => name)

describe('the rows of a table', () => {
  it('keep their order until one is chosen', () => {
    expect(names('', null)).toEqual(['Lò Văn Ún', 'Hoàng Thị Anh', 'Đặng Văn Ấn'])
  })
  it('sort people by given name', () => {
    expect(names('', 'name')).toEqual(['Hoàng Thị Anh', 'Đặng Văn Ấn', 'Lò Văn Ún'])
  })
  it('sort numbers by size, what is not captured last either way', () => {
    expect(names('', 'people')).toEqual(['Đặng Văn Ấn', 'Lò Văn Ún', 'Hoàng Thị Anh'])
    expect(names('', 'people', true)).toEqual(['Lò Văn Ún', 'Đặng Văn Ấn', 'Hoàng Thị Anh'])
  })
  it('sort days by time', () => {
    expect(names('', 'since', true)).toEqual(['Lò Văn Ún', 'Hoàng Thị Anh', 'Đặng Văn Ấn'])
  })
  it('are found without marks, words in any order', () => {
    expect(names('an dang', null)).toEqual(['Đặng Văn Ấn'])
    expect(names('nobody', null)).toEqual([])
  })
})
