import type { Actor } from '../../actor/actor.ts'
import { audit } from '../../audit/index.ts'
import type { Tx } from '../../db/database.ts'
import { refuse } from '../../http/refusal.ts'
import { mayChangeUnits } from '../units.policy.ts'
import { insertUnits, type VersionRow } from '../units.store.ts'
import { rootId, unitPath } from '../units.views.ts'
import type { CountryLists } from './country-lists.ts'
import { type CountryPlan, planCountry, unitKey } from './country-plan.ts'
import { type CountrySteps, countrySteps, type Period, type StepVersion } from './country-steps.ts'
import { type Finding, findingsOf } from './findings.plan.ts'
import { countWaitingFindings, insertFindings, unitsWithFinding } from './findings.store.ts'
import { type CountryReport, reportOf } from './import.report.ts'
import * as store from './import.store.ts'
import { linkTotals } from './links.totals.ts'

export type CountryImport = Period & {
  lists: CountryLists
  fileNames: readonly string[]
  legalBasis: string | null
}

/**
 * Loads the units of a country from the lists before and after a reform, with the links between them, in this
 * transaction. Units that are there already are used again by code and day and keep their names; what a person has
 * settled is left. Importing the same lists again changes nothing.
 */
export async function importCountry(tx: Tx, actor: Actor, input: CountryImport): Promise<CountryReport> {
  const root = await rootId(tx)
  if (!mayChangeUnits(actor, await unitPath(tx, root))) {
    refuse(
      'units.not_yours',
      {
        vi: 'Nhập danh mục cả nước cần quyền quản lý danh mục đơn vị trên toàn hệ thống. Hãy nhờ người quản trị.',
        en: 'Importing the units of a country needs the right to manage all units. Ask the administrator.',
      },
      { status: 403 },
    )
  }
  await store.lockUnits(tx)
  const plan = planCountry(input.lists)
  const codes = [...new Set(plan.units.map((unit) => unit.code))]
  const steps = countrySteps(plan, await store.versionsOfCodes(tx, codes), input)
  if ('holder' in steps) {
    const { unit, holder } = steps
    refuse('units.code_taken', {
      vi: `Mã ${unit.code} trong danh mục là của «${unit.name}» nhưng ở đây đang là của «${holder.name}», một đơn vị cấp khác. Hãy sửa mã của «${holder.name}» rồi nhập lại.`,
      en: `Code ${unit.code} is “${unit.name}” in the list but “${holder.name}” here, a unit of another level. Correct that code and import again.`,
    })
  }
  const ids = await makeUnits(tx, plan, steps)
  await store.endVersions(tx, steps.end, input.day)
  const below = await followSuccessors(tx, plan, steps, ids, input.day)
  await store.endVersions(tx, below.end, input.day)
  const rows = [
    ...steps.versions.map((step) => versionRow(step, ids, root, input.legalBasis)),
    ...below.versions,
  ]
  const links = await missingLinks(tx, plan, ids)
  const found = findingsOf(input.lists, plan)
  const findings = await missingFindings(tx, found, ids)
  const changes = {
    units: steps.make.length,
    versions: rows.length,
    ended: steps.end.length + below.end.length,
    links: links.links.length,
    successions: links.successions.length,
    formations: links.formations.length,
    findings: findings.length,
  }
  if (Object.values(changes).some((count) => count > 0)) {
    const eventId = await store.insertImportEvent(tx, {
      unitId: root,
      takesEffectOn: input.day,
      legalBasis: input.legalBasis,
      note: `Nhập danh mục: ${input.fileNames.join(', ')}. Ngày bắt đầu ${input.since} của danh mục cũ là giả định.`,
      facts: changes,
      recordedBy: actor.accountId,
    })
    await store.loadCountry(tx, { id: eventId, on: input.day }, rows, links.successions)
    await store.insertLinks(tx, eventId, input.day, links.links)
    await store.insertFormations(tx, eventId, links.formations)
    await insertFindings(tx, eventId, input.day, findings)
    await audit(tx, actor, {
      action: 'units.list_imported',
      subject: 'units.event',
      subjectId: eventId,
      unitId: root,
      after: { files: input.fileNames, day: input.day, ...changes },
    })
  }
  return reportOf(input.lists, plan, changes, {
    findings: found,
    totals: await linkTotals(tx),
    waitingFindings: await countWaitingFindings(tx),
  })
}

/** What the lists leave to a person, of units of which it does not stand here yet. */
async function missingFindings(tx: Tx, findings: readonly Finding[], ids: ReadonlyMap<string, string>) {
  const of = ({ code }: Finding) => ids.get(unitKey('since', 'commune', code)) ?? ''
  const known = await unitsWithFinding(tx, findings.map(of))
  return findings.flatMap((finding) => {
    const unitId = of(finding)
    return known.has(unitId) ? [] : [{ unitId, words: finding.words, isAlone: finding.isAlone }]
  })
}

/** Ids by key, of what was there and of what is made now. */
async function makeUnits(tx: Tx, plan: CountryPlan, steps: CountrySteps): Promise<Map<string, string>> {
  const made = steps.make.length > 0 ? await insertUnits(tx, steps.make.length) : []
  const ids = new Map(steps.known)
  for (const [at, key] of steps.make.entries()) ids.set(key, made[at] ?? '')
  for (const unit of plan.units) {
    const same = steps.sameAs.get(unit.key)
    const id = same === undefined ? undefined : ids.get(same)
    if (id !== undefined) ids.set(unit.key, id)
  }
  return ids
}

function versionRow(
  { unit, validFrom, validUntil }: StepVersion,
  ids: ReadonlyMap<string, string>,
  root: string,
  legalBasis: string | null,
): VersionRow {
  return {
    unitId: ids.get(unit.key) ?? '',
    kind: unit.kind,
    code: unit.code,
    name: unit.name,
    parentId: (unit.parentKey === null ? undefined : ids.get(unit.parentKey)) ?? root,
    validFrom,
    validUntil,
    legalBasis: unit.list === 'since' ? legalBasis : null,
    nameIsOurs: false,
  }
}

/**
 * What stood below a unit that ends: its committee and offices end with it; villages, schools and stations follow to the
 * one unit that took it whole, else to the new province until a person says where they belong.
 */
async function followSuccessors(
  tx: Tx,
  plan: CountryPlan,
  steps: CountrySteps,
  ids: ReadonlyMap<string, string>,
  day: string,
): Promise<{ versions: VersionRow[]; end: string[] }> {
  if (steps.endedIds.length === 0) return { versions: [], end: [] }
  const heir = new Map<string, string>()
  const provinceOf = (code: string) => ids.get(unitKey('since', 'province', plan.provinces.get(code) ?? ''))
  const put = (key: string, to: string | undefined) => {
    const id = ids.get(key)
    if (id && to) heir.set(id, to)
  }
  for (const unit of plan.units) {
    if (unit.list !== 'before' || unit.level === 'commune') continue
    const province = unit.level === 'province' ? unit.code : (unit.parentKey?.split(':').at(-1) ?? '')
    put(unit.key, provinceOf(province))
  }
  for (const link of plan.links) {
    const whole = link.isWhole ? unitKey('since', 'commune', link.toCodes[0] ?? '') : null
    const to = whole ?? unitKey('since', 'province', link.provinceCode ?? '')
    put(unitKey('before', 'commune', link.fromCode), ids.get(to))
  }
  const moved = new Set([...steps.endedIds, ...ids.values()])
  const standing = (await store.versionsBelow(tx, steps.endedIds, day)).filter(
    (one) => !moved.has(one.unitId),
  )
  const dissolved = (one: store.KnownVersion) => one.kind === 'committee' || one.kind === 'office'
  return {
    end: standing.map((one) => one.versionId),
    versions: standing
      .filter((one) => !dissolved(one) && one.parentId !== null && heir.has(one.parentId))
      .map((one) => ({
        ...one,
        parentId: heir.get(one.parentId ?? '') ?? '',
        validFrom: day,
        validUntil: one.validUntil,
        legalBasis: null,
      })),
  }
}

type Missing = {
  successions: store.SuccessionRow[]
  links: store.LinkRow[]
  formations: { unitId: string; words: string }[]
}

/** What the lists say of units of which nothing is known yet. */
async function missingLinks(tx: Tx, plan: CountryPlan, ids: ReadonlyMap<string, string>): Promise<Missing> {
  const idOf = (list: 'before' | 'since', code: string) => ids.get(unitKey(list, 'commune', code)) ?? ''
  const linked = await store.alreadyLinked(tx, [...ids.values()])
  const formed = await store.alreadyFormed(tx, [...ids.values()])
  const successions: store.SuccessionRow[] = []
  const links: store.LinkRow[] = []
  for (const [old, since] of plan.provinceLinks) {
    const [fromId = '', toId = ''] = [ids.get(old), ids.get(since)]
    if (fromId !== toId && !linked.has(fromId))
      successions.push({ fromId, toId, isWhole: true, certainty: 'certain' })
  }
  for (const { fromCode, toCodes, isWhole, certainty, reason, said, candidates } of plan.links) {
    const fromId = idOf('before', fromCode)
    const toIds = toCodes.map((code) => idOf('since', code))
    // A unit that a person let stay as one of the new ones needs no link to itself.
    if (linked.has(fromId) || toIds.includes(fromId)) continue
    successions.push(...toIds.map((toId) => ({ fromId, toId, isWhole, certainty })))
    links.push({
      fromId,
      certainty,
      reason,
      said: said.map(({ toCode, words }) => ({ unitId: idOf('since', toCode), words })),
      candidates: candidates.map((code) => idOf('since', code)),
    })
  }
  const formations = [...plan.formedFrom].flatMap(([key, words]) => {
    const unitId = ids.get(key) ?? ''
    return formed.has(unitId) ? [] : [{ unitId, words }]
  })
  return { successions, links, formations }
}
