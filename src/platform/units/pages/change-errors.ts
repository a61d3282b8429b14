import { Refusal } from '../../../web/api.ts'
import type { RefusalForm } from '../../../web/ui/refusal-form.ts'
import type { Language } from '../../../web/words.ts'
import type { ChangeDraft, MadeDraft } from './change-draft.ts'

/** The server's sentence about a field of a change, by its path in the request; undefined where it said nothing. */
export type ErrorAt = (path: string | RegExp) => string | undefined

/** Paths of the request that stand in a field of their own although the form keeps them within another value. */
const inner = /^(made\.|halves(\.|$)|intoId$)/

/** What the form holds for a path of the request. */
function heldAt(draft: ChangeDraft, path: string): unknown {
  const [first, place = '', ...rest] = path.split('.')
  if (path.endsWith('made.parentId')) return draft.above
  if (first === 'made')
    return (draft.kind === 'create' ? draft.created : draft.made)[place as keyof MadeDraft]
  const half = draft.halves[Number(place)]
  if (first !== 'halves' || place === '' || half === undefined) return draft.goes
  if (rest[0] === 'made') return half.made[rest[1] as keyof MadeDraft]
  return rest[0] === 'unitId' ? half.unit : draft.goes
}

/** Which sentences still hold: those about what has not been edited since it was `sent`. */
export function errorsOf(
  form: RefusalForm<ChangeDraft>,
  sent: ChangeDraft | null,
  language: Language,
): { errorAt: ErrorAt; shown: string[] } {
  const refused = form.trouble instanceof Refusal ? form.trouble.fields : []
  const standing = refused.filter(
    ({ path }) =>
      inner.test(path) && sent?.kind === form.values.kind && heldAt(sent, path) === heldAt(form.values, path),
  )
  return {
    errorAt: (path) => {
      const found = standing.find((one) =>
        typeof path === 'string' ? one.path === path : path.test(one.path),
      )
      return language === 'en' ? found?.messageEn : found?.message
    },
    shown: refused.filter(({ path }) => inner.test(path)).map(({ path }) => path),
  }
}
