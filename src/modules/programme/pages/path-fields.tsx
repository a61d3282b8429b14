import { Button } from '@mantine/core'
import { DayInput } from '../../../web/ui/day-input.tsx'
import { NumberField } from '../../../web/ui/fields.tsx'
import { useWords } from '../../../web/words.ts'
import * as texts from '../texts.ts'
import styles from './editor.module.css'
import { type PointDraft, point, quarterlyPath, type TargetDraft } from './target-draft.ts'

interface PathFieldsProps {
  draft: TargetDraft
  error: string | undefined
  onChange: (path: PointDraft[]) => void
}

/** The points of the planned path: a day and a level each. */
export function PathFields({ draft, error, onChange }: PathFieldsProps) {
  const w = useWords(texts)
  const { path, startsOn, endsOn } = draft
  const change = (key: number, changes: Partial<PointDraft>) =>
    onChange(path.map((one) => (one.key === key ? { ...one, ...changes } : one)))
  return (
    <fieldset className={styles.path} aria-invalid={error !== undefined} aria-describedby="path-words">
      <legend>{w.fields.path}</legend>
      <p id="path-words" className={error === undefined ? styles.hint : styles.error}>
        {error ?? w.hints.path}
      </p>
      {path.map((one, at) => (
        <div key={one.key} className={styles.point}>
          <DayInput
            label={w.pointDay(at + 1)}
            hint=""
            value={one.dueOn}
            onChange={(dueOn) => change(one.key, { dueOn })}
            {...(startsOn !== null && { from: startsOn, today: startsOn })}
            {...(endsOn !== null && { until: endsOn })}
          />
          <NumberField
            name={`path-value-${one.key}`}
            label={w.pointValue(at + 1)}
            value={one.value}
            measuredIn={draft.valueUnit}
            onChange={(value) => change(one.key, { value })}
          />
          <Button
            variant="default"
            className={styles.removePoint}
            onClick={() => onChange(path.filter((other) => other.key !== one.key))}
          >
            {w.removePoint(at + 1)}
          </Button>
        </div>
      ))}
      <div className={styles.pointButtons}>
        <Button variant="default" onClick={() => onChange([...path, point(null, null)])}>
          {w.addPoint}
        </Button>
        {path.length === 0 && draft.endValue !== null && (
          <Button variant="default" onClick={() => onChange(quarterlyPath(draft))}>
            {w.spreadPoints}
          </Button>
        )}
      </div>
    </fieldset>
  )
}
