import { useEffect, useMemo, useRef, useState } from 'react'

/**
 * When the card of a figure shows: after the pointer rests on it, at once on focus; it stays while the pointer is on
 * the card and goes with Escape (WCAG 2.2, 1.4.13).
 */
export function useFigurePointing() {
  const [pointed, setPointed] = useState(false)
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined)
  useEffect(() => () => clearTimeout(timer.current), [])
  useEffect(() => {
    if (!pointed) return
    const dismiss = (event: KeyboardEvent) => {
      if (event.key === 'Escape') setPointed(false)
    }
    const hide = () => setPointed(false)
    document.addEventListener('keydown', dismiss)
    window.addEventListener('scroll', hide, { capture: true, passive: true })
    return () => {
      document.removeEventListener('keydown', dismiss)
      window.removeEventListener('scroll', hide, { capture: true })
    }
  }, [pointed])
  return useMemo(() => {
    const soon = (value: boolean, wait: number) => {
      clearTimeout(timer.current)
      timer.current = setTimeout(() => setPointed(value), wait)
    }
    const now = (value: boolean) => {
      clearTimeout(timer.current)
      setPointed(value)
    }
    return {
      pointed,
      point: () => now(true),
      leave: () => now(false),
      handlers: {
        onPointerEnter: (event: { pointerType: string }) => {
          if (event.pointerType === 'mouse') soon(true, 180)
        },
        onPointerLeave: () => soon(false, 160),
        onFocus: (event: { currentTarget: Element }) => {
          if (event.currentTarget.matches(':focus-visible')) now(true)
        },
        onBlur: () => now(false),
      },
      card: { onPointerEnter: () => now(true), onPointerLeave: () => soon(false, 160) },
    }
  }, [pointed])
}
