/** What a person saw of a question: the mark of its snapshot, and when. */
export type LastSeen = { seen: string; readAt: string }

const prefix = 'ban-lang-so.seen.'
const mostKept = 60

/** What this browser last saw of a question, or null. */
export function lastSeen(question: string): LastSeen | null {
  try {
    const kept = JSON.parse(localStorage.getItem(prefix + question) ?? 'null') as Partial<LastSeen> | null
    return typeof kept?.seen === 'string' && typeof kept.readAt === 'string'
      ? { seen: kept.seen, readAt: kept.readAt }
      : null
  } catch {
    return null
  }
}

/** Keeps what was seen of a question; the oldest goes where there are many, and nothing where the browser keeps nothing. */
export function keepSeen(question: string, seen: LastSeen): void {
  try {
    const kept = Object.keys(localStorage).filter((key) => key.startsWith(prefix))
    if (kept.length >= mostKept) {
      const age = (key: string) => lastSeen(key.slice(prefix.length))?.readAt ?? ''
      const oldest = kept.toSorted((a, b) => (age(a) < age(b) ? -1 : 1))[0]
      if (oldest !== undefined) localStorage.removeItem(oldest)
    }
    localStorage.setItem(prefix + question, JSON.stringify(seen))
  } catch {
    // A browser that keeps nothing compares with this visit only.
  }
}
