import { Drawer } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import type { ReactNode } from 'react'
import { useWords } from '../words.ts'
import styles from './evidence-drawer.module.css'
import * as texts from './ui.texts.ts'

export interface EvidenceDrawerProps {
  opened: boolean
  onClose: () => void
  /** What the number counts. */
  title: string
  /** Unit, period, as of: one line under the title. */
  facts?: ReactNode
  children: ReactNode
}

/** Slides the records behind a number in from the right; the whole screen on a phone. */
export function EvidenceDrawer({ opened, onClose, title, facts, children }: EvidenceDrawerProps) {
  const w = useWords(texts)
  const phone = useMediaQuery('(max-width: 47.99em)')
  return (
    <Drawer.Root
      opened={opened}
      onClose={onClose}
      position="right"
      classNames={{ content: styles.content }}
      size={phone ? '100%' : 'min(60rem, 88vw)'}
      transitionProps={{ duration: 160 }}
    >
      <Drawer.Overlay backgroundOpacity={0.35} />
      <Drawer.Content>
        {/* Not Drawer.Header: that is a second banner to those who listen. */}
        <div className={styles.header}>
          <div>
            <Drawer.Title className={styles.title}>{title}</Drawer.Title>
            {facts !== undefined && <div className={styles.facts}>{facts}</div>}
          </div>
          <Drawer.CloseButton className={styles.close} aria-label={w.close} size="xl" />
        </div>
        <Drawer.Body className={styles.body}>{children}</Drawer.Body>
      </Drawer.Content>
    </Drawer.Root>
  )
}
