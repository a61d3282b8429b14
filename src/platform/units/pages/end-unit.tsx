import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../../../web/api.ts'
import { dayText } from '../../../web/formats.ts'
import { ConfirmButton } from '../../../web/ui/confirm-button.tsx'
import { DayInput } from '../../../web/ui/day-input.tsx'
import { TextField } from '../../../web/ui/fields.tsx'
import { notify } from '../../../web/ui/notices.tsx'
import { useWords } from '../../../web/words.ts'
import { UnitChanged, type UnitSummaryAnswer } from '../contract.ts'
import * as texts from '../texts.ts'

/** Ends a unit that has nothing below it, after saying what stays. */
export function EndUnitButton({ unit }: { unit: UnitSummaryAnswer }) {
  const w = useWords(texts)
  const queries = useQueryClient()
  const [on, setOn] = useState<string | null>(null)
  const [legalBasis, setLegalBasis] = useState('')
  const end = async () => {
    // Without a day the server answers with the sentence that asks for one, at the field.
    await api.send('POST', `/api/units/${unit.id}/end`, UnitChanged, {
      on,
      ...(legalBasis.trim() !== '' && { legalBasis }),
    })
    notify({ text: w.ended(unit.name, on === null ? '' : dayText(on)) })
    await queries.invalidateQueries({ queryKey: ['units'] })
  }
  return (
    <ConfirmButton
      question={w.endQuestion(unit.name, on === null ? '…' : dayText(on))}
      consequence={
        <>
          <p>{w.endConsequence}</p>
          <DayInput label={w.endOn} required value={on} onChange={setOn} />
          <TextField
            name="legalBasis"
            label={w.basis}
            hint={w.basisHint}
            value={legalBasis}
            onChange={setLegalBasis}
          />
        </>
      }
      confirm={w.endConfirm}
      onConfirm={end}
      dangerous
    >
      {w.end}
    </ConfirmButton>
  )
}

/** Takes back the end of a unit. */
export function ReopenUnitButton({ unit }: { unit: UnitSummaryAnswer }) {
  const w = useWords(texts)
  const queries = useQueryClient()
  const reopen = async () => {
    await api.send('POST', `/api/units/${unit.id}/reopen`, UnitChanged, {})
    notify({ text: w.reopened(unit.name) })
    await queries.invalidateQueries({ queryKey: ['units'] })
  }
  return (
    <ConfirmButton
      question={w.reopenQuestion(unit.name)}
      consequence={<p>{w.reopenConsequence}</p>}
      confirm={w.reopen}
      onConfirm={reopen}
    >
      {w.reopen}
    </ConfirmButton>
  )
}
