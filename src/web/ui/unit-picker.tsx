import { Combobox, Loader, TextInput, useCombobox } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { z } from 'zod'
import { api } from '../api.ts'
import { troubleText } from '../refusal.ts'
import { useLanguage } from '../words.ts'
import type { FieldWords } from './fields.tsx'
import * as texts from './ui.texts.ts'
import styles from './unit-picker.module.css'

const FoundUnits = z.object({
  units: z.array(
    z.object({
      id: z.string(),
      code: z.string(),
      name: z.string(),
      kindName: z.object({ vi: z.string(), en: z.string() }),
      path: z.array(z.string()),
    }),
  ),
})

/** A unit as the search gives it; `path` says where it lies: the units above, nearest first. */
export type PickedUnit = z.infer<typeof FoundUnits>['units'][number]

export interface UnitPickerProps extends FieldWords {
  name?: string
  value: PickedUnit | null
  onChange: (unit: PickedUnit | null) => void
  error?: string | undefined
  /** Further conditions for the search: `{ kind: 'village', within: unitId }`. */
  query?: Readonly<Record<string, string>>
}

/** Finds one unit by name, abbreviation or code; accents and tone placement are forgiven by the server. */
export function UnitPicker(props: UnitPickerProps) {
  const { label, hint, required, disabled, name, value, onChange, error, query } = props
  const { language, words } = useLanguage()
  const w = words(texts)
  const combobox = useCombobox({ onDropdownClose: () => combobox.resetSelectedOption() })
  const [typed, setTyped] = useState(value?.name ?? '')
  const [asked] = useDebouncedValue(typed.trim(), 180)
  useEffect(() => setTyped(value?.name ?? ''), [value])
  const enough = asked.length >= 2 && asked !== value?.name
  const {
    data,
    isFetching,
    isError,
    error: trouble,
  } = useQuery({
    queryKey: ['units', 'search', asked, query],
    queryFn: ({ signal }) => api.get('/api/units/search', FoundUnits, { ...query, q: asked }, signal),
    enabled: enough && combobox.dropdownOpened,
    placeholderData: (last) => last,
  })
  const units = enough ? (data?.units ?? []) : []
  const state = isError
    ? troubleText(trouble, language)
    : !enough
      ? w.unit.typeMore
      : isFetching && units.length === 0
        ? w.unit.searching
        : w.unit.none(asked)
  return (
    <Combobox
      store={combobox}
      shadow="sm"
      withinPortal={false}
      onOptionSubmit={(id) => {
        const unit = units.find((one) => one.id === id)
        if (unit === undefined) return
        onChange(unit)
        setTyped(unit.name)
        combobox.closeDropdown()
      }}
    >
      <Combobox.Target>
        <TextInput
          name={name}
          label={label}
          description={hint}
          placeholder={w.unit.placeholder}
          withAsterisk={required === true}
          aria-required={required === true ? true : undefined}
          disabled={disabled}
          error={error}
          value={typed}
          autoComplete="off"
          onChange={(event) => {
            setTyped(event.currentTarget.value.normalize('NFC'))
            if (value !== null) onChange(null)
            combobox.openDropdown()
            combobox.selectFirstOption()
          }}
          onFocus={(event) => event.currentTarget.select()}
          onClick={() => combobox.openDropdown()}
          onBlur={() => {
            combobox.closeDropdown()
            if (value !== null) setTyped(value.name)
          }}
          rightSection={
            isFetching ? (
              <Loader size="xs" aria-hidden="true" />
            ) : value !== null && disabled !== true ? (
              <Combobox.ClearButton
                size="md"
                aria-label={`${w.clear}: ${label}`}
                aria-hidden={false}
                tabIndex={0}
                onClear={() => {
                  onChange(null)
                  setTyped('')
                }}
              />
            ) : null
          }
        />
      </Combobox.Target>
      <Combobox.Dropdown>
        <Combobox.Options className={styles.options} aria-label={w.unit.found}>
          {units.length === 0 ? (
            // An option that cannot be chosen, because a list box without options is none to those who listen.
            <Combobox.Option value="" disabled className={styles.state}>
              {state}
            </Combobox.Option>
          ) : (
            units.map((unit) => (
              <Combobox.Option key={unit.id} value={unit.id} className={styles.option}>
                <span className={styles.name}>{unit.name}</span>
                <span className={styles.path}>{[unit.kindName[language], ...unit.path].join(' · ')}</span>
              </Combobox.Option>
            ))
          )}
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  )
}
