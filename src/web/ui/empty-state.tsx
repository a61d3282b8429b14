import type { ReactNode } from 'react'
import styles from './empty-state.module.css'

export interface EmptyStateProps {
  /** What is not there yet: 'Chưa có thành viên nào'. */
  title: string
  /** The first step, in a sentence. */
  children?: ReactNode
  /** The button or link that takes the first step. */
  action?: ReactNode
}

/** Stands where a list will be, and teaches the first step. */
export function EmptyState({ title, children, action }: EmptyStateProps) {
  return (
    <div className={styles.root}>
      <p className={styles.title}>{title}</p>
      {children !== undefined && <div className={styles.text}>{children}</div>}
      {action !== undefined && <div className={styles.action}>{action}</div>}
    </div>
  )
}
