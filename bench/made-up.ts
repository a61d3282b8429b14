// Members for the load: fictional, each of them new.
const familyNames = ['Bàn', 'Đặng', 'Giàng', 'Hà', 'Hoàng', 'Lò', 'Lý', 'Phùng', 'Triệu', 'Vàng'] as const
const givenNames = ['An', 'Bình', 'Chi', 'Dung', 'Hạnh', 'Khánh', 'Lan', 'Minh', 'Nga', 'Phúc'] as const

/** A person that no other number gives: the telephone is the number. */
export function madeUpPerson(number: number): { fullName: string; phone: string } {
  const digit = (place: number) => Math.floor(number / 10 ** place) % 10
  const family = familyNames[digit(0)]
  const given = givenNames[digit(2)]
  return {
    fullName: `${family} ${givenNames[digit(1)]} ${given}`,
    phone: `09${String(number).padStart(8, '0')}`,
  }
}
