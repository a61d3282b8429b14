import { type RawBuilder, sql } from 'kysely'
import type { Tx } from '../../platform/db/database.ts'
import type { TargetPageAnswer, TargetTermsInput } from './contract.ts'
import type { Bearing } from './target.bearing.ts'

/** A target as it is kept, with the names of its plan and field. */
export type StoredTarget = TargetTermsInput & {
  id: string
  unitId: string
  /** Who carries it on, on the day asked for. */
  bearing: Bearing
  planId: string
  planName: string
  fieldName: string
  fieldPlace: number
  asPercent: boolean
  removedAt: string | null
  closedOn: string | null
  beginsOn: string | null
  replacesId: string | null
  revisionId: string
}

/** SQL of the day from which on a target `t` is out of the plan, and of its path as rows of (due_on, value). */
type Sources = { closesOn: RawBuilder<unknown>; path: RawBuilder<unknown> }

/** Of a target as it is now. */
export const asItIs: Sources = {
  closesOn: sql`programme.closes_on(t)`,
  path: sql`(select x.due_on, x.value from programme.path_point x where x.target_id = t.id)`,
}

/** A target `t` with its plan `p`, its field `f` and who carries it on, `h`. */
export const columnsFrom = ({ closesOn, path }: Sources) => sql`
  t.id::text, t.unit_id::text as "unitId", t.plan_id::text as "planId", p.name as "planName",
  t.field_id::text as "fieldId", f.name as "fieldName", f.place as "fieldPlace", t.code, t.title, t.measure,
  t.direction, t.value_unit as "valueUnit", t.as_percent as "asPercent", trim_scale(t.baseline)::text as baseline,
  trim_scale(t.end_value)::text as "endValue", t.starts_on as "startsOn", t.ends_on as "endsOn",
  t.answerable_name as "answerableName", coalesce(t.answerable_position, '') as "answerablePosition",
  t.answerable_account_id::text as "answerableAccountId", coalesce(t.legal_basis, '') as "legalBasis",
  coalesce(t.note, '') as note, t.is_assumption as "isAssumption",
  to_char(t.removed_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as "removedAt",
  ${closesOn} as "closedOn", t.begins_on as "beginsOn", t.replaces_id::text as "replacesId",
  jsonb_build_object('heirId', h.heir_id::text, 'originId', h.origin_id::text, 'since', h.since,
    'areaId', h.area_id::text, 'areaUntil', h.area_until) as bearing,
  (select max(r.id)::text from programme.target_revision r where r.target_id = t.id) as "revisionId",
  coalesce((select jsonb_agg(jsonb_build_object('dueOn', x.due_on, 'value', trim_scale(x.value)::text) order by x.due_on)
    from ${path} x), '[]'::jsonb) as path`

const columns = columnsFrom(asItIs)

const tables = sql`
  programme.target t join programme.plan p on p.id = t.plan_id join programme.field f on f.id = t.field_id`

/** A target, removed or not, as it is carried on, on a day; today without one. Null where there is none that the reader may see. */
export async function readTarget(tx: Tx, targetId: string, asOf?: string): Promise<StoredTarget | null> {
  const { rows } = await sql<StoredTarget>`
    select ${columns} from ${tables}
    cross join lateral units.heirs_on(array[t.unit_id], coalesce(${asOf ?? null}::date, calendar.today())) h
    where t.id = ${targetId}::bigint`.execute(tx)
  return rows[0] ?? null
}

/** The target that a successor has set in place of another one, or null. */
export async function replacementOf(tx: Tx, targetId: string): Promise<string | null> {
  const { rows } = await sql<{ id: string }>`
    select id::text from programme.target where replaces_id = ${targetId}::bigint and removed_at is null
    order by programme.target.id desc limit 1`.execute(tx)
  return rows[0]?.id ?? null
}

type Unmade = {
  title: string
  unitName: string
  undoneOn: string
  /** Units that are there again. */
  former: string[]
  replacesId: string | null
  today: string
}

/** A target of a unit whose making has been undone, or null. */
export async function unmadeTarget(tx: Tx, targetId: string): Promise<Unmade | null> {
  const { rows } = await sql<Unmade>`
    select title, coalesce(unit_name, '') as "unitName", undone_on as "undoneOn", former::text[] as former,
      replaces_id::text as "replacesId", calendar.today() as today
    from programme.unmade(${targetId}::bigint)`.execute(tx)
  return rows[0] ?? null
}

const heirsOfPlan = (planId: string, asOf: string) => sql`
  units.heirs_on(array(select distinct o.unit_id from programme.target o where o.plan_id = ${planId}::bigint),
    ${asOf}::date) h`

/** The units that have targets in a plan on a day, and how many. */
export async function planUnits(tx: Tx, planId: string, asOf: string) {
  const { rows } = await sql<{ unitId: string; targets: number }>`
    select h.heir_id::text as "unitId", count(*)::int as targets from programme.target t
    join ${heirsOfPlan(planId, asOf)} on h.unit_id = t.unit_id
    where t.plan_id = ${planId}::bigint and programme.in_plan(t, ${asOf}::date) group by h.heir_id`.execute(
    tx,
  )
  return rows
}

type OfPlan = { planId: string; unitIds: readonly string[]; asOf: string; offset: number; most: number }

/** A part of the targets of a plan on a day, by the order of `unitIds`, then as in `targetsOf`. */
export async function planTargets(tx: Tx, ask: OfPlan): Promise<StoredTarget[]> {
  const { rows } = await sql<StoredTarget>`
    select ${columns} from ${tables} join ${heirsOfPlan(ask.planId, ask.asOf)} on h.unit_id = t.unit_id
    where t.plan_id = ${ask.planId}::bigint and h.heir_id = any(${ask.unitIds}::bigint[])
      and programme.in_plan(t, ${ask.asOf}::date)
    order by array_position(${ask.unitIds}::bigint[], h.heir_id), f.place, f.id,
      h.since is not null, t.code collate "C", t.id
    limit ${ask.most}::int offset ${ask.offset}::int`.execute(tx)
  return rows
}

/** The plans of a year that are a unit's own, and those given. */
export async function plansOf(tx: Tx, unitId: string, year: number, planIds: readonly string[]) {
  const { rows } = await sql<{ id: string; name: string; programmeName: string; decisionNo: string }>`
    select p.id::text, p.name, g.name as "programmeName", coalesce(p.decision_no, '') as "decisionNo"
    from programme.plan p join programme.programme g on g.id = p.programme_id
    where p.year = ${year}::int and (p.unit_id = ${unitId}::bigint or p.id = any(${planIds}::bigint[]))
    order by p.id limit 20`.execute(tx)
  return rows
}

/** Units that have targets of a year on a day, as `heirs`: most stand and have their own, so only the others are followed. */
const heirsOf = (year: number, asOf: string) => sql`
  own as materialized (
    select distinct t.unit_id from programme.target t join programme.plan p on p.id = t.plan_id
    where p.year = ${year}::int and programme.in_plan(t, ${asOf}::date)
  ), there as materialized (
    select own.unit_id from own where exists (
      select from units.unit_version v where v.unit_id = own.unit_id and v.kind <> 'part'
        and v.valid_from <= ${asOf}::date and (v.valid_until is null or v.valid_until > ${asOf}::date))
  ), heirs as materialized (
    select unit_id from there
    union
    select h.heir_id from units.heirs_on(
      array(select own.unit_id from own except select there.unit_id from there), ${asOf}::date) h
  )`

/**
 * The nearest units below one that have targets of their own in a year, at most `most`, and how many more there are;
 * with them units that ended and left targets which nobody carries on, where nothing lower holds all that they became.
 */
export async function unitsBelowWithTargets(
  tx: Tx,
  ask: { unitId: string; year: number; asOf: string; most: number },
): Promise<{ ids: string[]; more: number }> {
  const { rows } = await sql<{ id: string; all: number }>`
    with ${heirsOf(ask.year, ask.asOf)}, placed as (
      select a.unit_id, a.depth, min(a.depth) over () as nearest from units.ancestry a
      join heirs on heirs.unit_id = a.unit_id
      where a.ancestor_id = ${ask.unitId}::bigint and a.depth > 0 and a.valid_from <= ${ask.asOf}::date
        and (a.valid_until is null or a.valid_until > ${ask.asOf}::date)
    ), ended as (
      select heirs.unit_id from heirs cross join lateral (
        select i.ancestor_id from units.inheritance i
        where i.unit_id = heirs.unit_id and i.days @> ${ask.asOf}::date order by i.depth limit 1) lowest
      where lowest.ancestor_id = ${ask.unitId}::bigint and not exists (
        select from units.unit_version v where v.unit_id = heirs.unit_id
          and (v.valid_until is null or v.valid_until > ${ask.asOf}::date))
    )
    select unit_id::text as id, count(*) over ()::int as all
    from (select unit_id from placed where depth = nearest union select unit_id from ended) below
    order by unit_id limit ${ask.most}::int`.execute(tx)
  return { ids: rows.map((row) => row.id), more: (rows[0]?.all ?? 0) - rows.length }
}

/** The unit of several that stands highest: the first one to look at. Null where there are none. */
export async function highestOf(tx: Tx, unitIds: readonly string[]): Promise<string | null> {
  const { rows } = await sql<{ id: string }>`
    select s.unit_id::text as id from units.standing s where s.unit_id = any(${unitIds}::bigint[])
    group by s.unit_id order by max(s.depth), s.unit_id limit 1`.execute(tx)
  return rows[0]?.id ?? null
}

/** Units that have targets of a year on a day, as far as the reader sees them. */
export async function unitsWithTargets(tx: Tx, year: number, asOf: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    with ${heirsOf(year, asOf)} select unit_id::text as id from heirs limit 5000`.execute(tx)
  return rows.map((row) => row.id)
}

/** The areas directly below a unit on a day, by name; at most `most`, and how many more there are. */
export async function areasBelow(tx: Tx, unitId: string, on: string, most: number) {
  const { rows } = await sql<{ id: string; name: string; all: number }>`
    select v.unit_id::text as id, v.name, count(*) over ()::int as all
    from units.unit_version v join units.kind k on k.key = v.kind and k.is_area
    where v.parent_id = ${unitId}::bigint and v.valid_from <= ${on}::date
      and (v.valid_until is null or v.valid_until > ${on}::date)
    order by v.name, v.unit_id limit ${most}::int`.execute(tx)
  return { units: rows.map(({ id, name }) => ({ id, name })), more: (rows[0]?.all ?? 0) - rows.length }
}

type RevisionFound = Omit<TargetPageAnswer['history'][number], 'changes'> & {
  before: TargetTermsInput | null
  after: TargetTermsInput | null
  /** Where it has been given to a successor of its unit: the names of both. */
  unitBefore: string | null
  unitAfter: string | null
}

/** What was laid down for a target, when, by whom and why; the newest first. */
export async function revisionsOf(tx: Tx, targetId: string): Promise<RevisionFound[]> {
  const { rows } = await sql<RevisionFound>`
    select r.id::text, r.deed, r.revised_by_name as "byName", r.reason,
           case when r.deed <> 'moved' then r.before end as before, case when r.deed <> 'moved' then r.after end as after,
           r.before ->> 'unit' as "unitBefore", r.after ->> 'unit' as "unitAfter",
           to_char(r.revised_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as at
    from programme.target_revision r where r.target_id = ${targetId}::bigint
    order by r.id desc limit 200`.execute(tx)
  return rows
}

/** The names of fields by their ids. */
export async function fieldNames(tx: Tx, ids: readonly string[]): Promise<Map<string, string>> {
  const { rows } = await sql<{ id: string; name: string }>`
    select id::text, name from programme.field where id = any(${ids}::bigint[])`.execute(tx)
  return new Map(rows.map((row) => [row.id, row.name]))
}
