/**
 * How large the teams were on the two days the district reported, one digit a village (0: no team yet), in the order of
 * the villages' numbers. No source breaks the district's figures down to villages: the breakdown is ours (≈), and only
 * its sums agree with what was published.
 *
 * Zalo groups: `a` open by 30 August, `b` opened between then and the end of the year, `-` none in 2022.
 */
export type CommuneSizes = {
  readonly communeTeamInAugust: number
  readonly communeTeamAtYearEnd: number
  readonly villageTeamsInAugust: string
  readonly villageTeamsAtYearEnd: string
  readonly zaloOfVillages: string
}

const rows = [
  ['04621', 8, 8, '6755564', '6755564', 'aaaa--a'], // Thị trấn Nông trường Liên Sơn
  ['04627', 9, 9, '565655654', '565655664', 'aaaaaabba'], // Thị trấn Nông trường Trần Phú
  ['04630', 9, 9, '54765555', '54765555', 'aaaaaaaa'], // Xã Tú Lệ
  ['04633', 8, 9, '44605545', '44655546', 'abab--a-'], // Xã Nậm Búng
  ['04636', 9, 10, '5555565545', '5656565545', 'ab-aabaaaa'], // Xã Gia Hội
  ['04639', 8, 9, '40504', '55554', 'ab--b'], // Xã Sùng Đô
  ['04642', 9, 10, '505650', '565655', 'ab----'], // Xã Nậm Mười
  ['04645', 9, 9, '47670505', '47685545', 'baba-ab-'], // Xã An Lương
  ['04648', 9, 10, '6047646', '6547747', '--ababb'], // Xã Nậm Lành
  ['04651', 7, 7, '66654575', '66654586', 'aabaaaa-'], // Xã Sơn Lương
  ['04654', 8, 8, '4056', '4556', '-bab'], // Xã Suối Quyền
  ['04657', 9, 9, '56466550', '56467565', 'aaaaa-ab'], // Xã Suối Giàng
  ['04666', 8, 9, '6540', '6545', '-aab'], // Xã Nghĩa Sơn
  ['04669', 8, 8, '66005', '66555', '-a-b-'], // Xã Suối Bu
  ['04672', 8, 8, '4574674757555', '4584674857566', 'aaaaaaaaaaaaa'], // Thị trấn Sơn Thịnh
  ['04687', 9, 9, '65575577665', '65575587765', 'aabaa-aabaa'], // Xã Đại Lịch
  ['04690', 8, 8, '54655755764', '54655855764', 'aaaaaaaaaaa'], // Xã Đồng Khê
  ['04693', 7, 7, '456055777574576', '456655777674576', 'aba-aababaaaaaa'], // Xã Cát Thịnh
  ['04696', 7, 7, '555455555654', '655455555754', 'abaaaaaaaaaa'], // Xã Tân Thịnh
  ['04699', 9, 9, '56556655456567', '56556655456667', 'aaa-bbaaaaaaaa'], // Xã Chấn Thịnh
  ['04702', 8, 9, '4664744565', '4764744565', 'aaaaaaaaaa'], // Xã Bình Thuận
  ['04705', 7, 8, '4555456646645', '4565466646655', 'baaaaaaaaaaaa'], // Xã Thượng Bằng La
  ['04708', 9, 9, '666556', '666556', 'aaaaaa'], // Xã Minh An
  ['04711', 8, 8, '64566557555', '64567557655', 'baaabaaaaab'], // Xã Nghĩa Tâm
] as const

export const sizesOfCommunes: Readonly<Record<string, CommuneSizes>> = Object.fromEntries(
  rows.map(([code, inAugust, atYearEnd, villagesInAugust, villagesAtYearEnd, zalo]) => [
    code,
    {
      communeTeamInAugust: inAugust,
      communeTeamAtYearEnd: atYearEnd,
      villageTeamsInAugust: villagesInAugust,
      villageTeamsAtYearEnd: villagesAtYearEnd,
      zaloOfVillages: zalo,
    },
  ]),
)

/** Members of the digital clubs, one digit an agency, in the order of the agencies' codes. */
export const sizesOfClubs = { inAugust: '65435555435355354564', atYearEnd: '65436565536455355564' }

/** Members of the district's team of collaborators (the sources give no number: ours). */
export const sizeOfDistrictTeam = 12
