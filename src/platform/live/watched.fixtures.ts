import type { ServerResponse } from 'node:http'
import type { FigureAnswer } from '../measures/contract.ts'
import { type Board, hold, type Watched } from './board.ts'
import type { Changes, FiguresRead } from './live.views.ts'
import type { WatchedAsk } from './watchable.ts'
import type { Watcher } from './watcher.ts'

const words = (vi: string) => ({ vi, en: vi })

/** A figure that counts the clubs of a unit. */
export function clubs(unitId: string, more: Partial<WatchedAsk> = {}): WatchedAsk {
  const described = {
    name: 'toy.clubs',
    title: words('Câu lạc bộ'),
    meaning: words('Câu lạc bộ'),
    noun: words('câu lạc bộ'),
  }
  const of = { table: 'toy.club', unit: 'unit_id', columns: [], order: 'id' }
  return {
    measure: { ...described, kind: 'stock', of, from: 'opened_on', until: 'closed_on', value: 1 },
    ...{ unitId, asOf: '2022-12-31', from: null, topics: ['toy'] },
    ...more,
  }
}

/** What was read of figures at an instant: the same number for each. */
export function readOf(figures: readonly Watched[], numerator: string, readAt: string): FiguresRead {
  return {
    readAt,
    figures: figures.map(({ ask }) => ({
      measure: ask.measure.name,
      unitId: ask.unitId,
      asOf: ask.asOf ?? '2022-12-31',
      from: ask.from,
      ...{ numerator, denominator: null, percent: false },
    })) as FigureAnswer[],
  }
}

/** What a look heard. */
export function heard(topics: Changes['topics'], more: Partial<Changes> = {}): Changes {
  return { snapshot: '1:1:', today: '2022-12-31', hour: '2022-12-31 08:00', topics, ...more }
}

/** A page on the board whose line is a list of what was written to it; `line.full` says that it takes no more. */
export function openPage(board: Board, asks: readonly WatchedAsk[]) {
  const written: string[] = []
  const line = { full: false, cut: false }
  const stream = {
    write: (text: string) => written.push(text) > 0,
    destroy: () => {
      line.cut = true
    },
    get writableNeedDrain() {
      return line.full
    },
    ...{ writableEnded: false, destroyed: false },
  } as unknown as ServerResponse
  const figures = asks.map((ask) => hold(board, ask))
  const watcher: Watcher = {
    ...{ stream, tokenHash: '', accountId: '1', figures },
    pageKey: figures.map(({ key }) => key).join('\n'),
    ...{ joinedIn: board.readings, toldThrough: board.changes },
    untold: new Set(figures.keys()),
    topics: new Set(),
    fullSinceMs: 0,
  }
  return { watcher, written, line }
}
