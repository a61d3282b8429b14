/** What has been read in one state of a block, by what was asked and where. `size`: about how many characters it holds. */
export type Memory = {
  /** Names the state among all of the block. */
  state: string
  kept<Value>(what: string, point: string): Value | undefined
  keep(what: string, point: string, value: unknown, size: number): void
}

type State = { state: string; size: number; values: Map<string, Map<string, unknown>> }

/** Characters of all that is remembered, and of what is remembered of one block for readers of equal rights. */
const mostInAll = 12_000_000
const mostInOne = 4_000_000
/** What a value costs beside its characters. */
const besides = 60

const states = new Map<string, State>()
let inAll = 0

/**
 * What this process has read of a block already. `scope`: the territory, the day and the rights that it was read with;
 * `state`: what was summed in the block. Both come from the snapshot of the reader (measures.states), so nothing that has
 * changed since is ever answered. Only the newest state of each is kept, and the least used goes first.
 */
export function memoryOf(block: number, scope: string, state: string): Memory {
  const name = `${block} ${scope}`
  const known = states.get(name)
  const own = known?.state === state ? known : { state, size: 0, values: new Map() }
  if (known !== own) inAll -= known?.size ?? 0
  states.delete(name)
  states.set(name, own)
  return {
    state: `${name} ${state}`,
    // Whoever asks knows by `what` which type it kept.
    kept: <Value>(what: string, point: string) => own.values.get(what)?.get(point) as Value | undefined,
    keep(what, point, value, size) {
      // Another state has come in the meantime: its readers do not find this.
      if (states.get(name) !== own || own.size > mostInOne) return
      const values = own.values.get(what) ?? new Map<string, unknown>()
      own.values.set(what, values)
      values.set(point, value)
      own.size += point.length + size + besides
      inAll += point.length + size + besides
      forgetOldest()
    },
  }
}

function forgetOldest(): void {
  for (const [name, { size }] of states) {
    if (inAll <= mostInAll) return
    states.delete(name)
    inAll -= size
  }
}
