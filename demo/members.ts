import type { PeopleRegister } from './people.ts'
import { dayAfter, type RandomStream, someDay } from './random.ts'
import type { DemoMember } from './team-types.ts'

/** Nobody joins or leaves on the reported days themselves, so a day counted as in or out cannot change a figure. */
export const settledBeforeAugustReportOn = '2022-08-26'
export const movesAgainFromOn = '2022-09-05'
export const settledBeforeYearEndOn = '2022-12-27'

const reasons = [
  'Chuyển nơi ở',
  'Đi làm ăn xa',
  'Xin nghỉ vì việc gia đình',
  'Chuyển công tác',
  'Sức khỏe không bảo đảm',
] as const

type Staffing = {
  readonly communeCode: string
  readonly formedOn: string
  /** Members on 30 August 2022; null for a team formed after it. */
  readonly inAugust: number | null
  readonly atYearEnd: number
  readonly headLeavesOn: string | null
}

/**
 * The people of one team over the year. Those who leave are ended and their successors are rows of their own, so that
 * the number on either reported day comes out of the dates. Refuses a team that would shrink.
 */
export function staff(random: RandomStream, people: PeopleRegister, team: Staffing): DemoMember[] {
  const founders = team.inAugust ?? team.atYearEnd
  const joiners = team.atYearEnd - founders
  if (joiners < 0) throw new Error('A team of the demo may grow but not shrink')
  const someone = (role: DemoMember['role'], joinedOn: string): DemoMember => ({
    ...people.person(random, team.communeCode, role === 'member' ? 0.9 : 1),
    role,
    joinedOn,
    leftOn: null,
    leftReason: null,
  })
  const leave = (member: DemoMember, leftOn: string): DemoMember => ({
    ...member,
    leftOn,
    leftReason: random.pick(reasons),
  })

  const members: DemoMember[] = []
  for (let index = 0; index < founders; index += 1) {
    members.push(someone(index === 0 ? 'head' : index === 1 ? 'deputy' : 'member', team.formedOn))
  }
  if (team.inAugust !== null) replaceEarly()
  if (team.inAugust !== null) replaceLate()
  if (team.headLeavesOn) {
    const [head] = members
    if (head) members[0] = leave(head, team.headLeavesOn)
    members.push(someone('head', team.headLeavesOn))
  }
  for (let index = 0; index < joiners; index += 1) {
    members.push(someone('member', someDay(random, movesAgainFromOn, settledBeforeYearEndOn)))
  }
  return members

  function replaceEarly(): void {
    const earliestOn = dayAfter(team.formedOn, 20)
    const lastMember = members.at(-1)
    if (earliestOn > '2022-08-10' || lastMember?.role !== 'member' || !random.chance(0.15)) return
    const leftOn = someDay(random, earliestOn, '2022-08-19')
    members[members.length - 1] = leave(lastMember, leftOn)
    members.push(someone('member', someDay(random, leftOn, settledBeforeAugustReportOn)))
  }

  function replaceLate(): void {
    const lastMember = members.at(-1)
    if (lastMember?.role !== 'member' || !random.chance(0.15)) return
    const leftOn = someDay(random, movesAgainFromOn, '2022-12-16')
    members[members.length - 1] = leave(lastMember, leftOn)
    members.push(someone('member', someDay(random, leftOn, settledBeforeYearEndOn)))
  }
}
