import { Button, Modal } from '@mantine/core'
import { useEffect } from 'react'
import { useBlocker } from 'react-router'
import confirmStyles from '../ui/confirm-button.module.css'
import { hasUnsaved } from '../unsaved.ts'
import * as texts from '../web.texts.ts'
import { useWords } from '../words.ts'

/** Asks before a page goes on which something was typed and not sent. One for all forms: a router has one blocker. */
export function LeaveGuard() {
  const w = useWords(texts).leave
  const blocker = useBlocker(
    ({ currentLocation, nextLocation }) => hasUnsaved() && currentLocation.pathname !== nextLocation.pathname,
  )
  useEffect(() => {
    const ask = (event: BeforeUnloadEvent) => {
      if (hasUnsaved()) event.preventDefault()
    }
    window.addEventListener('beforeunload', ask)
    return () => window.removeEventListener('beforeunload', ask)
  }, [])
  return (
    <Modal.Root
      opened={blocker.state === 'blocked'}
      onClose={() => blocker.reset?.()}
      transitionProps={{ duration: 100 }}
      classNames={{ content: confirmStyles.content }}
      centered
    >
      <Modal.Overlay backgroundOpacity={0.35} />
      <Modal.Content>
        <Modal.Title className={confirmStyles.question}>{w.title}</Modal.Title>
        <div className={confirmStyles.consequence}>{w.text}</div>
        <div className={confirmStyles.buttons}>
          <Button variant="default" data-autofocus onClick={() => blocker.reset?.()}>
            {w.stay}
          </Button>
          <Button onClick={() => blocker.proceed?.()}>{w.go}</Button>
        </div>
      </Modal.Content>
    </Modal.Root>
  )
}
