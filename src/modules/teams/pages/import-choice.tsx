import { Button } from '@mantine/core'
import { useState } from 'react'
import { api, pathWithQuery } from '../../../web/api.ts'
import { DayInput } from '../../../web/ui/day-input.tsx'
import { ErrorWords } from '../../../web/ui/error-words.tsx'
import { FileDrop } from '../../../web/ui/file-drop.tsx'
import { ProgressLine } from '../../../web/ui/progress-line.tsx'
import { type PickedUnit, UnitPicker } from '../../../web/ui/unit-picker.tsx'
import { useLanguage } from '../../../web/words.ts'
import { ImportCheck, type ImportCheckAnswer } from '../contract.ts'
import * as texts from '../texts.ts'
import styles from './teams.module.css'

interface ImportChoiceProps {
  unit: Pick<PickedUnit, 'id' | 'name'> | null
  onUnit: (unit: PickedUnit | null) => void
  joinedOn: string | null
  onJoinedOn: (on: string | null) => void
  onSeen: (seen: ImportCheckAnswer) => void
}

/** The first two steps: for which unit, and which file. */
export function ImportChoice({ unit, onUnit, joinedOn, onJoinedOn, onSeen }: ImportChoiceProps) {
  const { words } = useLanguage()
  const w = words(texts)
  const [file, setFile] = useState<File | null>(null)
  const [progress, setProgress] = useState<number | undefined>(undefined)
  const [busy, setBusy] = useState(false)
  const [trouble, setTrouble] = useState<unknown>(undefined)
  const check = async () => {
    if (file === null || unit === null || busy) return
    setBusy(true)
    setTrouble(undefined)
    try {
      const fields = { unitId: unit.id, ...(joinedOn !== null && { joinedOn }) }
      onSeen(
        await api.upload('/api/teams/import/check', ImportCheck, file, { fields, onProgress: setProgress }),
      )
    } catch (thrown) {
      setTrouble(thrown)
    } finally {
      setBusy(false)
      setProgress(undefined)
    }
  }
  const picked = unit && { code: '', kindName: { vi: '', en: '' }, path: [], ...unit }
  return (
    <>
      <section className="prose">
        <h2>{w.stepUnit}</h2>
        <UnitPicker
          label={w.importUnit}
          hint={w.importUnitHint}
          required
          value={picked as PickedUnit | null}
          query={{ may: 'teams.import' }}
          onChange={onUnit}
        />
      </section>
      <section className={`${styles.section} prose`}>
        <h2>{w.stepFile}</h2>
        <p className={styles.said}>
          {unit !== null && (
            <>
              <a href={pathWithQuery('/api/teams/import/template.xlsx', { unitId: unit.id })} download>
                {w.template}
              </a>
              .{' '}
            </>
          )}
          <span className="soft">{w.templateHint}</span>
        </p>
        <FileDrop
          label={w.file}
          accept={['.xlsx', '.xls', '.csv']}
          maxBytes={10_000_000}
          file={file}
          onFile={(chosen) => {
            setFile(chosen)
            setTrouble(undefined)
          }}
          progress={progress}
        />
        <div className={styles.section}>
          <DayInput
            label={w.defaultJoinedOn}
            hint={w.defaultJoinedOnHint}
            value={joinedOn}
            onChange={onJoinedOn}
          />
        </div>
        <ErrorWords trouble={trouble} />
        {busy && progress === 1 && <ProgressLine label={w.checking} done={null} total={1} />}
        <div className={styles.act}>
          <Button loading={busy} disabled={file === null || unit === null} onClick={() => void check()}>
            {w.check}
          </Button>
        </div>
      </section>
    </>
  )
}
