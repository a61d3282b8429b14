import type { FastifyRequest } from 'fastify'
import { refuse } from '../http/refusal.ts'
import { refuseFile } from './file-content.ts'
import { cleanFileName } from './file-name.ts'

export type Upload = {
  bytes: Uint8Array
  /** Cleaned: NFC, no folders, no control characters. */
  name: string
  /** The other fields of the form, as sent, in NFC. Check them with a `z.strictObject`. */
  fields: Record<string, string>
}

/**
 * Reads the one file (field `file`) and the text fields of a multipart request. Refuses, in words, what is no such
 * request, a second file, a field sent twice, and what is larger than the server takes.
 */
export async function readUpload(request: FastifyRequest): Promise<Upload> {
  if (!request.isMultipart()) {
    refuse(
      'files.not_multipart',
      {
        vi: 'Chưa có tệp nào được gửi. Hãy chọn tệp rồi gửi lại (multipart/form-data, trường «file»).',
        en: 'No file was sent. Send multipart/form-data with the field “file”.',
      },
      { status: 400 },
    )
  }
  const fields = new Map<string, string>()
  let file: { bytes: Uint8Array; name: string } | undefined
  try {
    for await (const part of request.parts()) {
      if (part.type === 'file') {
        if (part.fieldname !== 'file') refuseField(part.fieldname)
        file = { bytes: await part.toBuffer(), name: cleanFileName(part.filename) }
      } else {
        if (fields.has(part.fieldname) || typeof part.value !== 'string' || part.valueTruncated)
          refuseField(part.fieldname)
        fields.set(part.fieldname.normalize('NFC'), part.value.normalize('NFC'))
      }
    }
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'FST_FILES_LIMIT') {
      refuseFile('files.one_at_a_time', {
        vi: 'Mỗi lần chỉ gửi được một tệp. Hãy gửi từng tệp một.',
        en: 'Only one file can be sent at a time.',
      })
    }
    throw error
  }
  if (!file) {
    refuseFile('files.missing', { vi: 'Chưa chọn tệp. Hãy chọn tệp rồi gửi lại.', en: 'No file was chosen.' })
  }
  return { ...file, fields: Object.fromEntries(fields) }
}

function refuseField(name: string): never {
  refuse(
    'http.invalid',
    {
      vi: `Trường «${name}» không có trong khai báo, bị gửi hai lần hoặc quá dài. Hãy sửa rồi gửi lại.`,
      en: `The field “${name}” is not declared, was sent twice, or is too long.`,
    },
    {
      status: 400,
      fields: [{ path: name, message: { vi: 'Trường này không hợp lệ.', en: 'This field is not valid.' } }],
    },
  )
}
