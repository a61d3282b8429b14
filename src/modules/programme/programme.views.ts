import { type RawBuilder, sql } from 'kysely'
import type { Tx } from '../../platform/db/database.ts'
import type { Words } from '../../platform/part.ts'
import type { PlanListAnswer } from './plans.contract.ts'

/** The name that a unit bore on a day, else the latest it had. */
export const unitNameOn = (column: string, day: RawBuilder<unknown>) => sql<string>`(
  select v.name from units.unit_version v where v.unit_id = ${sql.ref(column)}
  order by (v.valid_from <= ${day} and (v.valid_until is null or v.valid_until > ${day})) desc, v.valid_from desc
  limit 1)`

const todayInSql = sql`calendar.today()`

export type ProgrammeFound = {
  id: string
  unitId: string
  unitName: string
  fromYear: number
  untilYear: number
  fieldNames: string[]
}

export async function findProgramme(tx: Tx, programmeId: string): Promise<ProgrammeFound | null> {
  const { rows } = await sql<ProgrammeFound>`
    select p.id::text, p.unit_id::text as "unitId", ${unitNameOn('p.unit_id', todayInSql)} as "unitName",
           p.from_year as "fromYear", p.until_year as "untilYear",
           array(select f.name from programme.field f where f.programme_id = p.id) as "fieldNames"
    from programme.programme p where p.id = ${programmeId}::bigint`.execute(tx)
  return rows[0] ?? null
}

export type PlanFound = {
  id: string
  programmeId: string
  unitId: string
  unitName: string
  year: number
  name: string
  fieldIds: string[]
}

/** A plan by its id, or by programme, unit and year. */
export async function findPlan(
  tx: Tx,
  by: { planId: string } | { programmeId: string; unitId: string; year: number },
): Promise<PlanFound | null> {
  const where =
    'planId' in by
      ? sql`p.id = ${by.planId}::bigint`
      : sql`p.programme_id = ${by.programmeId}::bigint and p.unit_id = ${by.unitId}::bigint and p.year = ${by.year}::int`
  const { rows } = await sql<PlanFound>`
    select p.id::text, p.programme_id::text as "programmeId", p.unit_id::text as "unitId",
           ${unitNameOn('p.unit_id', todayInSql)} as "unitName", p.year, p.name,
           array(select f.id::text from programme.field f where f.programme_id = p.programme_id) as "fieldIds"
    from programme.plan p where ${where}`.execute(tx)
  return rows[0] ?? null
}

/** Whether another target of the unit has this code in the plan. */
export async function codeTaken(
  tx: Tx,
  ask: { planId: string; unitId: string; code: string; targetId?: string },
): Promise<boolean> {
  const { rows } = await sql`
    select 1 from programme.target t
    where t.plan_id = ${ask.planId}::bigint and t.unit_id = ${ask.unitId}::bigint and t.code = ${ask.code}
      and t.removed_at is null and t.id is distinct from ${ask.targetId ?? null}::bigint`.execute(tx)
  return rows.length > 0
}

/** Every programme with its fields and plans, newest first; of one year where it is given. */
export async function listProgrammes(tx: Tx, year: number | null): Promise<PlanListAnswer['programmes']> {
  const { rows } = await sql<PlanListAnswer['programmes'][number]>`
    select g.id::text, jsonb_build_object('id', g.unit_id::text, 'name', ${unitNameOn('g.unit_id', todayInSql)}) as unit,
      g.name, g.from_year as "fromYear", g.until_year as "untilYear", coalesce(g.orientation, '') as orientation,
      coalesce(g.decision_no, '') as "decisionNo", coalesce(g.note, '') as note,
      access.permits('programme.change', g.unit_id) as "mayChange",
      coalesce((select jsonb_agg(jsonb_build_object('id', f.id::text, 'name', f.name, 'place', f.place)
                                 order by f.place, f.id)
        from programme.field f where f.programme_id = g.id), '[]'::jsonb) as fields,
      coalesce((select jsonb_agg(jsonb_build_object('id', p.id::text, 'year', p.year, 'name', p.name,
          'decisionNo', coalesce(p.decision_no, ''),
          'unit', jsonb_build_object('id', p.unit_id::text, 'name', ${unitNameOn('p.unit_id', todayInSql)}),
          'targets', (select count(*) from programme.target t where t.plan_id = p.id and programme.in_plan(t,
            case when extract(year from calendar.today()) = p.year then calendar.today() else make_date(p.year, 12, 31) end)))
          order by p.year desc, p.id)
        from programme.plan p
        where p.programme_id = g.id and (${year}::int is null or p.year = ${year}::int)), '[]'::jsonb) as plans
    from programme.programme g
    order by g.from_year desc, g.name limit 200`.execute(tx)
  return rows
}

/** `lastOn`: its last day, where it has ended. */
export type UnitFound = { id: string; name: string; kindName: Words; lastOn: string | null }

/** The names and kinds of units on a day, by id. */
export async function namesOf(tx: Tx, ids: readonly string[], on: string): Promise<Map<string, UnitFound>> {
  const { rows } = await sql<UnitFound>`
    select distinct on (v.unit_id) v.unit_id::text as id, v.name,
           jsonb_build_object('vi', k.name_vi, 'en', k.name_en) as "kindName",
           case when v.valid_until <= ${on}::date then v.valid_until - 1 end as "lastOn"
    from units.unit_version v join units.kind k on k.key = v.kind
    where v.unit_id = any(${ids}::bigint[])
    order by v.unit_id, (v.valid_from <= ${on}::date and (v.valid_until is null or v.valid_until > ${on}::date)) desc,
      v.valid_from desc`.execute(tx)
  return new Map(rows.map((row) => [row.id, row]))
}

/**
 * The units above one on the map of a day, nearest first, in which the reader may see targets: what it stands below, or
 * where what it recorded counts once it has ended.
 */
export async function unitsAbove(tx: Tx, unitId: string, on: string) {
  const { rows } = await sql<{ id: string; name: string }>`
    -- Apart, or rights would be asked over every unit of the country before the few above are picked out.
    with above as materialized (
      select v.unit_id, v.name, k.rank from units.place p
      join units.unit_version v on v.unit_id = p.unit_id and v.valid_from <= ${on}::date
        and (v.valid_until is null or v.valid_until > ${on}::date)
      join units.kind k on k.key = v.kind
      where p.leaf_id = ${unitId}::bigint and p.unit_id <> p.leaf_id and p.days @> ${on}::date and v.kind <> 'part'
    )
    select unit_id::text as id, name from above where access.permits('programme.view', unit_id)
    order by rank desc, unit_id`.execute(tx)
  return rows
}

/** The first day of a unit where it is later than the given day. */
export async function lifeOf(tx: Tx, unitId: string, on: string) {
  const { rows } = await sql<{ begins: string | null }>`
    select case when min(v.valid_from) > ${on}::date then min(v.valid_from) end as begins
    from units.unit_version v where v.unit_id = ${unitId}::bigint`.execute(tx)
  return rows[0] ?? { begins: null }
}
