/** What has been read in one state of a block, as text by what was asked and where. */
export type Memory = {
  kept(what: string, point: string): string | undefined
  keep(what: string, point: string, text: string): void
}

type State = { state: string; size: number; texts: Map<string, Map<string, string>> }

/** Characters of all that is remembered, and of what is remembered of one block for readers of equal rights. */
const mostInAll = 12_000_000
const mostInOne = 4_000_000
/** What a text costs beside its characters. */
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
  const own = known?.state === state ? known : { state, size: 0, texts: new Map() }
  if (known !== own) inAll -= known?.size ?? 0
  states.delete(name)
  states.set(name, own)
  return {
    kept: (what, point) => own.texts.get(what)?.get(point),
    keep(what, point, text) {
      // Another state has come in the meantime: its readers do not find this.
      if (states.get(name) !== own || own.size > mostInOne) return
      const texts = own.texts.get(what) ?? new Map<string, string>()
      own.texts.set(what, texts)
      texts.set(point, text)
      const size = point.length + text.length + besides
      own.size += size
      inAll += size
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
