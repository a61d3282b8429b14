import { useSearchParams } from 'react-router'
import { PeriodKind } from '../../platform/measures/period.contract.ts'
import { parseDay } from '../day-entry.ts'
import { useMe } from '../me.ts'

/** What figures of a page are asked for, kept in its address: the day, the period, the map. */
export interface FigureQuestion {
  /** Last day that counts; today where the address has none. */
  asOf: string
  /** First day of a range that is no whole kind of period; null where `period` says it. */
  from: string | null
  period: PeriodKind | null
  /** `then`, `today` or a day. */
  map: string
  /** Whether the day follows the calendar, because none was chosen. */
  isToday: boolean
  /** What the address asks for in words that cannot be read, as it stands there. */
  unread: UnreadQuestion
}

type UnreadQuestion = Readonly<Partial<Record<'asOf' | 'from' | 'period' | 'map', string>>>

/** What is set anew in the address of a page; null is left out of it. */
export type QuestionChange = Readonly<Record<string, string | null>>

/** A day as it stands in an address; null where there is none or it cannot be read. */
function dayOf(text: string | null): string | null {
  return text === null ? null : parseDay(text)
}

function mapOf(text: string | null): string {
  return text === 'today' ? text : (dayOf(text) ?? 'then')
}

/** The parts of a question in an address that nobody can read. */
function unreadOf(params: URLSearchParams): UnreadQuestion {
  const isRead = {
    asOf: (text: string) => dayOf(text) !== null,
    from: (text: string) => dayOf(text) !== null,
    period: (text: string) => PeriodKind.safeParse(text).success,
    map: (text: string) => text === 'then' || text === 'today' || dayOf(text) !== null,
  }
  const unread = Object.entries(isRead).flatMap(([name, reads]) => {
    const text = params.get(name)?.trim() ?? ''
    return text === '' || reads(text) ? [] : [[name, text] as const]
  })
  return Object.fromEntries(unread)
}

/** The day whose units are meant: those of the map that was chosen. */
export function mapDayAsked({ asOf, map }: FigureQuestion, today: string): string {
  if (map === 'then') return asOf
  return map === 'today' ? today : map
}

/** Reads the question of a page from its address, and changes it there; what is set to null is left out. */
export function useFigureQuestion(usual: PeriodKind = 'year') {
  const { me } = useMe()
  const [params, setParams] = useSearchParams()
  const today = me?.today ?? ''
  const asOf = dayOf(params.get('asOf')) ?? today
  const from = dayOf(params.get('from'))
  const named = PeriodKind.safeParse(params.get('period')).data
  const question: FigureQuestion = {
    asOf,
    from: named === undefined ? from : null,
    period: named ?? (from === null ? usual : null),
    map: mapOf(params.get('map')),
    isToday: dayOf(params.get('asOf')) === null,
    unread: unreadOf(params),
  }
  const change = (changed: QuestionChange) => {
    const next = new URLSearchParams(params)
    for (const [key, value] of Object.entries(changed))
      if (value === null) next.delete(key)
      else next.set(key, value)
    setParams(next, { preventScrollReset: true })
  }
  return { question, today, params, change }
}

/** A question as routes of figures ask it; without a day it is that of today, whichever day that is. */
export function queryOf({ asOf, from, period, map, isToday }: FigureQuestion, overPeriod: boolean) {
  return {
    asOf: isToday ? null : asOf,
    ...(overPeriod && { from, period }),
    map: map === 'then' ? null : map,
  }
}
