import { Button, CloseButton } from '@mantine/core'
import { useEffect, useSyncExternalStore } from 'react'
import { useWords } from '../words.ts'
import styles from './notices.module.css'
import * as texts from './ui.texts.ts'

export interface Notice {
  /** What was done, with the name and the number: 'Đã thêm 3 thành viên vào tổ Bản Đao'. */
  text: string
  undo?: () => void | Promise<void>
}

interface Shown extends Notice {
  id: number
}

let shown: readonly Shown[] = []
let heard = ''
let lastId = 0
const watchers = new Set<() => void>()

function change(next: readonly Shown[]): void {
  shown = next
  for (const tell of watchers) tell()
}

function follow(tell: () => void): () => void {
  watchers.add(tell)
  return () => watchers.delete(tell)
}

/** Says politely what was done; with `undo` it stays until it is hidden, else for some seconds. */
export function notify(notice: Notice): void {
  lastId += 1
  change([...shown, { ...notice, id: lastId }].slice(-3))
}

/** Reads a change out without showing it: what a filter found, that a list grew. */
export function announce(text: string): void {
  // The same sentence twice is only read twice when the text differs.
  heard = heard === text ? `${text}\u00a0` : text
  for (const tell of watchers) tell()
}

/** The place where notices appear and where `announce` is heard; mounted once by the shell. */
export function Notices() {
  const w = useWords(texts)
  const notices = useSyncExternalStore(follow, () => shown)
  const said = useSyncExternalStore(follow, () => heard)
  return (
    <>
      <div className="only-heard" aria-live="polite">
        {said}
      </div>
      <section className={styles.root} aria-label={w.notices} aria-live="polite" data-not-printed>
        {notices.map((notice) => (
          <OneNotice key={notice.id} notice={notice} />
        ))}
      </section>
    </>
  )
}

function OneNotice({ notice }: { notice: Shown }) {
  const w = useWords(texts)
  const { id, text, undo } = notice
  const lasting = undo !== undefined
  useEffect(() => {
    if (lasting) return
    const timer = setTimeout(() => change(shown.filter((one) => one.id !== id)), 7000)
    return () => clearTimeout(timer)
  }, [id, lasting])
  const hide = () => change(shown.filter((one) => one.id !== id))
  return (
    <div className={styles.notice}>
      <p>{text}</p>
      {undo !== undefined && (
        <Button
          variant="subtle"
          className={styles.undo}
          onClick={() => {
            hide()
            void undo()
          }}
        >
          {w.undo}
        </Button>
      )}
      <CloseButton className={styles.hide} size="lg" aria-label={w.dismiss} onClick={hide} />
    </div>
  )
}
