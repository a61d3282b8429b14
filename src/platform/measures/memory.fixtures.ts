import { createAccount, giveGrant, systemActor } from '../access/index.ts'
import type { Actor } from '../actor/actor.ts'
import type { Tx } from '../db/database.ts'
import type { Measure } from './declare.ts'
import { figures } from './figures.ts'
import { foldOnce } from './fold.loop.ts'
import { courses, toyWorld } from './toy.fixtures.ts'

/** Where figures are asked for; on 31 December 2022, on the map of that day, unless said otherwise. */
type Place = { asOf?: string; from?: string; map?: string }

const written = ({ numerator, denominator }: { numerator: string | null; denominator: string | null }) =>
  denominator === null ? numerator : `${numerator}/${denominator}`

const readers = (names: string) => `select pg_get_functiondef(p.oid) as whole,
    format('create or replace function counting.%I(%s) returns %s language plpgsql stable as $f$
      begin raise exception ''the totals were read''; end $f$',
      p.proname, pg_get_function_arguments(p.oid), pg_get_function_result(p.oid)) as refusing
  from pg_proc p where p.pronamespace = 'counting'::regnamespace and p.proname ~ '^(${names})_'`

/** The toy world, asked so that what is remembered can be told from what is read. */
export async function rememberingWorld() {
  const world = await toyWorld()
  const system = await systemActor(world.database)
  let leaders = 0
  const among = async (tx: Tx, measure: Measure, codes: readonly string[], place: Place = {}) => {
    const asks = codes.map((code) => ({ measure, unitId: world.id(code), asOf: '2022-12-31', ...place }))
    return (await figures(tx, asks)).map(written)
  }
  const shown = (measure: Measure, codes: readonly string[], place: Place = {}, actor: Actor = system) =>
    world.database.read(actor, (tx) => among(tx, measure, codes, place))
  return {
    ...world,
    system,
    /** Figures of one measure for units, in a transaction. */
    among,
    /** The same in a snapshot of its own. */
    shown,
    /** Plants the few rows that tests begin with, all of them summed. */
    async plant() {
      await world.owner.query('delete from toy.event; delete from toy.club')
      await world.event('A1', '2022-03-01', 'course', '10')
      await world.event('A2', '2022-12-01', 'course', '0.5')
      await world.event('B1', '2022-12-31', 'talk', '90')
      await world.club('A1', '2022-02-01', null, '12.5')
      await world.club('B2', '2022-05-01', '2022-09-01', '3')
      await foldOnce(world.database)
      // The first reading learns in which blocks the measures are counted.
      await shown(courses, ['T'])
    },
    /** While `work` runs, whoever reads totals is refused: what is answered then was remembered. */
    async withoutReading<T>(work: () => Promise<T>, names = 'read|cover'): Promise<T> {
      const { rows } = await world.owner.query<{ whole: string; refusing: string }>(readers(names))
      for (const { refusing } of rows) await world.owner.query(refusing)
      try {
        return await work()
      } finally {
        for (const { whole } of rows) await world.owner.query(whole)
      }
    },
    /** Writes as the owner, with the entry that every write owes. */
    async deed(text: string, value: string): Promise<void> {
      const entry = `insert into audit.entry (unit_id, action, subject, subject_id)
        values (${world.id('T')}, 'test.tried', 'x', 'x')`
      await world.owner.query(`begin; ${entry}`)
      await world.owner.query(text, [value])
      await world.owner.query('commit')
    },
    /** A person who leads a unit, and the grant that says so. */
    leaderOf: (code: string) =>
      world.database.write(system, async (tx) => {
        leaders += 1
        const loginName = `lanh.dao.${leaders}`
        const unitId = world.id(code)
        const { accountId } = await createAccount(tx, system, { loginName, displayName: loginName, unitId })
        const grant = { accountId, role: 'leader', unitId, validFrom: '2020-01-01' }
        const { grantId } = await giveGrant(tx, system, grant)
        const actor: Actor = { ...system, accountId, held: [{ capability: 'measures.view', unitId }] }
        return { actor, accountId, grantId }
      }),
  }
}
