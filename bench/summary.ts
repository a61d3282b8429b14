/** The middle value; of an even number of values the mean of the middle two. NaN of none. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  if (sorted.length % 2 === 1) return sorted[middle] ?? Number.NaN
  return ((sorted[middle - 1] ?? Number.NaN) + (sorted[middle] ?? Number.NaN)) / 2
}

/** The smallest value that `percent` of the values do not exceed. NaN of none. */
export function percentile(values: readonly number[], percent: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.max(0, Math.ceil((sorted.length * percent) / 100) - 1)] ?? Number.NaN
}

/** What one measurement of one side came to. Times in milliseconds. */
export type Measurement = { perSecond: number; p50: number; p99: number }

/** Both sides of one round, measured one after the other. */
export type Round = { limit: Measurement; ours: Measurement }

export type Summary = {
  ours: number
  limit: number
  ratio: number
  p50: number
  p99: number
  limitP50: number
}

/**
 * Medians over the rounds. The ratio is the median of the ratios of the rounds, not the ratio of the medians: what else
 * the machine does changes from round to round and falls on both sides of one.
 */
export function summarize(rounds: readonly Round[]): Summary {
  const middle = (read: (round: Round) => number) => median(rounds.map(read))
  return {
    ours: middle((round) => round.ours.perSecond),
    limit: middle((round) => round.limit.perSecond),
    ratio: middle((round) => round.ours.perSecond / round.limit.perSecond),
    p50: middle((round) => round.ours.p50),
    p99: middle((round) => round.ours.p99),
    limitP50: middle((round) => round.limit.p50),
  }
}

/** Lines of a table: the first column to the left, the others to the right unless said otherwise. */
export function table(rows: readonly (readonly string[])[], others: 'left' | 'right' = 'right'): string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)))
  return rows.map((row) =>
    row
      .map((cell, column) =>
        column === 0 || others === 'left'
          ? cell.padEnd(widths[column] ?? 0)
          : cell.padStart(widths[column] ?? 0),
      )
      .join('  ')
      .trimEnd(),
  )
}
