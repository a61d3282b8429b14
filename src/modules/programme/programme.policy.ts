import { type Actor, holds } from '../../platform/actor/actor.ts'

/** Who lays down programmes, plans and targets: the holder of `programme.change` over the unit. `path`: it and its ancestors. */
export function mayChangeProgramme(actor: Actor, path: readonly string[]): boolean {
  return holds(actor, 'programme.change', path)
}

/** Who reads where a unit stands with its targets. */
export function mayViewProgramme(actor: Actor, path: readonly string[]): boolean {
  return holds(actor, 'programme.view', path)
}
