import { useSyncExternalStore } from 'react'
import { hasUnsaved } from './unsaved.ts'

// Put off: the person closed the question; only the next write asks again.
let state: 'holds' | 'asking' | 'put_off' = 'holds'
const watchers = new Set<() => void>()

function become(next: typeof state): void {
  if (next === state) return
  state = next
  for (const tell of watchers) tell()
}

/** The server refused a write because the session has ended: asks to sign in again over the page. */
export function askToSignInAgain(): void {
  become('asking')
}

/** A read was refused so. True where the page stays, since something typed would go with it. */
export function staysWithoutSession(): boolean {
  if (state === 'asking') return true
  if (!hasUnsaved()) {
    become('holds')
    return false
  }
  if (state === 'holds') become('asking')
  return true
}

export function putOffSigningIn(): void {
  become('put_off')
}

/** Signed in again, or signed out on purpose. */
export function forgetSessionEnded(): void {
  become('holds')
}

function follow(tell: () => void): () => void {
  watchers.add(tell)
  return () => watchers.delete(tell)
}

/** Whether to ask, over the page, to sign in again. */
export function useAsksToSignIn(): boolean {
  return useSyncExternalStore(follow, () => state === 'asking')
}

const key = 'ban-lang-so.signed-in'

/** Remembers in this browser that somebody is signed in, so that a session that ended can be told from none. */
export function rememberSignedIn(signedIn: boolean): void {
  try {
    if (signedIn) localStorage.setItem(key, 'yes')
    else localStorage.removeItem(key)
  } catch {
    // Without storage the page to sign in only says less.
  }
}

export function wasSignedIn(): boolean {
  try {
    return localStorage.getItem(key) !== null
  } catch {
    return false
  }
}
