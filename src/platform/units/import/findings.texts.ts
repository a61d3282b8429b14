export const vi = {
  title: 'Đơn vị mới có điều chưa khớp',
  lead: (total: string, alone: string) =>
    `${total} đơn vị mới có câu chữ không khớp đơn vị cũ nào; trong đó ${alone} chưa rõ hình thành từ đơn vị cũ nào. Không số liệu nào sai vì điều này: chỉ là chưa ai nói câu chữ đó nghĩa là gì.`,
  progress: (settled: string, all: string) => `Đã xem ${settled} trong ${all} đơn vị mới có điều chưa khớp`,
  allSettled: 'Đã xem hết các đơn vị mới có điều chưa khớp',
  says: 'Danh mục viết',
  noMatch: (words: string) => `«${words}» – không khớp đơn vị cũ nào`,
  alone: 'Không đơn vị cũ nào được biết là đã về đơn vị này.',
  what: 'Việc cần làm',
  whatAlone:
    'Thường là đặc khu lập từ một huyện đảo không có xã: khi đó không có đơn vị cũ nào. Nếu trước đây ở đó có đơn vị cũ, hãy lập đơn vị cũ ấy ở trang «Đơn vị» rồi ghi thay đổi.',
  whatWords:
    'Nếu đó là tên viết khác của một đơn vị cũ, hãy chỉ ra đơn vị cũ ấy ở danh sách liên kết. Nếu đó không phải đơn vị hành chính (trường bắn, bãi bồi…), hãy xác nhận là không có đơn vị cũ.',
  maybe: 'Đơn vị cũ chưa rõ, có thể là đơn vị này:',
  find: (name: string, code: string) => `${name} (${code})`,
  linked: (names: string) => `Đã có người xác nhận về đây: ${names}.`,
  none: 'Xác nhận: không có đơn vị cũ',
  isLinked: 'Xác nhận: đã chỉ ra đơn vị cũ',
  of: (verb: string, name: string) => `${verb}: ${name}`,
  verdicts: { none: 'Không có đơn vị cũ nào đứng sau câu chữ này.', linked: 'Đơn vị cũ đã được chỉ ra.' },
  done: (name: string) => `Đã ghi nhận về ${name}`,
  takenBack: (name: string) => `${name} lại chờ người xem`,
}

export const en: typeof vi = {
  title: 'New units with something that matches nothing',
  lead: (total, alone) =>
    `The rows of ${total} new units have words that match no old unit; of ${alone} of them no old unit is known at all. No figure is wrong for it: nobody has said yet what the words mean.`,
  progress: (settled, all) => `Looked at: ${settled} of ${all} new units with something that matches nothing`,
  allSettled: 'All new units with something that matches nothing have been looked at',
  says: 'The list says',
  noMatch: (words) => `“${words}” – matches no old unit`,
  alone: 'Of no old unit is it known that it went to this one.',
  what: 'What to do',
  whatAlone:
    'Mostly a special zone made of an island district without communes: then there is no old unit. If there was one, add it on the page “Units” and record the change.',
  whatWords:
    'If the words are another spelling of an old unit, say so in the list of links. If they are no administrative unit (a firing range, a mud flat), settle that there is no old unit.',
  maybe: 'Old units not known yet that may be meant:',
  find: (name, code) => `${name} (${code})`,
  linked: (names) => `Settled as gone here: ${names}.`,
  none: 'Settle: there is no old unit',
  isLinked: 'Settle: the old unit has been named',
  of: (verb, name) => `${verb}: ${name}`,
  verdicts: { none: 'No old unit stands behind these words.', linked: 'The old unit has been named.' },
  done: (name) => `What the list says of ${name} is settled`,
  takenBack: (name) => `${name} waits for a person again`,
}
