import { Button, type ButtonProps, Modal } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import { useWords } from '../words.ts'
import styles from './confirm-button.module.css'
import { ErrorWords } from './error-words.tsx'
import * as texts from './ui.texts.ts'

export interface ConfirmButtonProps extends Pick<ButtonProps, 'variant' | 'size' | 'disabled'> {
  /** On the button in the page: 'Cho thôi'. */
  children: ReactNode
  /** Names the thing and the number: 'Xóa 3 thành viên của tổ Bản Đao?' */
  question: string
  /** What will and what will not happen. */
  consequence?: ReactNode
  /** The verb again, with the number: 'Xóa 3 thành viên'. */
  confirm: string
  /** Closes on success; a refusal is shown and nothing is lost. */
  onConfirm: () => Promise<unknown>
  /** For what cannot be undone. */
  dangerous?: boolean
}

/** Asks before doing; the safe answer has the focus. */
export function ConfirmButton(props: ConfirmButtonProps) {
  const { children, question, consequence, confirm, onConfirm, dangerous, ...button } = props
  const w = useWords(texts)
  const [opened, setOpened] = useState(false)
  const [busy, setBusy] = useState(false)
  const [trouble, setTrouble] = useState<unknown>(undefined)
  const act = async () => {
    setBusy(true)
    setTrouble(undefined)
    try {
      await onConfirm()
      setOpened(false)
    } catch (thrown) {
      setTrouble(thrown)
    } finally {
      setBusy(false)
    }
  }
  return (
    <>
      <Button
        variant="default"
        {...button}
        className={dangerous === true ? styles.dangerous : undefined}
        aria-haspopup="dialog"
        onClick={() => {
          setTrouble(undefined)
          setOpened(true)
        }}
      >
        {children}
      </Button>
      <Modal.Root
        opened={opened}
        onClose={() => busy || setOpened(false)}
        transitionProps={{ duration: 100 }}
        classNames={{ content: styles.content }}
        centered
      >
        <Modal.Overlay backgroundOpacity={0.35} />
        <Modal.Content>
          <Modal.Title className={styles.question}>{question}</Modal.Title>
          {consequence !== undefined && <div className={styles.consequence}>{consequence}</div>}
          <ErrorWords trouble={trouble} />
          <div className={styles.buttons}>
            <Button variant="default" data-autofocus disabled={busy} onClick={() => setOpened(false)}>
              {w.close}
            </Button>
            <Button
              color={dangerous === true ? 'danger' : undefined}
              loading={busy}
              onClick={() => void act()}
            >
              {confirm}
            </Button>
          </div>
        </Modal.Content>
      </Modal.Root>
    </>
  )
}
