import { databaseRefusal } from '../http/database-refusal.ts'
import { Refusal } from '../http/refusal.ts'
import type { Words } from '../part.ts'

const longest = 600

/** What the queue keeps of a failed try: both sentences in one text. Faults of the program are also told the operator. */
export function failureText(jobName: string, error: unknown): string {
  const refusal = error instanceof Refusal ? error : databaseRefusal(error)
  if (!refusal)
    process.stderr.write(`${jobName}\n${error instanceof Error ? (error.stack ?? error) : String(error)}\n`)
  return JSON.stringify(refusal ? refusalWords(refusal) : faultWords(error))
}

/** The text for a job whose process died during its last try. */
export const stoppedMidway = JSON.stringify({
  vi: 'Máy chủ dừng giữa chừng ở lần thử cuối. Hãy cho chạy lại; việc này lặp lại không gây trùng.',
  en: 'The server stopped in the middle of the last try. Retry it; repeating does no harm.',
})

/** Reads what `failureText` wrote; a text from elsewhere is shown as it is. */
export function failureWords(text: string | null): Words | null {
  if (text === null || text === '') return null
  try {
    const { vi, en } = JSON.parse(text) as Partial<Words>
    if (typeof vi === 'string' && typeof en === 'string') return { vi, en }
  } catch {
    // Written by the queue itself.
  }
  return { vi: shortened(text), en: shortened(text) }
}

function refusalWords(refusal: Refusal): Words {
  const fields = refusal.fields.filter((field) => field.message.vi !== refusal.words.vi)
  return {
    vi: shortened([refusal.words.vi, ...fields.map((field) => field.message.vi)].join(' ')),
    en: shortened([refusal.words.en, ...fields.map((field) => field.message.en)].join(' ')),
  }
}

function faultWords(error: unknown): Words {
  const message = shortened(error instanceof Error ? error.message || error.name : String(error))
  return { vi: `Chương trình gặp lỗi: ${message}`, en: `The program failed: ${message}` }
}

function shortened(text: string): string {
  const clean = text.replaceAll('\0', '').trim()
  return clean.length > longest ? `${clean.slice(0, longest)}…` : clean
}
