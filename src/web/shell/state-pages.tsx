import { Button } from '@mantine/core'
import { useEffect } from 'react'
import { Link, useRouteError } from 'react-router'
import { PageHeader } from '../ui/page-header.tsx'
import * as texts from '../web.texts.ts'
import { useWords } from '../words.ts'
import { PublicPage } from './public-page.tsx'
import styles from './routes.module.css'

/** Shown before anything else is known; to the eye only when that takes long. */
export function WaitingPage() {
  const w = useWords(texts)
  return (
    <p role="status" className={styles.waiting}>
      {w.loading}
    </p>
  )
}

export function MissingPage() {
  const w = useWords(texts)
  return (
    <PublicPage>
      <PageHeader title={w.missing.title} lead={w.missing.text} />
      <Button component={Link} to="/">
        {w.missing.back}
      </Button>
    </PublicPage>
  )
}

/** Inside the shell, so that the menu shows what is open. */
export function NoRightPage() {
  const w = useWords(texts)
  return <PageHeader title={w.noRight.title} lead={w.noRight.text} />
}

export function UnreachablePage({ onAgain }: { onAgain: () => void }) {
  const w = useWords(texts)
  return (
    <PublicPage>
      <PageHeader title={w.unreachable.title} lead={w.unreachable.text} />
      <Button onClick={onAgain}>{w.unreachable.again}</Button>
    </PublicPage>
  )
}

/** A page that threw, or a part of the program that could not be fetched (after an update of the server). */
export function BrokenPage() {
  const w = useWords(texts)
  const thrown = useRouteError()
  useEffect(() => console.error(thrown), [thrown])
  return (
    <PublicPage>
      <div role="alert">
        <PageHeader title={w.broken.title} lead={w.broken.text} />
      </div>
      <Button onClick={() => location.reload()}>{w.broken.reload}</Button>
    </PublicPage>
  )
}
