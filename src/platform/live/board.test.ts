import { describe, expect, test } from 'vitest'
import {
  type Board,
  emptyBoard,
  hold,
  letGo,
  markDue,
  putBack,
  settle,
  takeDue,
  unknownUnits,
} from './board.ts'
import { clubs, heard, readOf } from './watched.fixtures.ts'

/** A board whose figures have all been read once. */
function readBoard(unitIds: readonly string[], more: Parameters<typeof clubs>[1] = {}): Board {
  const board = emptyBoard()
  for (const unitId of unitIds) hold(board, clubs(unitId, more))
  markDue(board, heard({}))
  for (const lane of ['now', 'units', 'past'] as const) {
    const taken = takeDue(board, lane, 0)
    settle(board, taken, readOf(taken.figures, '1', '2022-12-31T01:00:00.000Z'), 0)
  }
  return board
}
const dueIn = (board: Board, lane: 'now' | 'past' = 'now', nowMs = 1) =>
  takeDue(board, lane, nowMs).figures.map(({ ask }) => ask.unitId)
const many = Array.from({ length: 200 }, (_, at) => String(1000 + at))

describe('a figure is read again', () => {
  test('when something was written in its part, and not when it was in another', () => {
    const board = readBoard(['1', '2'])
    markDue(board, heard({ other: ['1'] }))
    expect(dueIn(board)).toEqual([])
    markDue(board, heard({ toy: ['1'] }))
    expect(dueIn(board)).toEqual(['1', '2'])
    expect(dueIn(board)).toEqual([])
  })

  test('of many only where it happened: the unit, those above it, and those below it', () => {
    const board = readBoard([...many, 'above', 'below'])
    const changes = heard({ toy: ['1007'] })
    expect(unknownUnits(board, changes)).toContain('1007')
    for (const unitId of many) board.lines.set(unitId, new Set([unitId, 'top']))
    board.lines.set('1007', new Set(['1007', 'above']))
    board.lines.set('above', new Set(['above']))
    board.lines.set('below', new Set(['below', '1007']))
    expect(unknownUnits(board, changes)).toEqual([])
    markDue(board, changes)
    expect(dueIn(board).sort()).toEqual(['1007', 'above', 'below'])
  })

  test('a little later where nothing seemed to concern it, since an entry may name another unit than its rows', () => {
    const board = readBoard(many)
    for (const unitId of many) board.lines.set(unitId, new Set([unitId]))
    markDue(board, heard({ toy: ['1007'] }))
    expect(dueIn(board)).toEqual(['1007'])
    expect(dueIn(board, 'now', 1_900)).toEqual([])
    expect(dueIn(board, 'now', 2_100)).toHaveLength(199)
  })

  test('wherever it is, when too many units were written in to name them', () => {
    const board = readBoard(many)
    markDue(board, heard({ toy: null }))
    expect(dueIn(board)).toHaveLength(200)
  })

  test('when an hour or a day has passed, since time alone changes figures', () => {
    const board = readBoard(['1'])
    markDue(board, heard({}, { hour: '2022-12-31 09:00' }))
    expect(dueIn(board)).toEqual(['1'])
    markDue(board, heard({}, { hour: '2022-12-31 09:00', today: '2023-01-01' }))
    expect(dueIn(board, 'past')).toEqual(['1'])
  })

  test('of a past day apart from those of today', () => {
    const board = readBoard(['1'], { asOf: '2022-06-30' })
    markDue(board, heard({ toy: ['1'] }))
    expect(dueIn(board)).toEqual([])
    expect(dueIn(board, 'past')).toEqual(['1'])
  })

  test('after a reading that failed', () => {
    const board = readBoard(['1'])
    markDue(board, heard({ toy: ['1'] }))
    const taken = takeDue(board, 'now', 1)
    putBack(taken)
    expect(dueIn(board)).toEqual(['1'])
  })
})

test('a figure that nobody watches any more leaves the board, and one that two pages watch is there once', () => {
  const board = emptyBoard()
  const [one, other] = [hold(board, clubs('1')), hold(board, clubs('1'))]
  expect([one === other, board.figures.size]).toEqual([true, 1])
  letGo(board, one)
  expect(board.figures.size).toBe(1)
  letGo(board, other)
  expect(board.figures.size).toBe(0)
})
