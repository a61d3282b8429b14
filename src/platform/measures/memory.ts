/** What has been read in one state of a block, by what was asked and where. `size`: about how many characters it holds. */
export type Memory = {
  /** Names the state among all of the block. */
  state: string
  kept<Value>(what: string, point: string): Value | undefined
  keep(what: string, point: string, value: unknown, size: number): void
}

/** What was read lately, and what was read before that; what is asked for again is lately read. */
type Values = { size: number; kept: Map<string, Map<string, { value: unknown; size: number }>> }
type State = { state: string; lately: Values; before: Values }

/** Characters of all that is remembered, and of what is remembered of one block for readers of equal rights. */
const mostInAll = 16_000_000
const mostInOne = 8_000_000
/** What a value costs beside its characters. */
const besides = 60

const states = new Map<string, State>()
let inAll = 0

const nothing = (): Values => ({ size: 0, kept: new Map() })

/**
 * What this process has read of a block already. `scope`: the territory, the day and the rights that it was read with;
 * `state`: what was summed in the block. Both come from the snapshot of the reader (measures.states), so nothing that has
 * changed since is ever answered. Only the newest state of each is kept, and what was not asked for longest goes first.
 */
export function memoryOf(block: number, scope: string, state: string): Memory {
  const name = `${block} ${scope}`
  const known = states.get(name)
  const own = known?.state === state ? known : { state, lately: nothing(), before: nothing() }
  if (known && known !== own) inAll -= known.lately.size + known.before.size
  states.delete(name)
  states.set(name, own)
  const keep = (what: string, point: string, value: unknown, size: number) => {
    // Another state has come in the meantime: its readers do not find this.
    if (states.get(name) !== own) return
    put(own, what, point, value, size)
    forgetOldest()
  }
  return {
    state: `${name} ${state}`,
    kept: <Value>(what: string, point: string) => {
      const found = own.lately.kept.get(what)?.get(point)
      if (found) return found.value as Value
      const earlier = own.before.kept.get(what)?.get(point)
      if (earlier) keep(what, point, earlier.value, earlier.size)
      // Whoever asks knows by `what` which type it kept.
      return earlier?.value as Value | undefined
    },
    keep,
  }
}

function put(own: State, what: string, point: string, value: unknown, size: number): void {
  if (own.lately.size > mostInOne / 2) {
    inAll -= own.before.size
    own.before = own.lately
    own.lately = nothing()
  }
  const values = own.lately.kept.get(what) ?? new Map<string, { value: unknown; size: number }>()
  own.lately.kept.set(what, values)
  values.set(point, { value, size })
  own.lately.size += point.length + size + besides
  inAll += point.length + size + besides
}

function forgetOldest(): void {
  for (const [name, { lately, before }] of states) {
    if (inAll <= mostInAll) return
    states.delete(name)
    inAll -= lately.size + before.size
  }
}
