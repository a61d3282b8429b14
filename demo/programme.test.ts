import { describe, expect, it } from 'vitest'
import { demoAccounts } from './accounts.ts'
import { demoWorkingOn } from './fictional.ts'
import { demoFields, demoPlan, demoTargets } from './programme.ts'
import { membersOfSample, sampleImport } from './sample-import.ts'
import { demoTeams } from './teams.ts'
import { demoUnit, demoUnits, liesIn, vanChanCode } from './units.ts'

const teams = demoTeams()

const plain = (text: string) =>
  text.normalize('NFD').replace(/\p{M}/gu, '').replace(/đ/giu, 'd').toLowerCase()

describe('the targets of the demo', () => {
  const targets = demoTargets()

  it('stand in the six fields, on units that exist, with a path that ends at the end value', () => {
    expect(demoFields).toHaveLength(6)
    const fields = new Set(demoFields.map((field) => field.key))
    expect(new Set(targets.map((target) => target.fieldKey))).toEqual(fields)
    expect(new Set(targets.map((target) => target.key)).size).toBe(targets.length)
    for (const target of targets) {
      expect(target.planKey).toBe(demoPlan.key)
      expect(demoUnit(target.unitCode).code).toBe(target.unitCode)
      expect(demoUnit(target.responsible.unitCode).code).toBe(target.responsible.unitCode)
      expect(target.path.at(-1)).toEqual({ dueOn: demoPlan.endsOn, value: target.endValue })
      const values = target.path.map((point) => point.value)
      expect(values).toEqual([...values].sort((a, b) => a - b))
    }
  })

  it('give each commune three to five targets of its own and leave some without a measure', () => {
    for (const unit of demoUnits.filter(
      (each) => each.parentCode === vanChanCode && each.code.startsWith('04'),
    )) {
      const count = targets.filter(
        (target) => target.unitCode === unit.code && !unit.code.includes('.'),
      ).length
      expect(count).toBeGreaterThanOrEqual(3)
      expect(count).toBeLessThanOrEqual(5)
    }
    expect(targets.filter((target) => target.measure === null).length).toBeGreaterThan(2)
  })

  it('name one person for each position', () => {
    const positions = new Map(
      targets.map((target) => [target.responsible.position, target.responsible.fullName]),
    )
    expect(new Set(targets.map((target) => Object.values(target.responsible).join())).size).toBe(
      positions.size,
    )
  })
})

describe('the accounts and the sample import', () => {
  it('give every role an account in an existing unit', () => {
    const accounts = demoAccounts()
    expect(new Set(accounts.map((account) => account.role)).size).toBe(6)
    expect(new Set(accounts.map((account) => account.loginName)).size).toBe(accounts.length)
    expect(new Set(accounts.map((account) => account.displayName)).size).toBe(accounts.length)
    for (const account of accounts) expect(demoUnit(account.unitCode).code).toBe(account.unitCode)
  })

  it('bring people who are new in Nậm Búng into teams that exist by then', () => {
    const known = teams.flatMap((team) => (liesIn(team.unitCode, '04633') ? team.members : []))
    const names = new Set(known.map((member) => plain(member.fullName)))
    for (const member of membersOfSample) {
      expect(names.has(plain(member.fullName))).toBe(false)
      const team = teams.find((candidate) => candidate.key === `village:${member.unitCode}`)
      expect(team !== undefined && team.formedOn < member.joinedOn && member.joinedOn <= demoWorkingOn).toBe(
        true,
      )
    }
  })

  it('hold three mistakes, and every other row stands for a member', () => {
    const sheet = sampleImport()
    const people = sheet.rows.filter((row) => typeof row[0] === 'number')
    expect(sheet.mistakes.size).toBe(3)
    expect(people.length - sheet.mistakes.size).toBe(membersOfSample.length)
    expect(sheet.rows.every((row) => row.length === sheet.header.length)).toBe(true)
    const villages = demoUnits.filter((unit) => unit.parentCode === '04633').map((unit) => plain(unit.name))
    expect(villages).not.toContain(plain('Thôn Khe Tràm'))
  })
})
