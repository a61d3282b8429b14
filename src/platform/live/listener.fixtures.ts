import { type IncomingMessage, request } from 'node:http'

type Heard = { event: string; data: unknown; atMs: number }
type Moved = { readAt: string; figures: { at: number; figure: { numerator: string | null } }[] }

/** An open page: what it has heard, and when its line was cut. */
export type Listener = {
  status: number
  contentType: string | undefined
  /** The refusal, where the line was not opened. */
  refusal: { code: string; message: string; fields: { path: string; message: string }[] } | null
  heard: Heard[]
  topics(): string[]
  moved(): Moved[]
  /** The numerators as the page shows them now, by the place of the figure in its list. */
  shown(): Map<number, string | null>
  untilTopic(wanted: string, ms?: number): Promise<number>
  /** Waits until the figure at a place shows a number; answers how long that took. */
  untilShown(at: number, wanted: string | null, ms?: number): Promise<number>
  /** Stops and goes on taking what is sent. */
  pause(): void
  resume(): void
  ended: Promise<number>
  close(): void
}

/** Opens the line as a page does; `figures` of a page that shows some. */
export async function listen(
  address: string,
  token: string,
  figures?: readonly object[],
  headers: Record<string, string> = {},
): Promise<Listener> {
  const body = figures === undefined ? undefined : JSON.stringify({ figures })
  const answer = await new Promise<IncomingMessage>((resolve, reject) => {
    const sent = request(
      `${address}/api/changes`,
      {
        method: body === undefined ? 'GET' : 'POST',
        headers: {
          cookie: `banlang_session=${token}`,
          ...(body !== undefined && { 'content-type': 'application/json' }),
          ...headers,
        },
      },
      resolve,
    )
    sent.on('error', reject)
    sent.end(body)
  })
  const heard: Heard[] = []
  let text = ''
  answer.setEncoding('utf8')
  const isStream = answer.headers['content-type']?.startsWith('text/event-stream') === true
  answer.on('data', (chunk: string) => {
    text += chunk
    if (!isStream) return
    const blocks = text.split('\n\n')
    text = blocks.pop() ?? ''
    for (const block of blocks) {
      const data = /^data: (.*)$/m.exec(block)?.[1]
      const event = /^event: (.*)$/m.exec(block)?.[1] ?? 'message'
      if (data !== undefined) heard.push({ event, data: JSON.parse(data), atMs: performance.now() })
    }
  })
  const ended = new Promise<number>((resolve) => {
    for (const event of ['end', 'error', 'close']) answer.on(event, () => resolve(performance.now()))
  })
  const of = (event: string) => heard.filter((one) => one.event === event).map((one) => one.data)
  const topics = () => of('message').flatMap((data) => (data as { topics: string[] }).topics)
  const moved = () => of('figures') as Moved[]
  const shown = () =>
    new Map(moved().flatMap(({ figures }) => figures.map(({ at, figure }) => [at, figure.numerator])))
  const until = async (isSo: () => boolean, ms: number, what: string) => {
    const from = performance.now()
    while (!isSo()) {
      if (performance.now() - from > ms)
        throw new Error(`not within ${ms} ms: ${what}; heard ${JSON.stringify(heard.slice(-5))}`)
      await new Promise((resolve) => setTimeout(resolve, 10))
    }
    return performance.now() - from
  }
  if (!isStream) await ended
  return {
    status: answer.statusCode ?? 0,
    contentType: answer.headers['content-type'],
    refusal: isStream ? null : JSON.parse(text).error,
    ...{ heard, topics, moved, shown, ended },
    untilTopic: (wanted, ms = 3000) => until(() => topics().includes(wanted), ms, wanted),
    untilShown: (at, wanted, ms = 3000) =>
      until(() => shown().has(at) && shown().get(at) === wanted, ms, `figure ${at} shows ${wanted}`),
    pause: () => answer.pause(),
    resume: () => answer.resume(),
    close: () => answer.destroy(),
  }
}
