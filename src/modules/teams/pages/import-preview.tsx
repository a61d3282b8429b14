import { Button, Checkbox } from '@mantine/core'
import { useEffect, useRef, useState } from 'react'
import { api, pathWithQuery } from '../../../web/api.ts'
import { dayText, numberText } from '../../../web/formats.ts'
import { type Column, DataTable } from '../../../web/ui/data-table.tsx'
import { ErrorWords } from '../../../web/ui/error-words.tsx'
import { SelectField } from '../../../web/ui/fields.tsx'
import { ProgressLine } from '../../../web/ui/progress-line.tsx'
import { useLanguage } from '../../../web/words.ts'
import {
  type ImportCheckAnswer,
  ImportResult,
  type ImportResultAnswer,
  type ImportRowAnswer,
} from '../contract.ts'
import * as texts from '../texts.ts'
import { ImportFacts } from './import-facts.tsx'
import styles from './teams.module.css'

interface ImportPreviewProps {
  seen: ImportCheckAnswer
  onDone: (result: ImportResultAnswer) => void
  onOtherFile: () => void
}

type Shown = 'all' | 'errors' | 'written'

/** The third step: row by row what will be done, or what is wrong and how to mend it. */
export function ImportPreview({ seen, onDone, onOtherFile }: ImportPreviewProps) {
  const { language, words } = useLanguage()
  const w = words(texts)
  const heading = useRef<HTMLHeadingElement>(null)
  const [shown, setShown] = useState<Shown>(seen.counts.error > 0 ? 'errors' : 'all')
  const [skipErrors, setSkipErrors] = useState(false)
  const [busy, setBusy] = useState(false)
  const [trouble, setTrouble] = useState<unknown>(undefined)
  useEffect(() => heading.current?.focus(), [])
  const { create, change, end, error } = seen.counts
  const willWrite = create + change + end
  const apply = async () => {
    if (busy) return
    setBusy(true)
    setTrouble(undefined)
    try {
      const { fileId, unit, joinedOn, digest } = seen
      const body = { fileId, unitId: unit.id, joinedOn, digest, skipErrors }
      onDone(await api.send('POST', '/api/teams/import/apply', ImportResult, body))
    } catch (thrown) {
      setTrouble(thrown)
      setBusy(false)
    }
  }
  const rows = seen.rows.filter((row) =>
    shown === 'all'
      ? true
      : shown === 'errors'
        ? row.outcome === 'error'
        : row.outcome !== 'error' && row.outcome !== 'unchanged',
  )
  const columns: Column<ImportRowAnswer>[] = [
    { id: 'row', title: w.row, kind: 'number', value: (row) => row.row },
    { id: 'name', title: w.person, kind: 'person', naming: true, value: (row) => row.fullName },
    { id: 'unit', title: w.place, value: (row) => row.unitName },
    {
      id: 'outcome',
      title: w.outcome,
      value: (row) => w.outcomes[row.outcome],
      cell: (row) => (
        <strong className={row.outcome === 'error' ? styles.bad : undefined}>
          {w.outcomes[row.outcome]}
        </strong>
      ),
    },
    {
      id: 'details',
      title: w.details,
      cell: (row) => (
        <ul className={styles.details}>
          {row.errors.map((wrong) => (
            <li key={`${wrong.header} ${wrong.message.vi}`}>
              {wrong.header !== '' && <span className="soft">{w.inColumn(wrong.header, wrong.typed)} </span>}
              {wrong.message[language]}
            </li>
          ))}
          {row.notes.map((note) => (
            <li key={note.vi}>{note[language]}</li>
          ))}
        </ul>
      ),
    },
  ]
  const marked = pathWithQuery('/api/teams/import/marked.xlsx', {
    fileId: seen.fileId,
    unitId: seen.unit.id,
    joinedOn: seen.joinedOn,
  })
  return (
    <section>
      <h2 ref={heading} tabIndex={-1}>
        {w.stepCheck}: {seen.unit.name}
      </h2>
      <p className="soft">{w.checkedFile(seen.fileName, seen.worksheet)}</p>
      <ul className={styles.counts}>
        {(['create', 'change', 'end', 'unchanged', 'error', 'teams'] as const).map((key) => (
          <li key={key} className={key === 'error' && error > 0 ? styles.bad : undefined}>
            <strong>{numberText(seen.counts[key])}</strong> {w.counts[key]}
          </li>
        ))}
      </ul>
      {willWrite === 0 && error === 0 && <p className={styles.said}>{w.nothingToDo}</p>}
      {error > 0 && (
        <div className={styles.said}>
          <p>{willWrite > 0 ? w.errorsFirst(error) : w.errorsOnly(error)}</p>
          <div className={styles.more}>
            <Button component="a" href={marked} download variant="default">
              {w.markedCopy}
            </Button>
          </div>
        </div>
      )}
      {seen.teamsToForm.length > 0 && (
        <details className={styles.former} open={seen.teamsToForm.length <= 5}>
          <summary>
            {w.teamsToForm} ({numberText(seen.teamsToForm.length)})
          </summary>
          <ul>
            {seen.teamsToForm.map((team) => (
              <li key={`${team.name} ${team.formedOn}`}>{w.willForm(team.name, dayText(team.formedOn))}</li>
            ))}
          </ul>
        </details>
      )}
      <ImportFacts seen={seen} />
      <div className={styles.oneFilter}>
        <SelectField
          name="shown"
          label={w.show}
          value={shown}
          onChange={setShown}
          choices={[
            { value: 'all', label: w.showAll },
            { value: 'errors', label: w.showErrors },
            { value: 'written', label: w.showWritten },
          ]}
        />
      </div>
      <DataTable
        caption={w.rowsOfFile}
        columns={columns}
        rows={rows}
        rowKey={(row) => String(row.row)}
        rowTone={(row) => (row.outcome === 'error' ? 'attention' : undefined)}
      />
      <ErrorWords trouble={trouble} />
      {busy && <ProgressLine label={w.applying} done={null} total={1} />}
      <div className={styles.act}>
        {error > 0 && willWrite > 0 && (
          <Checkbox
            label={w.skipErrors(error)}
            checked={skipErrors}
            onChange={(event) => setSkipErrors(event.currentTarget.checked)}
          />
        )}
        {willWrite > 0 && (
          <Button loading={busy} disabled={error > 0 && !skipErrors} onClick={() => void apply()}>
            {w.apply(create, change, end)}
          </Button>
        )}
        <Button variant="default" disabled={busy} onClick={onOtherFile}>
          {w.otherFile}
        </Button>
      </div>
    </section>
  )
}
