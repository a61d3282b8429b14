import { describe, expect, it } from 'vitest'
import { demoAccounts } from './accounts.ts'
import { demoWorkingOn } from './fictional.ts'
import { demoTargets } from './programme.ts'
import { type DemoTeam, demoTeams } from './teams.ts'
import { demoUnit, demoUnits, liesIn, vanChanCode } from './units.ts'

/** What the district published; nothing else in the demo states a total. */
const published = {
  communes: 24,
  villages: 213,
  agencies: 20,
  onAugust30: {
    communeTeams: 24,
    // «Close to 200»: 198 is our reading (≈).
    communeTeamMembers: 198,
    villageTeams: 199,
    villageTeamMembers: 1057,
    communesWithZalo: 24,
    villagesWithZalo: 154,
    clubs: 20,
    clubMembers: 90,
    project06Groups: 0,
  },
  atYearEnd: { communeTeams: 24, villageTeams: 213, villageTeamMembers: 1157, project06Groups: 213 },
} as const

const teams = demoTeams()
const ofVanChan = teams.filter((team) => liesIn(team.unitCode, vanChanCode))

const lasts = (dayOn: string, fromOn: string, untilOn: string | null) =>
  fromOn <= dayOn && (untilOn === null || dayOn < untilOn)

/** Counts row by row, by the dates in the rows alone. */
function countedOn(dayOn: string, rows: readonly DemoTeam[] = ofVanChan) {
  const count = {
    communeTeams: 0,
    communeTeamMembers: 0,
    villageTeams: 0,
    villageTeamMembers: 0,
    communesWithZalo: 0,
    villagesWithZalo: 0,
    clubs: 0,
    clubMembers: 0,
    project06Groups: 0,
  }
  const zalo = new Set<string>()
  for (const team of rows) {
    const exists = lasts(dayOn, team.formedOn, team.dissolvedOn) ? 1 : 0
    const members = team.members.filter((member) => lasts(dayOn, member.joinedOn, member.leftOn)).length
    if (team.kind === 'digital_club') {
      count.clubs += exists
      count.clubMembers += members
    } else if (team.kind === 'project06_group') {
      count.project06Groups += exists
    } else if (team.level === 'commune') {
      count.communeTeams += exists
      count.communeTeamMembers += members
    } else if (team.level === 'village') {
      count.villageTeams += exists
      count.villageTeamMembers += members
    }
    if (team.channels.some((group) => lasts(dayOn, group.openedOn, group.closedOn))) zalo.add(team.unitCode)
  }
  for (const code of zalo) {
    if (demoUnit(code).kind === 'village') count.villagesWithZalo += 1
    else if (code !== vanChanCode) count.communesWithZalo += 1
  }
  return count
}

const plain = (text: string) =>
  text.normalize('NFD').replace(/\p{M}/gu, '').replace(/đ/giu, 'd').toLowerCase()

describe('the units of the demo', () => {
  const within = demoUnits.filter((unit) => liesIn(unit.code, vanChanCode))

  it('are the 24 communes, 213 villages and 20 agencies of Văn Chấn', () => {
    const communes = within.filter((unit) => unit.kind === 'commune' || unit.kind === 'township')
    expect(communes).toHaveLength(published.communes)
    expect(communes.filter((unit) => unit.kind === 'township')).toHaveLength(3)
    expect(communes.every((unit) => /^04\d{3}$/.test(unit.code))).toBe(true)
    expect(within.filter((unit) => unit.kind === 'village')).toHaveLength(published.villages)
    expect(within.filter((unit) => unit.kind === 'office')).toHaveLength(published.agencies)
  })

  it('have codes of their own and come after their parents', () => {
    const seen = new Set<string>()
    for (const unit of demoUnits) {
      expect(seen.has(unit.code)).toBe(false)
      if (unit.parentCode) expect(seen.has(unit.parentCode)).toBe(true)
      seen.add(unit.code)
    }
  })

  it('bear no name twice in one parent, not even when typed without accents', () => {
    const names = demoUnits.map((unit) => `${unit.parentCode} ${plain(unit.name)}`)
    expect(new Set(names).size).toBe(names.length)
  })

  it('say of each village name whether it is ours or where it was read', () => {
    for (const unit of demoUnits) expect(unit.nameIsOurs).toBe(unit.nameSource === null)
    expect(demoUnit('04387.01')).toMatchObject({
      name: 'Thôn Khe Bành',
      nameIsOurs: false,
      parentCode: '04387',
    })
    expect(liesIn('04387.01', vanChanCode)).toBe(false)
  })
})

describe('the teams of the demo', () => {
  it('count on 30 August 2022 as the district published', () => {
    expect(countedOn('2022-08-30')).toEqual(published.onAugust30)
  })

  it('count at the end of 2022 as the district published', () => {
    expect(countedOn('2022-12-31')).toMatchObject(published.atYearEnd)
  })

  it('count the same whether the last day of a membership is taken in or out', () => {
    for (const dayOn of ['2022-08-30', '2022-12-31']) {
      const before = new Date(Date.parse(dayOn) - 86_400_000).toISOString().slice(0, 10)
      expect(countedOn(before)).toEqual(countedOn(dayOn))
    }
  })

  it('lost and gained people in between: who left is still in the rows', () => {
    const gone = ofVanChan.flatMap((team) => team.members).filter((member) => member.leftOn !== null)
    expect(gone.length).toBeGreaterThan(30)
    expect(gone.every((member) => member.leftReason !== null)).toBe(true)
  })

  it('exist and have their people, groups and activities in a possible order of days', () => {
    for (const team of teams) {
      expect(team.decisionOn <= team.formedOn).toBe(true)
      expect(team.formedOn >= '2022-03-01' && team.formedOn <= demoWorkingOn).toBe(true)
      for (const member of team.members) {
        expect(member.joinedOn >= team.formedOn).toBe(true)
        if (member.leftOn)
          expect(member.leftOn > member.joinedOn && member.leftOn <= demoWorkingOn).toBe(true)
        if (team.dissolvedOn) expect(member.leftOn).toBe(team.dissolvedOn)
      }
      for (const group of team.channels) {
        expect(group.openedOn >= team.formedOn).toBe(true)
        if (group.closedOn) expect(group.closedOn > group.openedOn).toBe(true)
        expect(group.url).toMatch(/^https:\/\/zalo\.me\/g\/demo-/)
      }
      for (const activity of team.activities) {
        expect(lasts(activity.heldOn, team.formedOn, team.dissolvedOn)).toBe(true)
        expect(activity.heldOn <= demoWorkingOn && activity.peopleHelped > 0).toBe(true)
      }
    }
  })

  it('have exactly one head on every day a team exists', () => {
    for (const team of teams) {
      const heads = team.members.filter((member) => member.role === 'head')
      for (const dayOn of [team.formedOn, '2022-08-30', '2022-09-20', '2022-12-31']) {
        if (!lasts(dayOn, team.formedOn, team.dissolvedOn)) continue
        expect(heads.filter((head) => lasts(dayOn, head.joinedOn, head.leftOn))).toHaveLength(1)
      }
    }
  })

  it('have about 400 activities from March to December, some with a picture', () => {
    const activities = ofVanChan.flatMap((team) => team.activities)
    expect(activities.length).toBeGreaterThan(350)
    expect(activities.length).toBeLessThan(450)
    expect(new Set(activities.map((activity) => activity.heldOn.slice(0, 7))).size).toBe(10)
    expect(activities.filter((activity) => activity.hasPhoto).length).toBeGreaterThan(5)
  })

  it('have keys, decision numbers and Zalo links of their own', () => {
    expect(new Set(teams.map((team) => team.key)).size).toBe(teams.length)
    const links = teams.flatMap((team) => team.channels.map((group) => group.url))
    expect(new Set(links).size).toBe(links.length)
    const decisions = teams.map((team) => `${team.unitCode.slice(0, 5)} ${team.decisionNo}`)
    expect(new Set(decisions).size).toBe(decisions.length)
  })

  it('keep the neighbour out of the figures of Văn Chấn', () => {
    expect(teams.length).toBeGreaterThan(ofVanChan.length)
    const all = countedOn('2022-12-31', teams)
    expect(all.villageTeams).toBe(published.atYearEnd.villageTeams + 1)
  })

  it('are the same in every run', () => {
    expect(demoTeams()).toEqual(teams)
    expect(demoTargets()).toEqual(demoTargets())
    expect(demoAccounts()).toEqual(demoAccounts())
  })
})

describe('the people of the demo', () => {
  const rows = teams
    .filter((team) => team.kind !== 'project06_group')
    .flatMap((team) => team.members.map((member) => ({ ...member, place: team.unitCode.slice(0, 5) })))

  it('share no telephone, and all numbers are of the demo block', () => {
    const phones = rows.flatMap((row) => row.phone ?? [])
    expect(new Set(phones).size).toBe(phones.length)
    expect(phones.every((phone) => /^090000[0-8]\d{3}$/.test(phone))).toBe(true)
  })

  it('share no name within a commune; names are in composed Unicode', () => {
    const inCommunes = rows
      .filter((row) => row.place.startsWith('04'))
      .map((row) => `${row.place} ${row.fullName}`)
    expect(new Set(inCommunes).size).toBe(inCommunes.length)
    expect(rows.every((row) => row.fullName === row.fullName.normalize('NFC'))).toBe(true)
  })

  it('lead the Project 06 group of a village if they lead its community team', () => {
    for (const group of teams.filter((team) => team.kind === 'project06_group')) {
      const team = teams.find((candidate) => candidate.key === group.key.replace('project06', 'village'))
      const head = team?.members.find((member) => member.role === 'head' && member.leftOn === null)
      expect(group.members.map((member) => member.phone)).toEqual([head?.phone])
    }
  })
})

describe('the figures against the targets of the demo', () => {
  it('are a sensible mix at the end of the year: exceeded, met and not met', () => {
    const counted = countedOn('2022-12-31')
    const end = (measure: string) =>
      demoTargets().find((target) => target.unitCode === vanChanCode && target.measure === measure)
        ?.endValue ?? Number.NaN
    expect(counted.villageTeamMembers).toBeGreaterThan(end('teams.village_team_members'))
    expect(counted.communeTeamMembers).toBeGreaterThan(end('teams.commune_team_members'))
    expect(counted.project06Groups).toBe(end('teams.project06_groups'))
    expect(counted.clubs).toBe(end('teams.digital_clubs'))
    expect(counted.villagesWithZalo * 100).toBeLessThan(end('teams.villages_with_zalo') * published.villages)
    const helped = ofVanChan
      .flatMap((team) => team.activities)
      .reduce((sum, each) => sum + each.peopleHelped, 0)
    expect(helped).toBeLessThan(end('teams.people_helped'))
  })
})
