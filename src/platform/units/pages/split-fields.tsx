import { Button } from '@mantine/core'
import { useRead } from '../../../web/read.ts'
import { CheckField, ChoiceField, SelectField } from '../../../web/ui/fields.tsx'
import { UnitPicker } from '../../../web/ui/unit-picker.tsx'
import { useWords } from '../../../web/words.ts'
import * as texts from '../change.texts.ts'
import { UnitPage } from '../contract.ts'
import { emptyHalf, type HalfDraft, withoutHalf } from './change-draft.ts'
import type { ChangeFieldsProps } from './change-fields.tsx'
import styles from './changes.module.css'
import { atDay, kindsLike, MadeFields } from './made-fields.tsx'

/** The halves of a split, and which units below go to which. */
export function SplitFields({ form, page, kinds, errorAt }: ChangeFieldsProps) {
  const w = useWords(texts)
  const alike = kindsLike(kinds, page.unit.kind)
  const { halves, on, stays, goes } = form.values
  const then = useRead('units', `/api/units/${page.unit.id}`, UnitPage, {
    query: { asOf: on },
    keepLast: true,
  })
  const { areasBelow, bodies } = then.data ?? page
  const below = [...areasBelow, ...bodies].filter((one) => one.kind !== 'committee')
  const setHalf = (at: number, changes: Partial<HalfDraft>) =>
    form.set({ halves: halves.map((half, place) => (place === at ? { ...half, ...changes } : half)) })
  const named = (half: HalfDraft, at: number) =>
    (half.isNew ? half.made.name.trim() : half.unit?.name) || w.half(at + 1)
  const choices = [
    { value: '', label: stays ? w.stayHere : w.notYet },
    ...halves.map((half, at) => ({ value: String(at), label: named(half, at) })),
  ]
  const error = errorAt(/^halves(\.\d+\.belowIds.*)?$/)
  return (
    <>
      <CheckField label={w.stays(page.unit.name)} {...form.field('stays')} />
      {halves.map((half, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a half has no name of its own until it is typed.
        <section key={at} className={styles.half} aria-label={w.half(at + 1)}>
          <h2>{w.half(at + 1)}</h2>
          <ChoiceField
            label={w.becomes}
            name={`halves.${at}.isNew`}
            value={half.isNew ? 'made' : 'there'}
            onChange={(chosen) => setHalf(at, { isNew: chosen === 'made' })}
            choices={[
              { value: 'made', label: w.becomesNew },
              { value: 'there', label: w.becomesThere },
            ]}
          />
          {half.isNew ? (
            <MadeFields
              label={w.half(at + 1)}
              name={`halves.${at}.made`}
              value={half.made}
              onChange={(made) => setHalf(at, { made })}
              errorAt={errorAt}
              kinds={alike}
            />
          ) : (
            <UnitPicker
              label={w.into}
              required
              name={`halves.${at}.unitId`}
              query={atDay(on)}
              value={half.unit}
              onChange={(unit) => setHalf(at, { unit })}
              error={errorAt(`halves.${at}.unitId`)}
            />
          )}
          {halves.length > 1 && (
            <Button variant="subtle" onClick={() => form.set(withoutHalf(form.values, at))}>
              {w.dropHalf(at + 1)}
            </Button>
          )}
        </section>
      ))}
      <div>
        <Button
          variant="default"
          onClick={() => form.set({ halves: [...halves, emptyHalf(page.unit.kind)] })}
        >
          {w.addHalf}
        </Button>
      </div>
      {halves.some((half) => half.isNew) && (
        <UnitPicker
          label={w.above}
          required
          query={atDay(on)}
          {...form.field('above')}
          error={errorAt(/made\.parentId$/)}
        />
      )}
      <fieldset className={styles.group}>
        <legend>{w.below}</legend>
        {error !== undefined && (
          <p className={styles.wrong} role="alert">
            {error}
          </p>
        )}
        <p className={styles.small}>{below.length === 0 ? w.noBelow : w.belowHint}</p>
        {below.length > 1 && (
          <SelectField
            label={w.goesToAll}
            name="goesAll"
            value={allAlike(below.map((one) => goes[one.id] ?? ''))}
            onChange={(place) => form.set({ goes: Object.fromEntries(below.map((one) => [one.id, place])) })}
            choices={choices}
          />
        )}
        <div className={styles.goes}>
          {below.map((one) => (
            <SelectField
              key={one.id}
              label={w.goesTo(one.name)}
              name={`goes.${one.id}`}
              value={goes[one.id] ?? ''}
              onChange={(place) => form.set({ goes: { ...goes, [one.id]: place } })}
              choices={choices}
            />
          ))}
        </div>
      </fieldset>
    </>
  )
}

const allAlike = (places: readonly string[]) =>
  places.every((one) => one === places[0]) ? (places[0] ?? '') : ''
