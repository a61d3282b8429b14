import { Button } from '@mantine/core'
import { useWords } from '../../../web/words.ts'
import * as texts from '../texts.ts'
import styles from './access-pages.module.css'

/** The only sight of a one-time password. */
export function OneTimePasswordNote(props: { displayName: string; password: string; onHide: () => void }) {
  const w = useWords(texts)
  return (
    <section className={styles.password} role="alert">
      <h2>{w.oneTimeTitle(props.displayName)}</h2>
      <code>{props.password}</code>
      <p>{w.oneTimeLead}</p>
      <Button variant="default" onClick={props.onHide}>
        {w.oneTimeDone}
      </Button>
    </section>
  )
}
