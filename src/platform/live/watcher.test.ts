import { describe, expect, test } from 'vitest'
import { type Board, emptyBoard, markDue, settle, takeDue } from './board.ts'
import { clubs, heard, openPage, readOf } from './watched.fixtures.ts'
import { takes, tell } from './watcher.ts'

const instant = (second: number) => `2022-12-31T01:00:0${second}.000Z`

/** The figures come to a number, and the pages that take something are told. */
function look(board: Board, pages: ReturnType<typeof openPage>[], numerator: string, second: number) {
  markDue(board, heard({ toy: null }))
  const taken = takeDue(board, 'now', second * 1000)
  settle(board, taken, readOf(taken.figures, numerator, instant(second)), second * 1000)
  const teller = { changes: board.changes, written: new Map() }
  for (const { watcher } of pages) if (takes(watcher, second * 1000)) tell(teller, watcher)
}
const numbers = (written: readonly string[]) =>
  written.flatMap((text) =>
    [...text.matchAll(/"at":(\d+).*?"numerator":"(\d+)"/g)].map(([, at, number]) => `${at}=${number}`),
  )

describe('what a page is told', () => {
  test('first every figure, then only what has changed', () => {
    const board = emptyBoard()
    const page = openPage(board, [clubs('1'), clubs('2')])
    look(board, [page], '1', 1)
    look(board, [page], '1', 2)
    look(board, [page], '2', 3)
    expect(numbers(page.written)).toEqual(['0=1', '1=1', '0=2', '1=2'])
    expect(page.written).toHaveLength(2)
    expect(page.written[1]).toContain(`"readAt":"${instant(3)}"`)
  })

  test('nothing from a reading that began before it joined, for the page may be younger', () => {
    const board = emptyBoard()
    openPage(board, [clubs('1')])
    markDue(board, heard({ toy: null }))
    const taken = takeDue(board, 'now', 0)
    const late = openPage(board, [clubs('1')])
    settle(board, taken, readOf(taken.figures, '1', instant(0)), 0)
    tell({ changes: board.changes, written: new Map() }, late.watcher)
    expect(late.written).toEqual([])
    look(board, [late], '2', 1)
    expect(numbers(late.written)).toEqual(['0=2'])
  })

  test('after its line was full, the last state and none of those between', () => {
    const board = emptyBoard()
    const [slow, quick] = [openPage(board, [clubs('1')]), openPage(board, [clubs('1')])]
    look(board, [slow, quick], '1', 1)
    slow.line.full = true
    for (const second of [2, 3, 4]) look(board, [slow, quick], String(second), second)
    slow.line.full = false
    look(board, [slow, quick], '5', 5)
    expect(numbers(slow.written)).toEqual(['0=1', '0=5'])
    expect(numbers(quick.written)).toEqual(['0=1', '0=2', '0=3', '0=4', '0=5'])
  })

  test('a line that stays full is cut', () => {
    const board = emptyBoard()
    const page = openPage(board, [clubs('1')])
    page.line.full = true
    expect([takes(page.watcher, 1_000), page.line.cut]).toEqual([false, false])
    expect([takes(page.watcher, 31_001), page.line.cut]).toEqual([false, true])
  })
})
