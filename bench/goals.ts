import { table } from './summary.ts'

export { median } from './summary.ts'

/** One thing that was measured, and what it had to reach. */
export type Goal = {
  work: string
  goal: string
  reached: string
  /** Undefined where there was nothing to measure it with. */
  isMet?: boolean
}

/** 10,000,000 as «10 M rows». */
export function rowsText(rows: number): string {
  return rows >= 1_000_000 ? `${rows / 1_000_000} M rows` : `${rows.toLocaleString('en')} rows`
}

/** What cannot be measured to its end is a goal that is missed, and the rest goes on. */
export async function attempt(work: string, measure: () => Promise<Goal[]>): Promise<Goal[]> {
  try {
    return await measure()
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error)
    return [{ work, goal: 'can be measured', reached: said.slice(0, 200), isMet: false }]
  }
}

/** The goals as lines of a table, misses marked. */
export function goalLines(goals: readonly Goal[]): string[] {
  const verdict = ({ isMet }: Goal) => (isMet === undefined ? 'skipped' : isMet ? 'met' : 'MISSED')
  return table(
    [
      ['work', 'goal', 'reached', 'verdict'],
      ...goals.map((goal) => [goal.work, goal.goal, goal.reached, verdict(goal)]),
    ],
    'left',
  )
}
