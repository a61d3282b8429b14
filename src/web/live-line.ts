import { mostFiguresWatched, type WatchedFigureInput } from '../platform/live/contract.ts'

/** What a line tells while it is open; after `onEnd` nothing more comes. */
export interface LineEvents {
  onOpen: () => void
  onEvent: (event: string, data: unknown) => void
  /** `status` is null where no answer came, 200 where the line was cut later; `refused` are places in the list of figures. */
  onEnd: (end: { status: number | null; refused: number[] }) => void
}

// The server gives a sign of life every 15 seconds; a line without any is dead, though nobody has said so.
const deadAfterMs = 40_000

/**
 * Opens the line for live changes, naming the figures on the page; answers how to close it, after which it is silent.
 * Not an EventSource: that can only send an address, which is too short for the figures of a large page.
 */
export function openLine(figures: readonly WatchedFigureInput[], events: LineEvents): () => void {
  const aborting = new AbortController()
  let silent = false
  let opened = false
  let dead: ReturnType<typeof setTimeout> | undefined
  const close = () => {
    silent = true
    clearTimeout(dead)
    aborting.abort()
  }
  const end = (status: number | null, refused: number[] = []) => {
    if (silent) return
    close()
    events.onEnd({ status, refused })
  }
  const alive = () => {
    clearTimeout(dead)
    if (!silent) dead = setTimeout(() => end(200), deadAfterMs)
  }
  const run = async (): Promise<void> => {
    const response = await fetch('/api/changes', {
      method: 'POST',
      credentials: 'same-origin',
      headers: { 'content-type': 'application/json', accept: 'text/event-stream' },
      body: JSON.stringify({ figures: figures.slice(0, mostFiguresWatched) }),
      signal: aborting.signal,
    })
    if (!response.ok || response.body === null) return end(response.status, refusedIn(await response.text()))
    if (silent) return
    opened = true
    events.onOpen()
    alive()
    for await (const { event, data } of eventsOf(response.body, alive)) {
      if (silent) return
      events.onEvent(event, data)
    }
    end(200)
  }
  run().catch(() => end(opened ? 200 : null))
  return close
}

/** The events of a stream (text/event-stream, as the server writes it: one line of data each). */
async function* eventsOf(body: ReadableStream<Uint8Array>, alive: () => void) {
  const reader = body.getReader()
  const decoder = new TextDecoder()
  let text = ''
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return
    alive()
    text += decoder.decode(value, { stream: true })
    const blocks = text.split('\n\n')
    text = blocks.pop() ?? ''
    for (const block of blocks) {
      const data = parsed(/^data: (.*)$/m.exec(block)?.[1])
      if (data !== undefined) yield { event: /^event: (.*)$/m.exec(block)?.[1] ?? 'message', data }
    }
  }
}

function parsed(text: string | undefined): unknown {
  if (text === undefined) return undefined
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** Which figures a refusal names, by their places. */
function refusedIn(text: string): number[] {
  const body = parsed(text) as { error?: { fields?: { path?: unknown }[] } } | undefined
  return (body?.error?.fields ?? []).flatMap(({ path }) => {
    const place = /^figures\.(\d+)/.exec(String(path))?.[1]
    return place === undefined ? [] : [Number(place)]
  })
}
