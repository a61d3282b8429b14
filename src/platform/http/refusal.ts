import type { Words } from '../part.ts'

export type FieldRefusal = { path: string; message: Words }

/** A page on which the way out is. */
export type RefusalLink = { href: string; label: Words }

type RefusalOptions = {
  status?: number
  fields?: readonly FieldRefusal[]
  links?: readonly RefusalLink[]
}

/** A request that is answered with "no", in words that say what was wrong and the way out. Nothing was written. */
export class Refusal extends Error {
  readonly code: string
  readonly words: Words
  readonly status: number
  readonly fields: readonly FieldRefusal[]
  readonly links: readonly RefusalLink[]

  constructor(code: string, words: Words, options: RefusalOptions = {}) {
    super(words.vi)
    this.code = code
    this.words = words
    this.status = options.status ?? 422
    this.fields = options.fields ?? []
    this.links = options.links ?? []
  }
}

/** Throws a refusal. `code` is `<part>.<reason>`; `status` is 422 unless told. */
export function refuse(code: string, words: Words, options: RefusalOptions = {}): never {
  throw new Refusal(code, words, options)
}

/** Refuses one field by its path in the request body. */
export function refuseField(code: string, path: string, message: Words): never {
  throw new Refusal(code, message, { fields: [{ path, message }] })
}

/** The sentence for what is not there or not the reader's to see; both sound the same on purpose. */
export function notFound(): Refusal {
  return new Refusal(
    'http.not_found',
    {
      vi: 'Không tìm thấy nội dung này, hoặc anh/chị chưa được giao quyền xem. Hãy hỏi người quản trị của đơn vị.',
      en: 'This was not found, or you have not been given the right to see it. Ask the administrator of your unit.',
    },
    { status: 404 },
  )
}

export function refuseNotFound(): never {
  throw notFound()
}
