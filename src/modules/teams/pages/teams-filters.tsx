import { Button } from '@mantine/core'
import { useState } from 'react'
import { z } from 'zod'
import { useRead } from '../../../web/read.ts'
import { SelectField } from '../../../web/ui/fields.tsx'
import { type PickedUnit, UnitPicker } from '../../../web/ui/unit-picker.tsx'
import { useLanguage } from '../../../web/words.ts'
import { kindNames, levelNames } from '../contract.ts'
import * as texts from '../texts.ts'
import styles from './teams.module.css'
import type { TeamsFilter } from './teams-address.ts'

interface TeamsFiltersProps {
  filter: TeamsFilter
  onFilter: (filter: TeamsFilter) => void
}

const NamedUnit = z.object({
  unit: z.object({
    id: z.string(),
    code: z.string(),
    name: z.string(),
    kindName: z.object({ vi: z.string(), en: z.string() }),
    path: z.array(z.string()),
  }),
})

/** By unit, kind, level, state and Zalo group. */
export function TeamsFilters({ filter, onFilter }: TeamsFiltersProps) {
  const { language, words } = useLanguage()
  const w = words(texts)
  const [unit, setUnit] = useState<PickedUnit | null>(null)
  // A link may bring a unit that was not picked here; its name is asked for.
  const isPicked = filter.unitId === undefined || unit?.id === filter.unitId
  const named = useRead('units', `/api/units/${filter.unitId}`, NamedUnit, { when: !isPicked })
  const shownUnit = filter.unitId === undefined ? null : isPicked ? unit : (named.data?.unit ?? null)
  const choices = (names: Record<string, { vi: string; en: string }>) => [
    { value: '', label: w.all },
    ...Object.entries(names).map(([value, name]) => ({ value, label: name[language] })),
  ]
  const field = (name: 'kind' | 'level' | 'state' | 'zalo', empty = '') => ({
    name,
    value: filter[name] ?? empty,
    onChange: (value: string) => {
      const { [name]: _old, ...rest } = filter
      onFilter(value === empty ? rest : { ...rest, [name]: value })
    },
  })
  const hasFilter = Object.keys(filter).some((name) => name !== 'search')
  return (
    <fieldset className={styles.filters} data-not-printed>
      <legend className="only-heard">{w.filters}</legend>
      <div className={styles.wide}>
        <UnitPicker
          label={w.unit}
          hint={w.unitHint}
          value={shownUnit}
          query={{ may: 'teams.view' }}
          onChange={(picked) => {
            setUnit(picked)
            const { unitId: _old, ...rest } = filter
            if (picked !== null) onFilter({ ...rest, unitId: picked.id })
            else if (filter.unitId !== undefined) onFilter(rest)
          }}
        />
      </div>
      <SelectField label={w.kind} choices={choices(kindNames)} {...field('kind')} />
      <SelectField label={w.level} choices={choices(levelNames)} {...field('level')} />
      <SelectField
        label={w.state}
        choices={(['current', 'dissolved', 'all'] as const).map((value) => ({
          value,
          label: w.states[value],
        }))}
        {...field('state', 'current')}
      />
      <SelectField
        label={w.zalo}
        choices={[
          { value: '', label: w.zaloStates.all },
          { value: 'yes', label: w.zaloStates.yes },
          { value: 'no', label: w.zaloStates.no },
        ]}
        {...field('zalo')}
      />
      {hasFilter && (
        <Button
          variant="default"
          onClick={() => {
            setUnit(null)
            onFilter({})
          }}
        >
          {w.clearFilters}
        </Button>
      )}
    </fieldset>
  )
}
