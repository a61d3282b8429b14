import { Button } from '@mantine/core'
import type { ReactNode } from 'react'
import { useWords } from '../words.ts'
import { ErrorWords } from './error-words.tsx'
import styles from './form.module.css'
import type { RefusalForm } from './refusal-form.ts'
import * as texts from './ui.texts.ts'

export interface FormProps<Values extends object> {
  form: RefusalForm<Values>
  /** Names the form to those who listen. */
  label: string
  /** The verb on the button: 'Thêm thành viên'. */
  send: string
  /** Further buttons beside it. */
  beside?: ReactNode
  onCancel?: () => void
  /** Paths of the request, besides the names of the fields, whose sentence a part of the form shows itself. */
  shownPaths?: readonly string[]
  children: ReactNode
}

/** Fields in one column, the refusal above the button, and the button that says the verb. */
export function Form<Values extends object>(props: FormProps<Values>) {
  const { form, label, send, beside, onCancel, shownPaths = [], children } = props
  const w = useWords(texts)
  const shown = Object.keys(form.values).filter((name) => form.field(name as keyof Values & string).error)
  return (
    <form className={styles.root} onSubmit={(event) => void form.submit(event)} aria-label={label} noValidate>
      {form.kept && form.trouble === undefined && <p className={styles.kept}>{w.form.kept}</p>}
      {children}
      <ErrorWords trouble={form.trouble} shownPaths={[...shown, ...shownPaths]} />
      <div className={styles.buttons}>
        <Button type="submit" loading={form.busy}>
          {send}
        </Button>
        {beside}
        {onCancel !== undefined && (
          <Button
            variant="default"
            onClick={() => {
              form.giveUp()
              onCancel()
            }}
          >
            {w.cancel}
          </Button>
        )}
      </div>
    </form>
  )
}
