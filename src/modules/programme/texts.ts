export const vi = {
  statuses: {
    exceeded: 'vượt',
    met: 'đạt',
    on_course: 'đúng tiến độ',
    late: 'chậm',
    not_met: 'không đạt',
    not_captured: 'chưa có số liệu',
  },
  directions: { at_least: 'Ít nhất', at_most: 'Nhiều nhất', exactly: 'Đúng bằng' },
  assumption: 'Mức này là giả định (≈)',
}

export const en: typeof vi = {
  statuses: {
    exceeded: 'exceeded',
    met: 'met',
    on_course: 'on course',
    late: 'late',
    not_met: 'not met',
    not_captured: 'not captured',
  },
  directions: { at_least: 'At least', at_most: 'At most', exactly: 'Exactly' },
  assumption: 'This level is an assumption (≈)',
}
