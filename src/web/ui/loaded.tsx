import { Skeleton } from '@mantine/core'
import type { UseQueryResult } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useWords } from '../words.ts'
import { ErrorWords } from './error-words.tsx'
import { PageHeader } from './page-header.tsx'
import * as texts from './ui.texts.ts'

export interface LoadingProps {
  /** How many lines of text the skeleton stands for. */
  lines?: number
}

/** Grey lines where text will be; says «Đang tải…» to those who listen. */
export function Loading({ lines = 4 }: LoadingProps) {
  const w = useWords(texts)
  return (
    <div role="status">
      <span className="only-heard">{w.loading}</span>
      {Array.from({ length: lines }, (_, line) => `${line}`).map((line, index) => (
        <Skeleton key={line} height="1rem" mb="1rem" width={`${92 - ((index * 17) % 40)}%`} />
      ))}
    </div>
  )
}

export interface LoadedProps<T> extends LoadingProps {
  /** From `useRead`. */
  read: UseQueryResult<T>
  /** The page has no heading but the one in the answer: a refusal is then headed in words of its own. */
  whole?: boolean
  children: (answer: T) => ReactNode
}

/** Shows an answer once it is there; before that the skeleton, and the refusal when there is one. */
export function Loaded<T>({ read, whole = false, lines = 6, children }: LoadedProps<T>) {
  const w = useWords(texts)
  if (read.data !== undefined) return <>{children(read.data)}</>
  if (read.isError) {
    return (
      <>
        {whole && <PageHeader title={w.cannotOpen} />}
        <ErrorWords trouble={read.error} onAgain={() => void read.refetch()} />
      </>
    )
  }
  return <Loading lines={lines} />
}
