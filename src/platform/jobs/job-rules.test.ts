import { describe, expect, it } from 'vitest'
import { refuse } from '../http/refusal.ts'
import { failureText, failureWords } from './job-failure.ts'
import { cronItems, localDigest } from './job-schedule.ts'

describe('a schedule is read in Asia/Ho_Chi_Minh', () => {
  const rows = [
    [
      'the evening in UTC is the next morning',
      '2022-12-31T20:15:00Z',
      { min: 15, hour: 3, date: 1, month: 1, dow: 0 },
    ],
    ['noon stays the same day', '2022-08-30T05:00:00Z', { min: 0, hour: 12, date: 30, month: 8, dow: 2 }],
    ['the leap day is there', '2024-02-28T18:00:00Z', { min: 0, hour: 1, date: 29, month: 2, dow: 4 }],
    ['and in other years it is not', '2023-02-28T18:00:00Z', { min: 0, hour: 1, date: 1, month: 3, dow: 3 }],
  ] as const
  it.each(rows)('%s', (_, instant, local) => {
    const at = new Date(instant)
    const digest = {
      min: at.getUTCMinutes(),
      hour: at.getUTCHours(),
      date: at.getUTCDate(),
      month: at.getUTCMonth() + 1,
      dow: at.getUTCDay(),
    }
    expect(localDigest(digest, at.getTime() + 60_000)).toEqual(local)
  })

  const job = (schedule: string) => ({
    name: 'testing.nightly',
    title: { vi: 'Thử', en: 'Test' },
    schedule,
    run: async () => {},
  })

  it('3:15 in Viet Nam is 20:15 in UTC', () => {
    const [item] = cronItems([job('15 3 * * *')], () => 8)
    const digest = { date: 10, month: 6, dow: 3 }
    expect(item?.match({ ...digest, min: 15, hour: 20 })).toBe(true)
    expect(item?.match({ ...digest, min: 15, hour: 3 })).toBe(false)
  })

  it('a schedule that is no crontab stops the start, naming the job', () => {
    expect(() => cronItems([job('every night')], () => 8)).toThrow(/testing\.nightly.*crontab/)
  })
})

describe('why a job failed', () => {
  const caught = (run: () => unknown): unknown => {
    try {
      return run()
    } catch (error) {
      return error
    }
  }

  it('a refusal keeps its own sentence in both languages', () => {
    const refusal = caught(() =>
      refuse('testing.no', { vi: 'Chưa có số điện thoại.', en: 'No phone number.' }),
    )
    expect(failureWords(failureText('testing.no', refusal))).toEqual({
      vi: 'Chưa có số điện thoại.',
      en: 'No phone number.',
    })
  })

  it('a busy database is told in words', () => {
    const words = failureWords(
      failureText('testing.busy', Object.assign(new Error('x'), { code: 'ECONNREFUSED' })),
    )
    expect(words?.vi).toBe('Máy chủ đang bận, chưa ghi gì. Hãy thử lại sau ít phút.')
  })

  it('a text that the queue wrote itself is shown as it is', () => {
    expect(failureWords('Forced worker shutdown')).toEqual({
      vi: 'Forced worker shutdown',
      en: 'Forced worker shutdown',
    })
    expect(failureWords(null)).toBeNull()
  })
})
