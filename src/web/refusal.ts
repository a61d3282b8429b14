import type { Language } from './words.ts'

export interface FieldRefusal {
  /** Dotted path into what was sent: 'members.0.phone'. */
  path: string
  message: string
  messageEn: string
}

/** A page on which the way out is. */
export interface RefusalLink {
  href: string
  label: string
  labelEn: string
}

interface RefusalFacts {
  code: string
  message: string
  messageEn: string
  fields?: FieldRefusal[]
  links?: RefusalLink[]
  requestId?: string | undefined
  asked?: Asked | undefined
}

/** What was asked for, as it stood in the query of the address. */
type Asked = Readonly<Record<string, unknown>>

/** The language of the page, for code outside components. */
export function currentLanguage(): Language {
  return document.documentElement.lang === 'en' ? 'en' : 'vi'
}

/** The server's "no", in a sentence that says the way out; `fields` tie it to what was typed. */
export class Refusal extends Error {
  readonly status: number
  readonly code: string
  readonly messageEn: string
  readonly fields: readonly FieldRefusal[]
  readonly links: readonly RefusalLink[]
  readonly requestId: string | undefined
  /** What was asked for when reading was refused. */
  readonly asked: Asked | undefined

  constructor(status: number, facts: RefusalFacts) {
    super(facts.message)
    this.name = 'Refusal'
    this.status = status
    this.code = facts.code
    this.messageEn = facts.messageEn
    this.fields = facts.fields ?? []
    this.links = facts.links ?? []
    this.requestId = facts.requestId
    this.asked = facts.asked
  }

  static notUnderstood(details?: string): Refusal {
    if (details !== undefined) console.error(details)
    return new Refusal(0, {
      code: 'answer_not_understood',
      message:
        'Máy chủ trả lời theo dạng mà trang này không đọc được. Hãy tải lại trang để dùng bản mới nhất.',
      messageEn:
        'The server answered in a form this page cannot read. Reload the page to use the latest version.',
    })
  }
}

/** Nothing reached the server; what was typed is still in the page. */
export class NetworkTrouble extends Error {
  readonly messageEn: string

  constructor(direction: 'read' | 'write') {
    super(
      direction === 'write'
        ? 'Chưa gửi được vì mất kết nối. Những gì anh/chị đã nhập vẫn còn ở đây; khi có mạng, bấm gửi lại.'
        : 'Chưa tải được vì mất kết nối. Trang sẽ tự tải lại khi có mạng.',
    )
    this.name = 'NetworkTrouble'
    this.messageEn =
      direction === 'write'
        ? 'Not sent: the connection is lost. What you typed is still here; send it again once you are online.'
        : 'Not loaded: the connection is lost. The page will load by itself once you are online.'
  }
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== ''
}

function fieldRefusals(value: unknown): FieldRefusal[] {
  if (!Array.isArray(value)) return []
  return value.flatMap((one: { path?: unknown; message?: unknown; messageEn?: unknown } | null) => {
    if (!isText(one?.message)) return []
    const path = Array.isArray(one.path) ? one.path.join('.') : isText(one.path) ? one.path : ''
    return [{ path, message: one.message, messageEn: isText(one.messageEn) ? one.messageEn : one.message }]
  })
}

function refusalLinks(value: unknown): RefusalLink[] {
  if (!Array.isArray(value)) return []
  return value.flatMap((one: { href?: unknown; label?: unknown; labelEn?: unknown } | null) => {
    const { href, label, labelEn } = one ?? {}
    // Only pages of this program.
    if (!isText(href) || !/^\/(?!\/)/.test(href) || !isText(label)) return []
    return [{ href, label, labelEn: isText(labelEn) ? labelEn : label }]
  })
}

/** Reads `{ error: {…} }`; any other body becomes a sentence that names the status. */
export function readRefusal(status: number, text: string, asked?: Asked): Refusal {
  try {
    const { error } = JSON.parse(text) as { error?: Record<string, unknown> }
    if (error !== undefined && isText(error.message)) {
      return new Refusal(status, {
        code: isText(error.code) ? error.code : 'refused',
        message: error.message,
        messageEn: isText(error.messageEn) ? error.messageEn : error.message,
        fields: fieldRefusals(error.fields),
        links: refusalLinks(error.links),
        requestId: isText(error.requestId) ? error.requestId : undefined,
        asked,
      })
    }
  } catch {
    // Not our JSON: a proxy or a stopped server answered. The sentence below covers it.
  }
  return new Refusal(status, {
    code: `http_${status}`,
    message: `Máy chủ chưa làm được việc này (mã ${status}). Chưa có gì thay đổi; hãy thử lại sau ít phút.`,
    messageEn: `The server could not do this (code ${status}). Nothing was changed; try again in a few minutes.`,
  })
}

/** The sentence to show for anything thrown, in the reader's language. */
export function troubleText(trouble: unknown, language: Language): string {
  if (trouble instanceof Refusal || trouble instanceof NetworkTrouble) {
    return language === 'en' ? trouble.messageEn : trouble.message
  }
  console.error(trouble)
  return language === 'en'
    ? 'Something in this page went wrong. Reload it; saved records are not affected.'
    : 'Trang này gặp trục trặc. Hãy tải lại trang; những gì đã lưu không bị ảnh hưởng.'
}
