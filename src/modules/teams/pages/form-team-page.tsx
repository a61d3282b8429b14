import { useState } from 'react'
import { useNavigate } from 'react-router'
import { api } from '../../../web/api.ts'
import { DayInput } from '../../../web/ui/day-input.tsx'
import { LongTextField, SelectField, TextField } from '../../../web/ui/fields.tsx'
import { Form } from '../../../web/ui/form.tsx'
import { notify } from '../../../web/ui/notices.tsx'
import { PageHeader } from '../../../web/ui/page-header.tsx'
import { useRefusalForm } from '../../../web/ui/refusal-form.ts'
import { type PickedUnit, UnitPicker } from '../../../web/ui/unit-picker.tsx'
import { useLanguage } from '../../../web/words.ts'
import { Done, kindNames, type TeamKind } from '../contract.ts'
import * as texts from '../texts.ts'

/** Forms a team as its decision says. */
export function Page() {
  const { language, words } = useLanguage()
  const w = words(texts)
  const go = useNavigate()
  const [unit, setUnit] = useState<PickedUnit | null>(null)
  const form = useRefusalForm({
    initial: {
      unitId: '',
      kind: 'community_team' as TeamKind,
      name: '',
      formedOn: null as string | null,
      decisionNo: '',
      decisionOn: null as string | null,
      note: '',
    },
    submit: ({ unitId, formedOn, ...values }) =>
      api.send('POST', '/api/teams', Done, {
        ...values,
        ...(unitId !== '' && { unitId }),
        ...(formedOn !== null && { formedOn }),
      }),
    onDone: ({ id }) => {
      notify({ text: w.formed(form.values.name === '' ? (unit?.name ?? '') : form.values.name) })
      void go(`/teams/${id}`)
    },
  })
  const { error, onChange } = form.field('unitId')
  return (
    <>
      <PageHeader title={w.formTeam} lead={w.formLead} above={[{ label: w.teams, href: '/teams' }]} />
      <div className="prose">
        <Form form={form} label={w.formTeam} send={w.formTeam} onCancel={() => void go('/teams')}>
          <UnitPicker
            label={w.unit}
            name="unitId"
            required
            value={unit}
            error={error}
            query={{ may: 'teams.change' }}
            onChange={(picked) => {
              setUnit(picked)
              onChange(picked?.id ?? '')
            }}
          />
          <SelectField
            label={w.kind}
            choices={Object.entries(kindNames).map(([value, name]) => ({
              value: value as TeamKind,
              label: name[language],
            }))}
            {...form.field('kind')}
          />
          <DayInput label={w.formedOnField} required {...form.field('formedOn')} />
          <TextField label={w.teamName} hint={w.teamNameHint} {...form.field('name')} />
          <TextField label={w.decisionNo} hint={w.decisionNoHint} {...form.field('decisionNo')} />
          <DayInput label={w.decisionOn} {...form.field('decisionOn')} />
          <LongTextField label={w.note} {...form.field('note')} />
        </Form>
      </div>
    </>
  )
}
