import { sql } from 'kysely'
import { parts } from '../../app.ts'
import { loadTeams } from '../../modules/teams/index.ts'
import { systemActor } from '../access/index.ts'
import type { Actor } from '../actor/actor.ts'
import { setWorkingDate } from '../calendar/index.ts'
import { type Database, openDatabase, type Tx } from '../db/database.ts'
import { registerMeasures } from '../measures/index.ts'
import { freshDatabase } from '../testing/database.ts'
import { applyChange, previewChange } from './change.actions.ts'
import type { ChangeInput } from './change.contract.ts'
import { createUnits, findUnit, registerRecords } from './index.ts'
import { undoChange } from './undo.actions.ts'
import { childrenOf } from './units.views.ts'

const rows = [
  ['H', 'Huyện Hát', 'district', null],
  ['K', 'Huyện Khe', 'district', null],
  ['A', 'Xã Án', 'commune', 'H'],
  ['B', 'Xã Bến', 'commune', 'H'],
  ['C', 'Xã Cò', 'commune', 'K'],
  ['A1', 'Thôn Một', 'village', 'A'],
  ['A2', 'Thôn Hai', 'village', 'A'],
  ['B1', 'Thôn Ba', 'village', 'B'],
  ['UBA', 'Ủy ban nhân dân xã Án', 'committee', 'A'],
  ['TRA', 'Trường Án', 'school', 'A'],
] as const

/** Two districts with three communes on a database of their own; `next` plants them anew, with codes of their own. */
export async function changingTerritory() {
  const fresh = await freshDatabase()
  const database: Database = openDatabase(fresh.ownerUrl)
  const system: Actor = await systemActor(database)
  registerMeasures(parts)
  registerRecords(parts)
  let ids = new Map<string, string>()
  let round = 0
  const write = <T>(work: (tx: Tx) => Promise<T>) => database.write(system, work)
  await write((tx) => setWorkingDate(tx, system, '2022-12-31'))
  return {
    database,
    system,
    write,
    /** Id of a planted unit by its key. */
    id: (key: string) => ids.get(`${key}.${round}`) ?? '',
    /** A code that no other round has. */
    code: (key: string) => `${key}.${round}`,
    async next() {
      round += 1
      ids = await write((tx) =>
        createUnits(
          tx,
          system,
          rows.map(([code, name, kind, parent]) => ({
            code: `${code}.${round}`,
            name,
            kind,
            parentCode: parent && `${parent}.${round}`,
            validFrom: '2020-01-01',
            nameIsOurs: true,
          })),
        ),
      )
    },
    apply: (change: ChangeInput) => write((tx) => applyChange(tx, system, change)),
    preview: (change: ChangeInput) => write((tx) => previewChange(tx, system, change)),
    undo: (eventId: string) => write((tx) => undoChange(tx, system, eventId)),
    below: async (unitId: string, on: string) =>
      (await database.read(system, (tx) => childrenOf(tx, unitId, on))).map((one) => one.name).toSorted(),
    nameOn: async (unitId: string, on: string) =>
      (await database.read(system, (tx) => findUnit(tx, unitId, on)))?.name ?? null,
    /** Everything that a change may write, to compare before and after. */
    async everything() {
      const { rows: found } = await sql<{ all: string }>`
        select jsonb_build_object(
          'versions', (select jsonb_agg(to_jsonb(v) order by id) from units.unit_version v),
          'places', (select jsonb_agg(to_jsonb(p) order by leaf_id, unit_id) from units.place p),
          'ancestry', (select jsonb_agg(to_jsonb(a) order by ancestor_id, unit_id, valid_from) from units.ancestry a),
          'successions', (select count(*) from units.succession))::text as all`.execute(database.owner)
      return found[0]?.all
    },
    /** A digital team formed in a unit on 1 January 2022; the unit's id stands in its name. */
    team: (unitId: string) =>
      write((tx) =>
        loadTeams(tx, system, [
          {
            unitId,
            kind: 'community_team',
            name: `Tổ ${unitId}`,
            formedOn: '2022-01-01',
            members: [],
            channels: [],
            activities: [],
          },
        ]),
      ),
    async close() {
      await database.close()
      await fresh.drop()
    },
  }
}

export type ChangingTerritory = Awaited<ReturnType<typeof changingTerritory>>
