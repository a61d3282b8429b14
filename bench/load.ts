import autocannon from 'autocannon'
import { type Measurement, percentile, type Round } from './summary.ts'

const connections = 8

/** One request, made anew each time it is sent. */
export type Send = {
  method: 'GET' | 'POST'
  path: string
  body?: object
  headers?: Record<string, string>
}

/** Keeps eight connections busy and says how many answers came a second; an answer other than 2xx fails the run. */
export async function loadHttp(
  address: string,
  seconds: number,
  next: (connection: number) => Send,
  cookie?: string,
): Promise<Measurement> {
  const times: number[] = []
  let connection = 0
  const began = performance.now()
  const options: autocannon.Options = {
    url: address,
    connections,
    duration: seconds,
    setupClient: (client) => {
      const own = connection
      connection += 1
      const prepare = () => {
        const { method, path, body, headers: added } = next(own)
        const headers = {
          ...added,
          ...(cookie ? { cookie } : {}),
          ...(body ? { 'content-type': 'application/json' } : {}),
        }
        client.setRequests([{ method, path, headers, ...(body ? { body: JSON.stringify(body) } : {}) }])
      }
      prepare()
      client.on('response', prepare)
    },
  }
  const result = await new Promise<autocannon.Result>((resolve, reject) => {
    const load = autocannon(options, (error, done) => (error ? reject(error as Error) : resolve(done)))
    // Its own times are whole milliseconds.
    load.on('response', (_client, _status, _bytes, milliseconds) => times.push(milliseconds))
  })
  const failed = result.non2xx + result.errors + result.timeouts
  if (failed > 0 || result['2xx'] === 0)
    throw new Error(
      `${address} ${next(0).path}: ${failed} requests failed: ${JSON.stringify(result.statusCodeStats)}`,
    )
  return measured(times, performance.now() - began)
}

/** The same without HTTP: eight at once ask again and again. */
export async function loadCalls(seconds: number, call: () => Promise<unknown>): Promise<Measurement> {
  const times: number[] = []
  const began = performance.now()
  const until = began + seconds * 1000
  const asker = async () => {
    while (performance.now() < until) {
      const asked = performance.now()
      await call()
      times.push(performance.now() - asked)
    }
  }
  await Promise.all(Array.from({ length: connections }, asker))
  return measured(times, performance.now() - began)
}

/** What the times of single answers, in milliseconds, come to. */
export function measured(times: readonly number[], milliseconds: number): Measurement {
  return {
    perSecond: (times.length * 1000) / milliseconds,
    p50: percentile(times, 50),
    p99: percentile(times, 99),
  }
}

/** One kind of work, done by the limit and by the product. */
export type Case = { name: string; seconds: number; limit: Side; ours: Side }
type Side = (seconds: number) => Promise<Measurement>

/** Measures limit and product in turn, after a warm-up that does not count. */
export async function measureRounds(one: Case, rounds: number): Promise<Round[]> {
  await one.limit(0.5)
  await one.ours(0.5)
  const done: Round[] = []
  for (let round = 0; round < rounds; round += 1)
    done.push({ limit: await one.limit(one.seconds), ours: await one.ours(one.seconds) })
  return done
}
