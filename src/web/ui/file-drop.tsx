import { useId, useState } from 'react'
import { fileSizeText, percentValueText } from '../formats.ts'
import { useWords } from '../words.ts'
import styles from './file-drop.module.css'
import { ProgressLine } from './progress-line.tsx'
import * as texts from './ui.texts.ts'

export interface FileDropProps {
  label: string
  hint?: string
  /** Endings with the dot: ['.xlsx', '.xls', '.csv']. */
  accept: readonly string[]
  maxBytes: number
  file: File | null
  onFile: (file: File | null) => void
  /** 0 to 1 while it is being sent, from `api.upload`. */
  progress?: number | undefined
  error?: string | undefined
  disabled?: boolean
}

/** Chooses one file: by keyboard, by pointer or by dropping it. Kind and size are checked before it is taken. */
export function FileDrop(props: FileDropProps) {
  const { label, hint, accept, maxBytes, file, onFile, progress, error, disabled } = props
  const w = useWords(texts)
  const id = useId()
  const [over, setOver] = useState(false)
  const [refused, setRefused] = useState<string | undefined>(undefined)
  const kinds = accept.join(', ')
  const take = (chosen: File | undefined) => {
    if (chosen === undefined) return
    const known = accept.some((ending) => chosen.name.toLowerCase().endsWith(ending))
    const reason = !known
      ? w.file.wrongKind(chosen.name, kinds)
      : chosen.size > maxBytes
        ? w.file.tooLarge(chosen.name, fileSizeText(maxBytes))
        : undefined
    setRefused(reason)
    onFile(reason === undefined ? chosen : null)
  }
  const wrong = refused ?? error
  return (
    <div className={styles.root}>
      <span className={styles.label} id={`${id}-label`}>
        {label}
      </span>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: dropping is an addition to the file input inside */}
      <div
        className={styles.place}
        data-over={over}
        data-wrong={wrong !== undefined}
        onDragOver={(event) => {
          event.preventDefault()
          setOver(true)
        }}
        onDragLeave={() => setOver(false)}
        onDrop={(event) => {
          event.preventDefault()
          setOver(false)
          if (disabled !== true) take(event.dataTransfer.files[0])
        }}
      >
        {file !== null && <p className={styles.file}>{w.file.chosen(file.name, fileSizeText(file.size))}</p>}
        <p>
          <label className={styles.button} htmlFor={id}>
            {file === null ? w.file.choose : w.file.change}
          </label>{' '}
          <span className={styles.soft}>{w.file.orDrop}</span>
        </p>
        <input
          id={id}
          className="only-heard"
          type="file"
          accept={kinds}
          disabled={disabled}
          aria-labelledby={`${id}-label`}
          aria-describedby={`${id}-hint`}
          aria-invalid={wrong !== undefined}
          onChange={(event) => {
            take(event.currentTarget.files?.[0])
            // Choosing the same file again, once mended, must count as a change.
            event.currentTarget.value = ''
          }}
        />
      </div>
      <p id={`${id}-hint`} className={styles.hint}>
        {hint !== undefined && <>{hint} · </>}
        {w.file.limit(kinds, fileSizeText(maxBytes))}
      </p>
      {progress !== undefined && (
        <ProgressLine
          label={w.file.sent(percentValueText(Math.trunc(progress * 100)))}
          done={Math.trunc(progress * 100)}
          total={100}
        />
      )}
      {wrong !== undefined && (
        <p className={styles.wrong} role="alert">
          {wrong}
        </p>
      )}
    </div>
  )
}
