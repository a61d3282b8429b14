import { Refusal } from './refusal.ts'

/** Errors of the database that are a "no" and not a fault: lost rights, a clash with another's write, a full disk. */
export function databaseRefusal(error: unknown): Refusal | null {
  const code = error && typeof error === 'object' && 'code' in error ? String(error.code) : ''
  if (isLostConnection(code, error)) return connectionLost()
  switch (code) {
    case '42501':
      return new Refusal(
        'access.outside_scope',
        {
          vi: 'Việc này nằm ngoài đơn vị được giao cho anh/chị nên chưa ghi gì. Hãy chọn đơn vị của mình hoặc hỏi người quản trị.',
          en: 'This lies outside the units given to you; nothing was written. Choose a unit of your own or ask the administrator.',
        },
        { status: 403 },
      )
    case '23505':
    case '23P01':
      return new Refusal(
        'http.already_there',
        {
          vi: 'Nội dung này đã có rồi (có thể người khác vừa ghi). Hãy tải lại trang để xem bản mới nhất.',
          en: 'This is there already, perhaps just written by somebody else. Reload the page to see the latest.',
        },
        { status: 409 },
      )
    case '23503':
    case '23514':
    case '22P02':
    case '22P05':
    case '22003':
    case '22007':
    case '22008':
    case '22021':
      return new Refusal(
        'http.invalid',
        {
          vi: 'Có giá trị không hợp lệ hoặc trỏ tới nội dung không còn. Hãy kiểm tra lại rồi gửi.',
          en: 'A value is not valid, or points at something that is no longer there. Check it and send again.',
        },
        { status: 400 },
      )
    case '40001':
    case '40P01':
    case '55P03':
    case '25006':
    case '53100':
    case '53200':
    case '53300':
    case '57P03':
    case '58030':
    case 'ECONNREFUSED':
    case 'ENOENT':
    case 'ENOSPC':
      return new Refusal(
        'http.try_again',
        {
          vi: 'Máy chủ đang bận, chưa ghi gì. Hãy thử lại sau ít phút.',
          en: 'The server is busy and wrote nothing. Try again shortly.',
        },
        { status: 503 },
      )
    default:
      return null
  }
}

// What the driver says, without a code, when the database's process at the other end died.
const broken = /^(Connection terminated|Client (was closed|has encountered a connection error))/

function isLostConnection(code: string, error: unknown): boolean {
  return (
    /^(08...|57P01|57P02|57P05|ECONNRESET|EPIPE)$/.test(code) ||
    (error instanceof Error && broken.test(error.message))
  )
}

/** Unlike the refusals above this one promises nothing: where the answer to a commit was lost, the commit may have held. */
function connectionLost(): Refusal {
  return new Refusal(
    'http.connection_lost',
    {
      vi: 'Kết nối với cơ sở dữ liệu vừa bị ngắt. Hãy tải lại trang, xem việc vừa làm đã được ghi chưa, rồi thử lại.',
      en: 'The connection to the database was lost. Reload the page, see whether what you did was recorded, and try again.',
    },
    { status: 503 },
  )
}
