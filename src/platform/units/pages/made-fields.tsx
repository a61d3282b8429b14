import { SelectField, TextField } from '../../../web/ui/fields.tsx'
import { useLanguage } from '../../../web/words.ts'
import * as texts from '../change.texts.ts'
import type { UnitKindAnswer } from '../contract.ts'
import { mayStandBelow } from '../level.contract.ts'
import type { MadeDraft } from './change-draft.ts'
import type { ErrorAt } from './change-errors.ts'
import styles from './changes.module.css'

/** Units are looked for as they stand on the day of the change. */
export const atDay = (on: string | null): Record<string, string> => (on === null ? {} : { asOf: on })

/** Kinds that stand where a unit of a kind stands: what it may become, or be split into. */
export const kindsLike = (kinds: readonly UnitKindAnswer[], kind: string) => {
  const own = kinds.find((one) => one.key === kind)
  return kinds.filter((one) => own && one.isArea === own.isArea && one.rank === own.rank)
}

/** Kinds that may stand below a unit of a kind, the nearest level first. */
export const kindsBelow = (kinds: readonly UnitKindAnswer[], kind: string) => {
  const above = kinds.find((one) => one.key === kind)
  return kinds.filter((one) => above && mayStandBelow(one, above))
}

type MadeFieldsProps = {
  label: string
  /** Path of the new unit in the request. */
  name: string
  value: MadeDraft
  onChange: (made: MadeDraft) => void
  errorAt: ErrorAt
  kinds: readonly UnitKindAnswer[]
  autoFocus?: boolean
}

/** Name, kind and code of a unit that is to be made. */
export function MadeFields(props: MadeFieldsProps) {
  const { label, name, value, onChange, errorAt, kinds, autoFocus = false } = props
  const { language, words } = useLanguage()
  const w = words(texts)
  const field = (key: keyof MadeDraft) => ({
    name: `${name}.${key}`,
    value: value[key],
    error: errorAt(`${name}.${key}`),
    onChange: (typed: string) => onChange({ ...value, [key]: typed }),
  })
  return (
    <fieldset className={styles.group}>
      <legend className="only-heard">{label}</legend>
      <TextField label={w.name} hint={w.nameHint} required autoFocus={autoFocus} {...field('name')} />
      <SelectField
        label={w.kindOfUnit}
        required
        choices={kinds.map((kind) => ({ value: kind.key, label: kind.name[language] }))}
        {...field('kind')}
      />
      <TextField label={w.code} hint={w.codeHint} required {...field('code')} />
    </fieldset>
  )
}
