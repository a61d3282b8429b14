import type { Fictional } from './fictional.ts'
import { namedPerson } from './people.ts'
import { demoTeams } from './teams.ts'
import { vanChanCode } from './units.ts'

export type DemoRole =
  | 'leader'
  | 'standing_office'
  | 'commune_officer'
  | 'village_head'
  | 'administrator'
  | 'auditor'

/** Without a password: the loader makes one for each installation. */
export type DemoAccount = Fictional & {
  readonly loginName: string
  readonly displayName: string
  readonly position: string
  readonly role: DemoRole
  readonly unitCode: string
}

const seat = '04672'

/** The village whose head has an account; its team also gains members in the sample import. */
export const villageOfHeadAccount = '04633.01'

const rows = [
  ['lanhdao', 'leader', vanChanCode, seat, 'Phó Chủ tịch Ủy ban nhân dân huyện Văn Chấn'],
  [
    'thuongtruc',
    'standing_office',
    vanChanCode,
    seat,
    'Chuyên viên thường trực Ban Chỉ đạo chuyển đổi số huyện',
  ],
  ['canbo.nambung', 'commune_officer', '04633', '04633', 'Công chức Văn hóa - Xã hội xã Nậm Búng'],
  ['canbo.sonthinh', 'commune_officer', '04672', '04672', 'Công chức Văn hóa - Xã hội thị trấn Sơn Thịnh'],
  ['canbo.chauqueha', 'commune_officer', '04387', '04387', 'Công chức Văn hóa - Xã hội xã Châu Quế Hạ'],
  ['kiemtra', 'auditor', vanChanCode, seat, 'Thanh tra viên Thanh tra huyện'],
  ['quantri', 'administrator', '15', seat, 'Quản trị hệ thống'],
] as const

function headOf(unitCode: string): string {
  const team = demoTeams().find((candidate) => candidate.key === `village:${unitCode}`)
  const head = team?.members.find((member) => member.role === 'head' && member.leftOn === null)
  if (!head) throw new Error(`The community team of ${unitCode} has no head`)
  return head.fullName
}

/** The accounts to try the demo with; the village head is the head of that village's team. */
export function demoAccounts(): DemoAccount[] {
  const officials = rows.map(
    ([loginName, role, unitCode, communeCode, position]): DemoAccount => ({
      loginName,
      fictional: true,
      // The leader is the very vice-chair who answers for a target.
      displayName: namedPerson(
        role === 'leader' ? 'answers:vice-chair' : `account:${loginName}`,
        communeCode,
      ),
      position,
      role,
      unitCode,
    }),
  )
  const villageHead: DemoAccount = {
    loginName: 'truongthon',
    fictional: true,
    displayName: headOf(villageOfHeadAccount),
    position: 'Trưởng thôn Trung Tâm, xã Nậm Búng',
    role: 'village_head',
    unitCode: villageOfHeadAccount,
  }
  return [...officials, villageHead]
}
