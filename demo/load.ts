import { loadProgramme } from '../src/modules/programme/index.ts'
import { addActivityPhoto, loadTeams } from '../src/modules/teams/index.ts'
import { createAccount, giveGrant, systemActor } from '../src/platform/access/index.ts'
import type { Actor } from '../src/platform/actor/actor.ts'
import { setWorkingDate } from '../src/platform/calendar/index.ts'
import type { Database, Tx } from '../src/platform/db/database.ts'
import { enqueueRecount } from '../src/platform/measures/index.ts'
import { isFirstStart } from '../src/platform/session/index.ts'
import { createUnits, rootId } from '../src/platform/units/index.ts'
import { demoAccounts } from './accounts.ts'
import { demoWorkingOn, fictionalNote } from './fictional.ts'
import { comesLate } from './late.ts'
import { expectLate, type LateReport, loadLate } from './load-late.store.ts'
import { loadNeighbours, loadReform } from './load-reform.ts'
import { drawnPhoto } from './photo.ts'
import { demoFields, demoPlan, demoProgramme, demoTargets } from './programme.ts'
import { demoTeams } from './teams.ts'
import { demoUnits, unitsValidFromOn as unitsFrom, vanChanCode } from './units.ts'

/** The one password of all accounts of the demonstration; shown on its sign-in page. */
export const demoPassword = 'banlangso-2022'

/** Grants of the demonstration begin with its year, so that every page of 2022 can be opened. */
const grantsFrom = '2022-01-01'

type Ids = ReadonlyMap<string, string>

/**
 * Loads the demonstration into an installation that is still empty, by the actions that people use, in one transaction:
 * a start that is killed half way leaves nothing behind. Some reports come late, in one of their own; a start that is
 * killed before it goes on with them. Answers false where somebody has begun to work already.
 */
export async function loadDemo(database: Database, progress: (line: string) => void): Promise<boolean> {
  const actor = await systemActor(database)
  const isLoaded = await database.write(actor, async (tx) => {
    if (!(await isFirstStart(tx))) return false
    progress('Nạp dữ liệu trình diễn: đơn vị… / loading the demonstration: units…')
    await setWorkingDate(tx, actor, demoWorkingOn)
    const unitIds = await loadUnits(tx, actor)
    progress('Nạp dữ liệu trình diễn: tài khoản… / accounts…')
    await loadAccounts(tx, actor, unitIds)
    await loadAllTeams(tx, actor, unitIds, progress)
    progress('Nạp dữ liệu trình diễn: chương trình, chỉ tiêu… / programme and targets…')
    await loadTargets(tx, actor, unitIds)
    progress('Nạp dữ liệu trình diễn: sắp xếp đơn vị từ 1/7/2025… / the reform of 2025…')
    await loadReform(tx, actor, await loadNeighbours(tx, actor, unitIds, unitsFrom))
    await enqueueRecount(tx)
    return true
  })
  await loadLate(database, actor, progress)
  return isLoaded
}

async function loadUnits(tx: Tx, actor: Actor): Promise<Ids> {
  return createUnits(
    tx,
    actor,
    demoUnits.map(({ code, name, kind, parentCode, validFromOn, nameIsOurs }) => ({
      code,
      name,
      kind,
      parentCode,
      validFrom: validFromOn,
      nameIsOurs,
    })),
  )
}

async function loadAccounts(tx: Tx, actor: Actor, unitIds: Ids): Promise<void> {
  const whole = await rootId(tx)
  for (const account of demoAccounts()) {
    const unitId = unitIds.get(account.unitCode) ?? ''
    const { accountId } = await createAccount(tx, actor, {
      unitId,
      loginName: account.loginName,
      displayName: account.displayName,
      position: account.position,
      password: demoPassword,
      isDemo: true,
    })
    await giveGrant(tx, actor, {
      accountId,
      // The reform of 2025 joins provinces: only who holds the whole can change or take back what it made.
      unitId: account.role === 'administrator' ? whole : unitId,
      role: account.role,
      validFrom: grantsFrom,
      reason: fictionalNote.vi,
    })
  }
}

async function loadAllTeams(
  tx: Tx,
  actor: Actor,
  unitIds: Ids,
  progress: (line: string) => void,
): Promise<void> {
  const all = demoTeams()
  const late: LateReport[] = []
  const atOnce = 120
  for (let start = 0; start < all.length; start += atOnce) {
    const batch = all.slice(start, start + atOnce).map((team) => ({
      ...team,
      activities: team.activities.filter((activity) => !comesLate(team, activity)),
    }))
    progress(`Nạp dữ liệu trình diễn: ${start + batch.length}/${all.length} tổ… / teams…`)
    const loaded = await loadTeams(
      tx,
      actor,
      batch.map((team) => ({ ...team, unitId: unitIds.get(team.unitCode) ?? '', note: null })),
    )
    for (const [place, team] of batch.entries()) {
      const teamId = loaded[place]?.teamId ?? ''
      for (const activity of all[start + place]?.activities ?? [])
        if (comesLate(team, activity)) late.push({ teamId, activity })
      for (const [index, activity] of team.activities.entries()) {
        const activityId = loaded[place]?.activityIds[index]
        if (!activity.hasPhoto || !activityId) continue
        await addActivityPhoto(tx, actor, activityId, {
          bytes: await drawnPhoto(`${team.key} ${activity.heldOn}`),
          name: 'hinh-ve-minh-hoa.jpg',
        })
      }
    }
  }
  await expectLate(tx, actor, unitIds.get(vanChanCode) ?? '', late)
}

async function loadTargets(tx: Tx, actor: Actor, unitIds: Ids): Promise<void> {
  await loadProgramme(tx, actor, {
    programme: {
      unitId: unitIds.get(demoProgramme.unitCode) ?? '',
      name: demoProgramme.name,
      fromYear: 2021,
      untilYear: 2025,
      orientation: `Định hướng đến năm ${demoProgramme.orientationToYear}`,
      decisionNo: demoProgramme.legalBasis,
      note: demoProgramme.note,
    },
    fields: demoFields.map(({ key, name }) => ({ key, name: name.vi })),
    plans: [
      {
        key: demoPlan.key,
        unitId: unitIds.get(demoPlan.unitCode) ?? '',
        year: demoPlan.year,
        name: demoPlan.name,
        decisionNo: demoPlan.legalBasis,
      },
    ],
    targets: demoTargets().map((target, index, all) => ({
      planKey: target.planKey,
      fieldKey: target.fieldKey,
      unitId: unitIds.get(target.unitCode) ?? '',
      code: `${target.unitCode}-${1 + all.slice(0, index).filter((one) => one.unitCode === target.unitCode).length}`,
      title: target.name,
      measure: target.measure,
      direction: target.direction,
      valueUnit: target.valueUnit,
      endValue: target.endValue,
      startsOn: demoPlan.startsOn,
      endsOn: demoPlan.endsOn,
      path: target.path,
      answerableName: target.responsible.fullName,
      answerablePosition: target.responsible.position,
      legalBasis: target.legalBasis,
      isAssumption: target.assumed,
    })),
  })
}
