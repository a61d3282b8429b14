import { useRead } from '../../../web/read.ts'
import { SelectField, TextField } from '../../../web/ui/fields.tsx'
import { useLanguage, useWords } from '../../../web/words.ts'
import * as texts from '../change.texts.ts'
import { UnitKinds } from '../contract.ts'
import type { MadeDraft } from './change-draft.ts'
import styles from './changes.module.css'

/** Units are looked for as they stand on the day of the change. */
export const atDay = (on: string | null): Record<string, string> => (on === null ? {} : { asOf: on })

export function useKinds() {
  const { language } = useLanguage()
  const read = useRead('units', '/api/units/kinds', UnitKinds)
  return (read.data?.kinds ?? []).map((kind) => ({ value: kind.key, label: kind.name[language] }))
}

type MadeFieldsProps = {
  label: string
  name: string
  value: MadeDraft
  onChange: (made: MadeDraft) => void
  error?: string | undefined
  autoFocus?: boolean
}

/** Name, kind and code of a unit that is to be made. */
export function MadeFields({ label, name, value, onChange, error, autoFocus = false }: MadeFieldsProps) {
  const w = useWords(texts)
  const kinds = useKinds()
  const field = <K extends keyof MadeDraft>(key: K) => ({
    name: `${name}.${key}`,
    value: value[key],
    error: undefined,
    onChange: (typed: string) => onChange({ ...value, [key]: typed }),
  })
  return (
    <fieldset className={styles.group}>
      <legend className="only-heard">{label}</legend>
      <TextField
        label={w.name}
        hint={w.nameHint}
        required
        autoFocus={autoFocus}
        {...field('name')}
        error={error}
      />
      <SelectField label={w.kindOfUnit} required choices={kinds} {...field('kind')} />
      <TextField label={w.code} hint={w.codeHint} required {...field('code')} />
    </fieldset>
  )
}
