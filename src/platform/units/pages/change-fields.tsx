import { CloseButton } from '@mantine/core'
import { useState } from 'react'
import { CheckField, ChoiceField, SelectField, TextField } from '../../../web/ui/fields.tsx'
import type { RefusalForm } from '../../../web/ui/refusal-form.ts'
import { type PickedUnit, UnitPicker } from '../../../web/ui/unit-picker.tsx'
import { useLanguage, useWords } from '../../../web/words.ts'
import * as texts from '../change.texts.ts'
import type { UnitKindAnswer, UnitPageAnswer } from '../contract.ts'
import { nameOfKind } from '../kind-word.contract.ts'
import type { ChangeDraft } from './change-draft.ts'
import type { ErrorAt } from './change-errors.ts'
import styles from './changes.module.css'
import { atDay, kindsBelow, kindsLike, MadeFields } from './made-fields.tsx'
import { SplitFields } from './split-fields.tsx'

export type ChangeFieldsProps = {
  form: RefusalForm<ChangeDraft>
  page: UnitPageAnswer
  kinds: readonly UnitKindAnswer[]
  errorAt: ErrorAt
}

/** What the chosen kind of change asks for, beside day and legal basis. */
export function ChangeFields(props: ChangeFieldsProps) {
  const { form, page, kinds, errorAt } = props
  const { language, words } = useLanguage()
  const w = words(texts)
  const alike = kindsLike(kinds, page.unit.kind)
  const asOf = atDay(form.values.on)
  // The word of the kind goes with the kind; the rest of the name is the person's.
  const nameFor = (toKind: string) =>
    nameOfKind(
      form.values.name,
      kinds.flatMap((kind) => (kind.isArea ? kind.name.vi : [])),
      kinds.find((kind) => kind.key === toKind)?.name.vi ?? '',
    )
  switch (form.values.kind) {
    case 'create':
      return (
        <>
          <MadeFields
            label={w.kinds.create}
            name="made"
            value={form.values.created}
            onChange={(created) => form.set({ created })}
            errorAt={errorAt}
            kinds={kindsBelow(kinds, page.unit.kind)}
            autoFocus
          />
          <CheckField label={w.nameIsOurs} {...form.field('nameIsOurs')} />
        </>
      )
    case 'merge':
      return <MergeFields {...props} />
    case 'split':
      return <SplitFields {...props} />
    case 'rename':
      return (
        <>
          <TextField label={w.newName} hint={w.nameHint} required {...form.field('name')} />
          <TextField label={w.code} hint={w.codeHint} {...form.field('code')} />
        </>
      )
    case 'move':
      return <UnitPicker label={w.newAbove} required query={asOf} {...form.field('parentId')} />
    case 'change_kind':
      return (
        <>
          <SelectField
            label={w.toKind}
            required
            choices={alike.map((kind) => ({ value: kind.key, label: kind.name[language] }))}
            {...form.field('toKind')}
            onChange={(toKind) => form.set({ toKind, name: nameFor(toKind) })}
          />
          <TextField label={w.newName} hint={w.nameHint} {...form.field('name')} />
          <TextField label={w.code} hint={w.codeHint} {...form.field('code')} />
        </>
      )
    case 'abolish':
      return <UnitPicker label={w.belowTo} hint={w.belowToHint} query={asOf} {...form.field('belowToId')} />
  }
}

function MergeFields({ form, page, kinds, errorAt }: ChangeFieldsProps) {
  const w = useWords(texts)
  const { values } = form
  const asOf = atDay(values.on)
  return (
    <>
      <UnitList label={w.withOthers} hint={w.withOthersHint} query={asOf} {...form.field('fromIds')} />
      <ChoiceField
        label={w.becomes}
        choices={[
          { value: 'made', label: w.becomesNew },
          { value: 'there', label: w.becomesThere },
        ]}
        {...form.field('becomes')}
      />
      {values.becomes === 'made' ? (
        <>
          <MadeFields
            label={w.becomesNew}
            name="made"
            value={values.made}
            onChange={(made) => form.set({ made })}
            errorAt={errorAt}
            kinds={kindsLike(kinds, page.unit.kind)}
          />
          <UnitPicker
            label={w.above}
            required
            query={asOf}
            {...form.field('above')}
            error={errorAt(/made\.parentId$/)}
          />
        </>
      ) : (
        <UnitPicker label={w.into} required query={asOf} {...form.field('intoId')} />
      )}
    </>
  )
}

type UnitListProps = {
  label: string
  hint: string
  query: Record<string, string>
  name: string
  value: PickedUnit[]
  onChange: (units: PickedUnit[]) => void
  error?: string | undefined
}

/** Several units, found one by one. */
function UnitList({ label, hint, query, name, value, onChange, error }: UnitListProps) {
  const w = useWords(texts)
  const [picked, setPicked] = useState<PickedUnit | null>(null)
  const add = (unit: PickedUnit | null) => {
    if (unit === null || value.some((one) => one.id === unit.id)) return setPicked(unit)
    onChange([...value, unit])
    setPicked(null)
  }
  return (
    <div className={styles.group}>
      <UnitPicker
        label={label}
        hint={hint}
        name={name}
        query={query}
        value={picked}
        onChange={add}
        error={error}
      />
      <ul className={styles.chosen} aria-label={label}>
        {value.map((unit) => (
          <li key={unit.id}>
            <span>
              {unit.name} <span className={styles.small}>{unit.code}</span>
            </span>
            <CloseButton
              size="lg"
              aria-label={w.remove(unit.name)}
              onClick={() => onChange(value.filter((one) => one.id !== unit.id))}
            />
          </li>
        ))}
      </ul>
    </div>
  )
}
