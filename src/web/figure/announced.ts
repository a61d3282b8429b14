import { useEffect, useRef } from 'react'
import { announce } from '../ui/notices.tsx'

const mostOftenMs = 10_000

/** Reads out what a figure has become while it was being looked at, its last state and not more often than one can listen. */
export function useAnnounced(text: string, isMain: boolean): void {
  const heard = useRef({ text, atMs: Number.NEGATIVE_INFINITY })
  useEffect(() => {
    if (!isMain || text === heard.current.text) return
    const wait = Math.max(0, heard.current.atMs + mostOftenMs - performance.now())
    const timer = setTimeout(() => {
      heard.current = { text, atMs: performance.now() }
      announce(text)
    }, wait)
    return () => clearTimeout(timer)
  }, [text, isMain])
}
