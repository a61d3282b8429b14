import type { ZodType } from 'zod'
import { currentLanguage, NetworkTrouble, Refusal, readRefusal } from './refusal.ts'
import { askToSignInAgain } from './session-ended.ts'

export { NetworkTrouble, Refusal } from './refusal.ts'

type QueryValue = string | number | boolean | null | undefined
export type Query = Readonly<Record<string, QueryValue | readonly string[]>>
type WriteMethod = 'POST' | 'PUT' | 'PATCH' | 'DELETE'

export interface UploadOptions {
  /** Further form fields; they are sent before the file, as the server reads them in order. */
  fields?: Readonly<Record<string, string>>
  /** Called with 0 to 1 while the file is on its way. */
  onProgress?: (share: number) => void
}

/** The path with its query; null, undefined and '' are left out, lists are repeated. */
export function pathWithQuery(path: string, query: Query = {}): string {
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries(query)) {
    if (value === null || value === undefined || value === '') continue
    if (typeof value === 'object') for (const one of value) search.append(name, one)
    else search.append(name, String(value))
  }
  const text = search.toString()
  return text === '' ? path : `${path}?${text}`
}

async function fetched(path: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(path, { credentials: 'same-origin', ...init })
  } catch (cause) {
    if (cause instanceof DOMException && cause.name === 'AbortError') throw cause
    throw new NetworkTrouble(init.method === undefined ? 'read' : 'write')
  }
}

async function answer<T>(response: Response, schema: ZodType<T>, asked?: Query): Promise<T> {
  const text = await response.text()
  if (!response.ok) throw readRefusal(response.status, text, asked)
  return understood(text, schema)
}

function understood<T>(text: string, schema: ZodType<T>): T {
  let value: unknown
  try {
    value = text === '' ? undefined : JSON.parse(text)
  } catch {
    throw Refusal.notUnderstood()
  }
  const parsed = schema.safeParse(value)
  if (!parsed.success) throw Refusal.notUnderstood(parsed.error.message)
  return parsed.data
}

const headers = () => ({ accept: 'application/json', 'accept-language': currentLanguage() })

/** Reads `path`. Refused with `Refusal` (the server's sentence) or `NetworkTrouble` (nothing reached it). */
async function get<T>(path: string, schema: ZodType<T>, query?: Query, signal?: AbortSignal): Promise<T> {
  const response = await fetched(pathWithQuery(path, query), { headers: headers(), signal: signal ?? null })
  return answer(response, schema, query)
}

/** Writes `body` as JSON (NFC) and reads the answer; an answer without content parses as `undefined`. */
async function send<T>(method: WriteMethod, path: string, schema: ZodType<T>, body?: unknown): Promise<T> {
  const response = await fetched(path, {
    method,
    headers: body === undefined ? headers() : { ...headers(), 'content-type': 'application/json' },
    body: body === undefined ? null : JSON.stringify(body).normalize('NFC'),
  })
  return answer(response, schema).catch(askAgain)
}

function askAgain(thrown: unknown): never {
  if (thrown instanceof Refusal && thrown.code === 'session.required') askToSignInAgain()
  throw thrown
}

/** Sends one file as multipart field `file`. XMLHttpRequest, because fetch cannot say how far it is. */
function upload<T>(path: string, schema: ZodType<T>, file: File, options: UploadOptions = {}): Promise<T> {
  return new Promise((resolve, reject) => {
    const form = new FormData()
    for (const [name, value] of Object.entries(options.fields ?? {}))
      form.append(name, value.normalize('NFC'))
    form.append('file', file, file.name.normalize('NFC'))
    const request = new XMLHttpRequest()
    request.open('POST', path)
    for (const [name, value] of Object.entries(headers())) request.setRequestHeader(name, value)
    request.upload.onprogress = (event) => {
      if (event.lengthComputable) options.onProgress?.(event.loaded / event.total)
    }
    request.onerror = () => reject(new NetworkTrouble('write'))
    request.onload = () => {
      try {
        if (request.status < 200 || request.status > 299)
          throw readRefusal(request.status, request.responseText)
        resolve(understood(request.responseText, schema))
      } catch (refusal) {
        reject(refusal)
      }
    }
    request.send(form)
  }).catch(askAgain) as Promise<T>
}

/** The only way pages speak to the server; every answer is checked against the schema of its contract. */
export const api = { get, send, upload }
