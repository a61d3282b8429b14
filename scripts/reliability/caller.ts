import { demoPassword } from '../../demo/load.ts'

/** What came back; status 0 where no answer came at all: then nobody knows whether it was written. */
export type Reply = { status: number; text: string }

/** Someone of the demonstration at the product's HTTP interface; never throws, whatever is killed meanwhile. */
export type Caller = {
  get(path: string): Promise<Reply>
  post(path: string, body: object | FormData): Promise<Reply>
}

const answerWithinMs = 20_000

/** Signs in as a person of the demonstration. `address` is asked at each call: a restarted server may stand elsewhere. */
export async function signedIn(address: () => string, loginName: string): Promise<Caller> {
  const reply = await fetch(`${address()}/api/session`, asJson({ loginName, password: demoPassword }))
  const cookie = (reply.headers.get('set-cookie') ?? '').split(';')[0] ?? ''
  if (!reply.ok || !cookie) throw new Error(`Cannot sign in as ${loginName}: ${await reply.text()}`)
  return withCookie(address, cookie)
}

/** Whoever holds the cookie. */
export function withCookie(address: () => string, cookie: string): Caller {
  const send = async (path: string, init: RequestInit): Promise<Reply> => {
    try {
      const answer = await fetch(`${address()}${path}`, {
        ...init,
        headers: { ...init.headers, cookie },
        signal: AbortSignal.timeout(answerWithinMs),
      })
      return { status: answer.status, text: await answer.text() }
    } catch {
      return { status: 0, text: '' }
    }
  }
  return {
    get: (path) => send(path, {}),
    post: (path, body) => send(path, body instanceof FormData ? { method: 'POST', body } : asJson(body)),
  }
}

function asJson(body: object): RequestInit {
  return { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }
}

/** The JSON of an answer that must be 2xx. */
export function bodyOf<T>(reply: Reply): T {
  if (reply.status < 200 || reply.status > 299) throw new Error(`${reply.status} ${reply.text}`)
  return JSON.parse(reply.text) as T
}
