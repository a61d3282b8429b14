import { demoPassword } from '../demo/load.ts'

/** The product's HTTP interface as one signed-in person uses it; an answer other than 2xx throws. */
export type ProductClient = {
  cookie: string
  get<T>(path: string): Promise<T>
  post<T>(path: string, body: object | FormData): Promise<T>
}

/** Signs in, as a person of the demonstration unless another password is given. */
export async function signIn(
  address: string,
  loginName: string,
  password = demoPassword,
): Promise<ProductClient> {
  const reply = await fetch(`${address}/api/session`, asJson({ loginName, password }))
  const cookie = (reply.headers.get('set-cookie') ?? '').split(';')[0] ?? ''
  if (!reply.ok || !cookie) throw new Error(`Cannot sign in as ${loginName}: ${await reply.text()}`)
  const send = async <T>(path: string, init: RequestInit): Promise<T> => {
    const answer = await fetch(`${address}${path}`, { ...init, headers: { ...init.headers, cookie } })
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`)
    return (await answer.json()) as T
  }
  return {
    cookie,
    get: (path) => send(path, {}),
    post: (path, body) => send(path, body instanceof FormData ? { method: 'POST', body } : asJson(body)),
  }
}

/** What a person of the demonstration types to sign in. */
export function signInBody(loginName: string): { loginName: string; password: string } {
  return { loginName, password: demoPassword }
}

function asJson(body: object): RequestInit {
  return { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }
}
