import type { z } from 'zod'
import type { Words } from '../part.ts'
import type { FieldRefusal } from './refusal.ts'

/** Turns what a schema found into sentences tied to fields. */
export function fieldRefusals(error: z.ZodError): FieldRefusal[] {
  return error.issues.flatMap((issue) => {
    const path = issue.path.join('.')
    if (issue.code === 'unrecognized_keys') {
      return issue.keys.map((key) => ({
        path: path ? `${path}.${key}` : key,
        message: {
          vi: `Trường «${key}» không có trong khai báo. Hãy bỏ trường này rồi gửi lại.`,
          en: `The field “${key}” is not declared. Remove it and send again.`,
        },
      }))
    }
    return [{ path, message: sentence(issue) }]
  })
}

function sentence(issue: z.core.$ZodIssue): Words {
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined || issue.input === null
        ? { vi: 'Chưa nhập. Mục này bắt buộc phải có.', en: 'Missing. Fill in this field; it is required.' }
        : {
            vi: 'Giá trị không đúng kiểu dữ liệu của mục này. Hãy nhập lại.',
            en: 'The value is not of this field’s type. Type it again.',
          }
    case 'too_small':
      return issue.origin === 'string'
        ? Number(issue.minimum) === 1
          ? { vi: 'Chưa nhập. Mục này bắt buộc phải có.', en: 'Missing. Fill in this field; it is required.' }
          : {
              vi: `Cần ít nhất ${issue.minimum} ký tự. Hãy viết thêm.`,
              en: `At least ${issue.minimum} characters are needed. Write some more.`,
            }
        : issue.origin === 'array'
          ? {
              vi: `Cần ít nhất ${issue.minimum} mục. Hãy thêm cho đủ.`,
              en: `Too few items: ${issue.minimum} or more are needed. Add some.`,
            }
          : {
              vi: `Phải từ ${issue.minimum} trở lên. Hãy sửa lại.`,
              en: `Must be ${issue.minimum} or more. Mend it.`,
            }
    case 'too_big':
      return issue.origin === 'string'
        ? {
            vi: `Dài quá ${issue.maximum} ký tự. Hãy viết ngắn lại.`,
            en: `Longer than ${issue.maximum} characters. Make it shorter.`,
          }
        : issue.origin === 'array'
          ? {
              vi: `Nhiều quá ${issue.maximum} mục. Hãy bớt đi.`,
              en: `Too many items: at most ${issue.maximum} are taken. Remove some.`,
            }
          : {
              vi: `Không được quá ${issue.maximum}. Hãy sửa lại.`,
              en: `Must not exceed ${issue.maximum}. Mend it.`,
            }
    case 'invalid_format':
      return issue.format === 'date'
        ? {
            vi: 'Ngày không đúng. Hãy nhập theo dạng ngày/tháng/năm, ví dụ 30/8/2022.',
            en: 'Not a day. Type day/month/year, for instance 30/8/2022.',
          }
        : {
            vi: 'Không đúng định dạng của mục này. Hãy nhập lại.',
            en: 'Not in the format of this field. Type it again.',
          }
    case 'invalid_value':
      return {
        vi: `Chỉ được chọn một trong: ${issue.values.join(', ')}.`,
        en: `Choose one of: ${issue.values.join(', ')}.`,
      }
    case 'custom':
      return customWords(issue.params) ?? { vi: issue.message, en: issue.message }
    default:
      return { vi: 'Giá trị không hợp lệ. Hãy kiểm tra lại mục này.', en: 'Not valid. Check this field.' }
  }
}

function customWords(params: Record<string, unknown> | undefined): Words | null {
  const words = params?.words
  return words && typeof words === 'object' && 'vi' in words && 'en' in words ? (words as Words) : null
}
