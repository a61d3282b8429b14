import { Button, Checkbox } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useId, useState } from 'react'
import { api } from '../../../web/api.ts'
import { ErrorWords } from '../../../web/ui/error-words.tsx'
import { notify } from '../../../web/ui/notices.tsx'
import { UnitPicker } from '../../../web/ui/unit-picker.tsx'
import { useWords } from '../../../web/words.ts'
import { LinkSettled, type UnitLinkAnswer } from '../import/links.contract.ts'
import * as texts from '../import/texts.ts'
import { useOutcome, useTakeBack } from './link-deeds.ts'
import styles from './links.module.css'

type Unit = UnitLinkAnswer['to'][number]

/** How many units to choose from stand in sight; others are found by name. */
const inSight = 6

/** The choice of a person: expressly none, one or several new units, and in a sentence what that means. */
export function LinkChoice({ link, onCancel }: { link: UnitLinkAnswer; onCancel: (() => void) | undefined }) {
  const w = useWords(texts)
  const queries = useQueryClient()
  const outcome = useOutcome(link)
  const takeBack = useTakeBack(link)
  const hintId = useId()
  const [added, setAdded] = useState<readonly Unit[]>([])
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set(link.to.map((unit) => unit.id)))
  // Nothing is chosen for anybody: that it went to no unit takes a tick of its own.
  const [none, setNone] = useState(link.settled !== null && link.to.length === 0)
  const [busy, setBusy] = useState(false)
  const [trouble, setTrouble] = useState<unknown>(undefined)
  const { name } = link.from
  const all = [...new Map([...link.to, ...link.candidates, ...added].map((unit) => [unit.id, unit])).values()]
  const listed = all.filter((unit, at) => at < inSight || chosen.has(unit.id))
  const picked = all.filter((unit) => chosen.has(unit.id))
  const verb = none ? w.confirmNone : w.confirm
  const settle = async () => {
    setBusy(true)
    setTrouble(undefined)
    const went = picked.length === 0 ? 'none' : picked.length === 1 ? 'whole' : 'parts'
    try {
      const { revision } = await api.send('POST', `/api/units/${link.from.id}/link`, LinkSettled, {
        went,
        toUnitIds: picked.map((unit) => unit.id),
        revision: link.revision,
      })
      notify({ text: w.done(name), undo: () => takeBack.run(revision) })
      await queries.invalidateQueries({ queryKey: ['units'] })
      onCancel?.()
    } catch (thrown) {
      setTrouble(thrown)
    } finally {
      setBusy(false)
    }
  }
  const toggle = (id: string, on: boolean) => {
    if (on) setNone(false)
    setChosen((before) => new Set(on ? [...before, id] : [...before].filter((one) => one !== id)))
  }
  const chooseNone = (on: boolean) => {
    setNone(on)
    if (on) setChosen(new Set())
  }
  const isChosen = none || picked.length > 0
  return (
    <fieldset className={styles.choice} aria-describedby={hintId}>
      <legend>{w.went(name)}</legend>
      <p id={hintId} className={styles.about}>
        {w.wentHint}
      </p>
      <div className={styles.units}>
        {listed.map((unit) => (
          <Checkbox
            key={unit.id}
            label={`${unit.name} (${unit.code})`}
            checked={chosen.has(unit.id)}
            onChange={(event) => toggle(unit.id, event.currentTarget.checked)}
            py="0.5rem"
          />
        ))}
        <Checkbox
          label={w.toNoUnit}
          checked={none}
          onChange={(event) => chooseNone(event.currentTarget.checked)}
          py="0.5rem"
        />
      </div>
      <UnitPicker
        label={w.other}
        hint={w.otherHint}
        value={null}
        query={{ asOf: link.on }}
        onChange={(unit) => {
          if (unit === null) return
          setAdded((before) => [...before, unit])
          toggle(unit.id, true)
        }}
      />
      <p className={styles.outcome} aria-live="polite">
        {isChosen ? outcome(picked) : w.notChosen(name)}
      </p>
      <ErrorWords trouble={trouble ?? takeBack.trouble} />
      <div className={styles.buttons}>
        <Button
          aria-label={w.confirmOf(verb, name)}
          loading={busy}
          disabled={!isChosen}
          onClick={() => void settle()}
        >
          {verb}
        </Button>
        {onCancel !== undefined && (
          <Button variant="default" disabled={busy} onClick={onCancel}>
            {w.cancel}
          </Button>
        )}
      </div>
    </fieldset>
  )
}
