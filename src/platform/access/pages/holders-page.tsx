import { useState } from 'react'
import { useRead } from '../../../web/read.ts'
import { SelectField } from '../../../web/ui/fields.tsx'
import { Loaded } from '../../../web/ui/loaded.tsx'
import { PageHeader } from '../../../web/ui/page-header.tsx'
import { type PickedUnit, UnitPicker } from '../../../web/ui/unit-picker.tsx'
import { useWords } from '../../../web/words.ts'
import { HoldersAnswer } from '../contract.ts'
import * as texts from '../texts.ts'
import styles from './access-pages.module.css'
import { GrantsTable } from './grants-table.tsx'
import { useRoleChoices } from './role-words.ts'

/** Who holds what today, by unit. */
export function Page() {
  const w = useWords(texts)
  const [unit, setUnit] = useState<PickedUnit | null>(null)
  const [role, setRole] = useState('')
  const read = useRead('access', '/api/access/holders', HoldersAnswer, {
    query: { unitId: unit?.id, role },
    keepLast: true,
  })
  return (
    <>
      <PageHeader title={w.holders} lead={w.holdersLead} />
      <div className={styles.filters}>
        <UnitPicker label={w.scope} value={unit} onChange={setUnit} query={{ may: 'access.view' }} />
        <SelectField
          name="role"
          label={w.role}
          value={role}
          onChange={setRole}
          choices={[{ value: '', label: w.anyRole }, ...useRoleChoices()]}
        />
      </div>
      <Loaded read={read}>
        {({ grants, cut }) => (
          <>
            {cut && <p role="status">{w.holdersCut}</p>}
            <GrantsTable
              caption={w.holders}
              grants={grants}
              withPerson
              onChange={() => read.refetch()}
              empty={{ title: w.none, lead: w.noneFound }}
            />
          </>
        )}
      </Loaded>
    </>
  )
}
