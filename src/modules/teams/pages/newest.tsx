import { Button } from '@mantine/core'
import { useState } from 'react'
import { Refusal } from '../../../web/api.ts'
import type { RefusalForm } from '../../../web/ui/refusal-form.ts'
import { useLanguage } from '../../../web/words.ts'
import * as texts from '../texts.ts'
import styles from './teams.module.css'
import { useDeed } from './use-deed.ts'

interface Newest<Values> {
  revision: number
  /** The record as it is read now, as the fields of the form. */
  values: Values
}

/**
 * The revision that a form is sent against: the one it was filled from, until the person has looked at the newest. A
 * page that is read again in the background does not count as looked at.
 */
export function useSeenRevision<Values>(newest: Newest<Values>) {
  const [opened] = useState(newest.revision)
  const [looked, setLooked] = useState(false)
  return { newest, seen: looked ? newest.revision : opened, looked, look: () => setLooked(true) }
}

interface NewestVersionProps<Values extends object> {
  form: RefusalForm<Values>
  revision: ReturnType<typeof useSeenRevision<Values>>
  /** What each field is called, and its value in words. */
  lines: readonly (readonly [label: string, value: string])[]
}

/** After somebody else has changed the record: what it says now, beside what was typed, to decide between the two. */
export function NewestVersion<Values extends object>(props: NewestVersionProps<Values>) {
  const { form, revision, lines } = props
  const { words } = useLanguage()
  const w = words(texts)
  const { refresh } = useDeed()
  const isRefused = form.trouble instanceof Refusal && form.trouble.code === 'teams.changed_meanwhile'
  if (revision.looked) {
    return (
      <section className={styles.said} aria-label={w.newest} aria-live="polite">
        <p>{w.newestIs}</p>
        <ul>
          {lines.map(([label, value]) => (
            <li key={label}>
              {label}: {value === '' ? '—' : value}
            </li>
          ))}
        </ul>
        <p className="soft">{w.newestChoice}</p>
        <Button variant="default" onClick={() => form.set(revision.newest.values)}>
          {w.takeNewest}
        </Button>
      </section>
    )
  }
  if (!isRefused) return null
  return (
    <div className={styles.more}>
      <Button variant="default" onClick={() => void refresh().then(revision.look)}>
        {w.newest}
      </Button>
    </div>
  )
}
