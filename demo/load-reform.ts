import type { Actor } from '../src/platform/actor/actor.ts'
import type { Tx } from '../src/platform/db/database.ts'
import { applyChange, createUnits, rootId } from '../src/platform/units/index.ts'
import {
  abolishedDistricts,
  newProvince,
  reformMergers,
  reformNeighbours,
  reformNote,
  reformOn,
  reformStays,
} from './reform.ts'

type Ids = ReadonlyMap<string, string>

/** Units that the reform joins with the demo's own, as they were before it. Answers all ids by code. */
export async function loadNeighbours(tx: Tx, actor: Actor, own: Ids, validFrom: string): Promise<Ids> {
  const ids = await createUnits(
    tx,
    actor,
    reformNeighbours.map((unit) => ({ ...unit, validFrom, nameIsOurs: false })),
  )
  return new Map([...own, ...ids])
}

/** Lays down the reform of 1 July 2025 as events that lie ahead of the demo's working date. */
export async function loadReform(tx: Tx, actor: Actor, ids: Ids): Promise<void> {
  const id = (code: string) => {
    const found = ids.get(code)
    if (!found) throw new Error(`The demo has no unit ${code}`)
    return found
  }
  const dated = { on: reformOn, note: reformNote }
  const province = await applyChange(tx, actor, {
    kind: 'merge',
    ...dated,
    legalBasis: newProvince.legalBasis,
    fromIds: newProvince.fromCodes.map(id),
    made: {
      code: newProvince.code,
      name: newProvince.name,
      kind: 'province',
      parentId: await rootId(tx),
    },
  })
  const parentId = province.madeIds[0] ?? ''
  for (const { code, name, kind, fromCodes, legalBasis } of reformMergers) {
    const made = { code, name, kind, parentId }
    await applyChange(tx, actor, { kind: 'merge', ...dated, legalBasis, fromIds: fromCodes.map(id), made })
  }
  const { code, legalBasis } = reformStays
  await applyChange(tx, actor, { kind: 'move', ...dated, legalBasis, unitId: id(code), parentId })
  for (const district of abolishedDistricts.codes) {
    const basis = abolishedDistricts.legalBasis
    await applyChange(tx, actor, { kind: 'abolish', ...dated, legalBasis: basis, unitId: id(district) })
  }
}
