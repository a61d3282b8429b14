import { sql } from 'kysely'
import type { Actor } from '../actor/actor.ts'
import type { Tx } from '../db/database.ts'
import { ask } from '../db/prepared.ts'
import { refuseField } from '../http/refusal.ts'
import { type Asked, firstDayAsked, placeAsked, requireMeasure } from './asked.ts'
import { apartRows } from './below.apart.ts'
import { type Below, type BelowQueryInput, mostUnitsBelow } from './below.contract.ts'
import { isPercent, isQuotient, type Measure } from './declare.ts'
import { spanOf } from './duration.ts'
import { type GridAsk, type GridColumn, readGrid } from './grid.ts'

export type UnitBelow = { id: string; name: string; isArea: boolean }

/** The units directly below one on the map asked for, or those of a kind at any depth, in the order of the tree. */
export async function unitsBelow(tx: Tx, { unit, mapDay }: Asked, kind?: string): Promise<UnitBelow[]> {
  const holds = (alias: string) => sql`${sql.ref(alias)}.valid_from <= ${mapDay}::date
    and (${sql.ref(alias)}.valid_until is null or ${sql.ref(alias)}.valid_until > ${mapDay}::date)`
  const from =
    kind === undefined
      ? sql`units.unit_version v join units.kind k on k.key = v.kind
          where v.parent_id = ${unit.id}::bigint and ${holds('v')}`
      : sql`units.ancestry a join units.unit_version v on v.unit_id = a.unit_id and ${holds('v')}
          join units.kind k on k.key = v.kind
          where a.ancestor_id = ${unit.id}::bigint and a.depth > 0 and ${holds('a')} and v.kind = ${kind}`
  const { rows } = await sql<UnitBelow>`
    select v.unit_id::text as id, v.name, k.is_area as "isArea" from ${from}
    order by not k.is_area, k.rank, v.code, v.unit_id limit ${mostUnitsBelow + 1}`.execute(tx)
  if (rows.length > mostUnitsBelow) {
    refuseField('measures.too_many_units', 'unitId', {
      vi: `Có quá ${mostUnitsBelow} đơn vị cho một bảng. Hãy chọn một đơn vị nhỏ hơn.`,
      en: `There are more than ${mostUnitsBelow} units for one table. Choose a smaller unit.`,
    })
  }
  return rows
}

/** Many measures of the units below one, and of itself, in one snapshot. */
export async function figuresBelow(tx: Tx, actor: Actor, query: BelowQueryInput): Promise<Below> {
  const measures = query.measures.map(requireMeasure)
  // Each of the statements that follow is planned once: planning them anew cost half of the page.
  await ask(tx, 'set local plan_cache_mode = force_generic_plan', [])
  const asked = await placeAsked(tx, actor, query, measures)
  const below = await unitsBelow(tx, asked, query.kind)
  const { unit, asOf, map } = asked
  const ids = [unit.id, ...below.map(({ id }) => id)]
  const froms = measures.map((measure) => firstDayAsked(measure, query, asOf))
  const wanted: GridAsk = {
    measures: measures.map((measure, at) => ({ measure, from: froms[at] ?? null })),
    unitIds: ids,
    asOf,
    map,
  }
  const grid = await readGrid(tx, wanted, asked.now)
  return {
    unit: { id: unit.id, name: unit.name, kindName: unit.kindName },
    asOf,
    map,
    ...asked.answered,
    units: {
      ids: below.map(({ id }) => id),
      names: below.map(({ name }) => name),
      areas: below.map(({ isArea }) => isArea),
    },
    // A unit without any below is itself all that there is.
    apart: below.length === 0 ? [] : await apartRows(tx, wanted, grid, asked.now, query.kind !== undefined),
    columns: measures.map((measure, at) => columnOf(measure, froms[at] ?? null, grid[at] as GridColumn)),
  }
}

function columnOf(
  measure: Measure,
  from: string | null,
  { numerators, denominators }: GridColumn,
): Below['columns'][number] {
  const isOfTwo = isQuotient(measure)
  return {
    measure: measure.name,
    from,
    percent: isPercent(measure),
    numerators: numerators.slice(1),
    denominators: isOfTwo ? (denominators?.slice(1) ?? null) : null,
    ...(measure.kind === 'duration' && { spans: numerators.map((least) => spanOf(measure, least)) }),
    whole: [numerators[0] ?? null, (isOfTwo && denominators?.[0]) || null],
  }
}
