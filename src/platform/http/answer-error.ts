import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { databaseRefusal } from './database-refusal.ts'
import { fieldRefusals } from './error-words.ts'
import { notFound, Refusal } from './refusal.ts'

/** What every refusal looks like on the wire. */
export const RefusalBody = z.object({
  error: z.object({
    code: z.string(),
    message: z.string(),
    messageEn: z.string(),
    fields: z.array(z.object({ path: z.string(), message: z.string(), messageEn: z.string() })),
    /** Pages on which the way out is. */
    links: z.array(z.object({ href: z.string(), label: z.string(), labelEn: z.string() })).optional(),
    requestId: z.string(),
  }),
})

/** In bytes: the largest JSON body and the largest uploaded file. */
type Limits = { body: number; upload: number }

const unknownAddress = new Refusal(
  'http.no_such_route',
  {
    vi: 'Địa chỉ này không có. Hãy xem danh sách ở /api/docs.',
    en: 'There is no such address. See the list at /api/docs.',
  },
  { status: 404 },
)

/** Answers an address that no route has. */
export function answerUnknown(request: FastifyRequest, reply: FastifyReply): unknown {
  return reply.code(404).send(refusalBody(unknownAddress, request.id))
}

/** Answers anything thrown: a refusal in its words, a fault without a word of the inside. */
export function answerError(
  error: FastifyError,
  request: FastifyRequest,
  reply: FastifyReply,
  limits: Limits,
): unknown {
  const refusal = toRefusal(error, limits)
  if (refusal) return reply.code(refusal.status).send(refusalBody(refusal, request.id))
  process.stderr.write(
    `${request.method} ${request.routeOptions.url} ${request.id}\n${error.stack ?? error}\n`,
  )
  return reply.code(500).send(
    refusalBody(
      new Refusal('http.failed', {
        vi: `Máy chủ gặp lỗi, chưa ghi gì cả. Hãy thử lại; nếu vẫn lỗi, báo người quản trị mã ${request.id}.`,
        en: `The server failed and wrote nothing. Try again; if it fails again, tell the administrator ${request.id}.`,
      }),
      request.id,
    ),
  )
}

function refusalBody(refusal: Refusal, requestId: string): z.input<typeof RefusalBody> {
  return {
    error: {
      code: refusal.code,
      message: refusal.words.vi,
      messageEn: refusal.words.en,
      fields: refusal.fields.map((field) => ({
        path: field.path,
        message: field.message.vi,
        messageEn: field.message.en,
      })),
      ...(refusal.links.length > 0 && {
        links: refusal.links.map(({ href, label }) => ({ href, label: label.vi, labelEn: label.en })),
      }),
      requestId,
    },
  }
}

function toRefusal(error: FastifyError & { cause?: unknown }, limits: Limits): Refusal | null {
  if (error instanceof Refusal) return error
  const invalid = error instanceof z.ZodError ? error : error.cause instanceof z.ZodError ? error.cause : null
  // An address is followed, not filled in: where no such thing can be, nothing is there to be mended.
  if (error.validationContext === 'params') return notFound()
  if (error.validation || invalid) {
    const issues =
      invalid ??
      new z.ZodError(
        (error.validation ?? [])
          .map((one) => (one as { params?: { issue?: z.core.$ZodIssue } }).params?.issue)
          .filter((issue) => issue !== undefined),
      )
    return new Refusal(
      'http.invalid',
      {
        vi: 'Có mục chưa đúng. Hãy sửa các mục được đánh dấu rồi gửi lại.',
        en: 'Some fields are not right. Mend the marked fields and send again.',
      },
      { status: 400, fields: fieldRefusals(issues) },
    )
  }
  if (error.code === 'FST_REQ_FILE_TOO_LARGE') return tooLarge(limits.upload)
  if (error.statusCode === 413) return tooLarge(limits.body)
  if (error.statusCode && error.statusCode >= 400 && error.statusCode < 500) {
    return new Refusal(
      'http.bad_request',
      {
        vi: 'Yêu cầu gửi lên không đọc được. Hãy tải lại trang rồi làm lại.',
        en: 'The request could not be read. Reload the page and try again.',
      },
      { status: error.statusCode },
    )
  }
  return databaseRefusal(error)
}

function tooLarge(bytes: number): Refusal {
  const most = bytes >= 1_000_000 ? `${Math.floor(bytes / 1_000_000)} MB` : `${bytes} byte`
  return new Refusal(
    'http.too_large',
    {
      vi: `Tệp hoặc nội dung gửi lên quá lớn, chỉ nhận đến ${most}. Hãy chia nhỏ hoặc nén lại rồi gửi.`,
      en: `What was sent is too large; at most ${most} is accepted. Divide or compress it and send again.`,
    },
    { status: 413 },
  )
}
