import { activitiesOf } from './activities.ts'
import { movesAgainFromOn, settledBeforeAugustReportOn, settledBeforeYearEndOn, staff } from './members.ts'
import { type PeopleRegister, peopleRegister } from './people.ts'
import { dayAfter, type RandomStream, randomStream, someDay, someWorkingDay } from './random.ts'
import { type CommuneSizes, sizeOfDistrictTeam, sizesOfClubs, sizesOfCommunes } from './team-sizes.ts'
import type { DemoChannel, DemoTeam } from './team-types.ts'
import { communesOf, type DemoUnit, demoUnit, officesOf, vanChanCode, villagesOf } from './units.ts'

export type { DemoActivity, DemoActivityKind, DemoChannel, DemoMember, DemoTeam } from './team-types.ts'

/** A team before its decision has a number: numbers are given out in the order of the days, per issuing committee. */
type Draft = Omit<DemoTeam, 'decisionNo'> & { readonly issuedBy: string }

const districtSeat = '04672'

function lowerFirst(name: string): string {
  return name.charAt(0).toLocaleLowerCase('vi') + name.slice(1)
}

function laterOf(oneOn: string, otherOn: string): string {
  return oneOn > otherOn ? oneOn : otherOn
}

function zaloGroup(
  unitCode: string,
  openedOn: string,
  closedOn: string | null = null,
  edition = '',
): DemoChannel {
  const url = `https://zalo.me/g/demo-${unitCode.replace('.', '-')}${edition}`
  return { kind: 'zalo', url, openedOn, closedOn }
}

/** A group by 30 August; a few lost their first link and opened another the same day. */
function zaloInAugust(random: RandomStream, unitCode: string, formedOn: string): DemoChannel[] {
  const openedOn = someDay(random, formedOn, settledBeforeAugustReportOn)
  if (openedOn > '2022-07-15' || !random.chance(0.1)) return [zaloGroup(unitCode, openedOn)]
  const changedOn = someDay(random, dayAfter(openedOn, 10), settledBeforeAugustReportOn)
  return [zaloGroup(unitCode, openedOn, changedOn), zaloGroup(unitCode, changedOn, null, '-2')]
}

function communeTeam(people: PeopleRegister, commune: DemoUnit, sizes: CommuneSizes): Draft {
  const key = `commune:${commune.code}`
  const random = randomStream(key)
  const formedOn = someWorkingDay(random, '2022-03-21', '2022-05-20')
  return {
    key,
    fictional: true,
    unitCode: commune.code,
    level: 'commune',
    kind: 'community_team',
    name: `Tổ công nghệ số cộng đồng ${lowerFirst(commune.name)}`,
    formedOn,
    dissolvedOn: null,
    issuedBy: commune.code,
    decisionOn: formedOn,
    members: staff(random, people, {
      communeCode: commune.code,
      formedOn,
      inAugust: sizes.communeTeamInAugust,
      atYearEnd: sizes.communeTeamAtYearEnd,
      headLeavesOn: null,
    }),
    channels: [zaloGroup(commune.code, someDay(random, formedOn, dayAfter(formedOn, 10)))],
    activities: activitiesOf(random, {
      formedOn,
      times: random.whole(3, 5),
      leastHelped: 20,
      mostHelped: 80,
    }),
  }
}

function villageTeam(
  people: PeopleRegister,
  village: DemoUnit,
  sizes: CommuneSizes,
  communeFormedOn: string,
): Draft {
  const key = `village:${village.code}`
  const random = randomStream(key)
  const place = Number(village.code.slice(-2)) - 1
  const communeCode = village.code.slice(0, 5)
  const inAugust = Number(sizes.villageTeamsInAugust.charAt(place)) || null
  const zalo = sizes.zaloOfVillages.charAt(place)
  const formedOn = inAugust
    ? someWorkingDay(random, communeFormedOn, '2022-08-19')
    : someWorkingDay(random, movesAgainFromOn, '2022-12-09')
  return {
    key,
    fictional: true,
    unitCode: village.code,
    level: 'village',
    kind: 'community_team',
    name: `Tổ công nghệ số cộng đồng ${lowerFirst(village.name)}`,
    formedOn,
    dissolvedOn: null,
    issuedBy: communeCode,
    decisionOn: formedOn,
    members: staff(random, people, {
      communeCode,
      formedOn,
      inAugust,
      atYearEnd: Number(sizes.villageTeamsAtYearEnd.charAt(place)),
      headLeavesOn: inAugust && random.chance(0.03) ? someDay(random, '2022-09-12', '2022-09-28') : null,
    }),
    channels:
      zalo === 'a'
        ? zaloInAugust(random, village.code, formedOn)
        : zalo === 'b'
          ? [
              zaloGroup(
                village.code,
                someDay(random, laterOf(formedOn, movesAgainFromOn), settledBeforeYearEndOn),
              ),
            ]
          : [],
    activities: activitiesOf(random, { formedOn, times: random.whole(1, 2), leastHelped: 8, mostHelped: 45 }),
  }
}

/**
 * The Project 06 group of a village: only its head is written down, who is the head of the village's community team on
 * that day (in life the village head leads both). Its people are members of this group, never of the community team.
 */
function project06Group(village: DemoUnit, team: Draft): Draft {
  const key = `project06:${village.code}`
  const random = randomStream(key)
  const formedOn = someWorkingDay(random, laterOf(team.formedOn, '2022-10-03'), '2022-12-23')
  const heads = team.members.filter((member) => member.role === 'head' && member.leftOn === null)
  return {
    key,
    fictional: true,
    unitCode: village.code,
    level: 'village',
    kind: 'project06_group',
    name: `Tổ công tác Đề án 06 ${lowerFirst(village.name)}`,
    formedOn,
    dissolvedOn: null,
    issuedBy: team.issuedBy,
    decisionOn: formedOn,
    members: heads.map((head) => ({ ...head, joinedOn: formedOn })),
    channels: [],
    activities: [],
  }
}

function clubs(people: PeopleRegister): Draft[] {
  return officesOf(vanChanCode).flatMap((office, place) => {
    const key = `club:${office.code}`
    const random = randomStream(key)
    const club = (ending: string, formedOn: string, dissolvedOn: string | null): Draft => {
      const members = staff(random, people, {
        communeCode: districtSeat,
        formedOn,
        inAugust: Number(sizesOfClubs.inAugust.charAt(place)),
        atYearEnd: Number(sizesOfClubs[dissolvedOn ? 'inAugust' : 'atYearEnd'].charAt(place)),
        headLeavesOn: null,
      })
      return {
        key: key + ending,
        fictional: true,
        unitCode: office.code,
        level: 'office',
        kind: 'digital_club',
        name: `Câu lạc bộ số ${office.name}`,
        formedOn,
        dissolvedOn,
        issuedBy: vanChanCode,
        decisionOn: formedOn,
        members: dissolvedOn
          ? members
              .filter((member) => member.joinedOn === formedOn)
              .map((member) => ({
                ...member,
                leftOn: dissolvedOn,
                leftReason: 'Câu lạc bộ giải thể để lập lại',
              }))
          : members,
        channels: [],
        activities: activitiesOf(random, {
          formedOn,
          endsOn: dissolvedOn,
          times: 1,
          leastHelped: 5,
          mostHelped: 20,
        }),
      }
    }
    // The fourth agency's first club was dissolved and formed anew: an ended stock among the living ones.
    if (place === 3) return [club(':first', '2022-04-12', '2022-06-15'), club('', '2022-06-20', null)]
    return [club('', someWorkingDay(random, '2022-05-04', '2022-07-29'), null)]
  })
}

function districtTeam(people: PeopleRegister): Draft {
  const key = `district:${vanChanCode}`
  const random = randomStream(key)
  const formedOn = '2022-03-10'
  return {
    key,
    fictional: true,
    unitCode: vanChanCode,
    level: 'district',
    kind: 'community_team',
    name: 'Tổ cộng tác viên chuyển đổi số huyện Văn Chấn',
    formedOn,
    dissolvedOn: null,
    issuedBy: vanChanCode,
    decisionOn: formedOn,
    members: staff(random, people, {
      communeCode: districtSeat,
      formedOn,
      inAugust: sizeOfDistrictTeam,
      atYearEnd: sizeOfDistrictTeam,
      headLeavesOn: null,
    }),
    channels: [zaloGroup(vanChanCode, '2022-03-14')],
    activities: activitiesOf(random, { formedOn, times: 6, leastHelped: 30, mostHelped: 90 }),
  }
}

function teamsOfCommune(people: PeopleRegister, commune: DemoUnit, sizes: CommuneSizes): Draft[] {
  const upper = communeTeam(people, commune, sizes)
  const villages = villagesOf(commune.code)
  const lower = villages.map((village) => villageTeam(people, village, sizes, upper.formedOn))
  const groups = villages.flatMap((village, place) => {
    const team = lower[place]
    return team ? [project06Group(village, team)] : []
  })
  return [upper, ...lower, ...groups]
}

/** The neighbour's one commune team and one village team (sizes ours). */
const neighbourSizes: CommuneSizes = {
  communeTeamInAugust: 9,
  communeTeamAtYearEnd: 9,
  villageTeamsInAugust: '7',
  villageTeamsAtYearEnd: '8',
  zaloOfVillages: 'a',
}

function numbered(drafts: readonly Draft[]): DemoTeam[] {
  const lastNumber = new Map<string, number>()
  const numberOf = new Map<string, string>()
  const inOrder = [...drafts].sort((a, b) => (a.decisionOn + a.key < b.decisionOn + b.key ? -1 : 1))
  for (const draft of inOrder) {
    const random = randomStream(`decision:${draft.key}`)
    const number = (lastNumber.get(draft.issuedBy) ?? 20) + random.whole(1, 3)
    lastNumber.set(draft.issuedBy, number)
    numberOf.set(draft.key, `${number}/QĐ-UBND`)
  }
  return drafts.map(({ issuedBy: _issuedBy, ...team }) => ({
    ...team,
    decisionNo: numberOf.get(team.key) ?? '',
  }))
}

/** Every team of the demo with its people, groups and activities; the same rows at every call. */
export function demoTeams(): DemoTeam[] {
  const people = peopleRegister()
  const communes = communesOf(vanChanCode).flatMap((commune) => {
    const sizes = sizesOfCommunes[commune.code]
    if (!sizes) throw new Error(`No team sizes for ${commune.name}`)
    return teamsOfCommune(people, commune, sizes)
  })
  const neighbour = teamsOfCommune(people, demoUnit('04387'), neighbourSizes)
  return numbered([districtTeam(people), ...communes, ...clubs(people), ...neighbour])
}
