import { refuseField } from '../http/refusal.ts'
import type { Known } from './known.ts'

/** What an answer was read in: epoch of transaction numbers, hour of the product, snapshot. */
export type Seen = { epoch: number; hour: number; snapshot: string; xmax: bigint }

const shape = /^(\d{1,9})\.(\d{1,9})\.((\d{1,18}):(\d{1,18}):((?:\d{1,18}(?:,\d{1,18})*)?))$/

/** Reads `seen` as an answer carried it; null where it is no such thing, so that PostgreSQL never sees one it refuses. */
export function parseSeen(text: string): Seen | null {
  const [, epoch = '', hour = '', snapshot = '', xmin = '', xmax = '', running = ''] = shape.exec(text) ?? []
  if (snapshot === '') return null
  const numbers = running === '' ? [] : running.split(',').map(BigInt)
  const [low, high] = [BigInt(xmin), BigInt(xmax)]
  const inOrder = numbers.every(
    (one, at) => one >= low && one < high && (at === 0 || one > (numbers[at - 1] ?? 0n)),
  )
  if (low < 1n || low > high || !inOrder) return null
  return { epoch: Number(epoch), hour: Number(hour), snapshot, xmax: high }
}

/** What had been written when an answer was read; refuses what no answer of this installation can have carried. */
export function knownSince(
  since: string,
  current: string,
): Omit<NonNullable<Known>, 'mapChanged'> & { hour: number } {
  const then = parseSeen(since)
  const now = parseSeen(current)
  if (
    then === null ||
    now === null ||
    then.hour > now.hour + 24 ||
    (then.epoch === now.epoch && then.xmax > now.xmax)
  ) {
    refuseField('measures.seen_not_understood', 'since', {
      vi: 'Không đọc được lần xem trước. Hãy mở lại trang để xem số liệu hiện nay.',
      en: 'What was seen before cannot be read. Open the page again to see the figures of now.',
    })
  }
  if (then.epoch !== now.epoch) {
    refuseField('measures.seen_long_ago', 'since', {
      vi: 'Lần xem trước đã quá lâu: từ đó máy chủ đã được khôi phục hoặc chuyển sang máy khác, nên không so được. Hãy mở lại trang.',
      en: 'That was too long ago: the server has been restored or moved since, so there is nothing to compare with. Open the page again.',
    })
  }
  return { at: '', epoch: then.epoch, seen: then.snapshot, hour: then.hour }
}
