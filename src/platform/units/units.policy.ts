import { type Actor, holds } from '../actor/actor.ts'

/** Who adds, renames and ends units: the holder of `units.change` over the unit above. `path`: it and its ancestors. */
export function mayChangeUnits(actor: Actor, path: readonly string[]): boolean {
  return holds(actor, 'units.change', path)
}
