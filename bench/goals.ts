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
