import { type Generated, sql } from 'kysely'
import type { Tx } from '../../platform/db/database.ts'
import type {
  NewFieldInput,
  NewPlanInput,
  NewProgrammeInput,
  NewTargetInput,
  TargetTermsInput,
} from './contract.ts'

type ProgrammeTables = {
  'programme.programme': {
    id: Generated<string>
    unit_id: string
    name: string
    from_year: number
    until_year: number
    orientation: string | null
    decision_no: string | null
    note: string | null
  }
  'programme.plan': {
    id: Generated<string>
    programme_id: string
    unit_id: string
    year: number
    name: string
    decision_no: string | null
  }
  'programme.field': {
    id: Generated<string>
    unit_id: string
    programme_id: string
    name: string
    place: number
  }
}

const tables = (tx: Tx) => tx.withTables<ProgrammeTables>()
const orNull = (text: string | undefined) => (text === undefined || text === '' ? null : text)

export async function insertProgramme(tx: Tx, row: NewProgrammeInput): Promise<string> {
  const { id } = await tables(tx)
    .insertInto('programme.programme')
    .values({
      unit_id: row.unitId,
      name: row.name,
      from_year: row.fromYear,
      until_year: row.untilYear,
      orientation: orNull(row.orientation),
      decision_no: orNull(row.decisionNo),
      note: orNull(row.note),
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

export async function insertPlan(tx: Tx, row: NewPlanInput): Promise<string> {
  const { id } = await tables(tx)
    .insertInto('programme.plan')
    .values({
      programme_id: row.programmeId,
      unit_id: row.unitId,
      year: row.year,
      name: row.name,
      decision_no: orNull(row.decisionNo),
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

/** Adds a field of a programme, as the last one where no place is given. */
export async function insertField(tx: Tx, row: NewFieldInput & { unitId: string }): Promise<string> {
  const { rows } = await sql<{ id: string }>`
    insert into programme.field (unit_id, programme_id, name, place)
    select ${row.unitId}::bigint, ${row.programmeId}::bigint, ${row.name}, coalesce(${row.place ?? null}::int,
      (select coalesce(max(f.place), 0) + 1 from programme.field f where f.programme_id = ${row.programmeId}::bigint))
    returning id`.execute(tx)
  return rows[0]?.id ?? ''
}

/** Writes targets with their paths and answers their ids, in order. Within a plan and unit each has its own code. */
export async function insertTargets(tx: Tx, targets: readonly NewTargetInput[]): Promise<string[]> {
  const { rows } = await sql<{ id: string; key: string }>`
    insert into programme.target (unit_id, plan_id, field_id, code, title, measure, direction, value_unit, baseline,
      end_value, starts_on, ends_on, answerable_name, answerable_position, answerable_account_id, legal_basis, note,
      is_assumption)
    select "unitId", "planId", "fieldId", code, title, measure, direction, "valueUnit", baseline, "endValue",
      "startsOn", "endsOn", "answerableName", nullif("answerablePosition", ''), "answerableAccountId",
      nullif("legalBasis", ''), nullif(note, ''), "isAssumption"
    from jsonb_to_recordset(${JSON.stringify(targets)}::jsonb) as r("unitId" bigint, "planId" bigint,
      "fieldId" bigint, code text, title text, measure text, direction text, "valueUnit" text, baseline numeric,
      "endValue" numeric, "startsOn" date, "endsOn" date, "answerableName" text, "answerablePosition" text,
      "answerableAccountId" bigint, "legalBasis" text, note text, "isAssumption" boolean)
    returning id::text, plan_id || ' ' || unit_id || ' ' || code as key`.execute(tx)
  // Nothing promises that rows come back in the order given.
  const idOf = new Map(rows.map((row) => [row.key, row.id]))
  const ids = targets.map((target) => idOf.get(`${target.planId} ${target.unitId} ${target.code}`) ?? '')
  await insertPaths(
    tx,
    targets.map((target, at) => ({ targetId: ids[at] ?? '', unitId: target.unitId, path: target.path })),
  )
  return ids
}

type PathOfTarget = { targetId: string; unitId: string; path: TargetTermsInput['path'] }

async function insertPaths(tx: Tx, paths: readonly PathOfTarget[]): Promise<void> {
  const points = paths.flatMap(({ targetId, unitId, path }) =>
    path.map((point) => ({ targetId, unitId, ...point })),
  )
  if (points.length === 0) return
  await sql`
    insert into programme.path_point (target_id, unit_id, due_on, value)
    select "targetId", "unitId", "dueOn", value
    from jsonb_to_recordset(${JSON.stringify(points)}::jsonb)
      as r("targetId" bigint, "unitId" bigint, "dueOn" date, value numeric)`.execute(tx)
}

/** Lays the terms of a target down anew. */
export async function updateTarget(
  tx: Tx,
  targetId: string,
  unitId: string,
  terms: TargetTermsInput,
): Promise<void> {
  await sql`
    update programme.target set
      field_id = ${terms.fieldId}::bigint, code = ${terms.code}, title = ${terms.title}, measure = ${terms.measure},
      direction = ${terms.direction}, value_unit = ${terms.valueUnit}, baseline = ${terms.baseline}::numeric,
      end_value = ${terms.endValue}::numeric, starts_on = ${terms.startsOn}::date, ends_on = ${terms.endsOn}::date,
      answerable_name = ${terms.answerableName}, answerable_position = ${orNull(terms.answerablePosition)},
      answerable_account_id = ${terms.answerableAccountId}::bigint, legal_basis = ${orNull(terms.legalBasis)},
      note = ${orNull(terms.note)}, is_assumption = ${terms.isAssumption}
    where id = ${targetId}::bigint`.execute(tx)
  await sql`delete from programme.path_point where target_id = ${targetId}::bigint`.execute(tx)
  await insertPaths(tx, [{ targetId, unitId, path: terms.path }])
}

/** Takes a target out of its plan; the row and its history stay. */
export async function markRemoved(tx: Tx, targetId: string): Promise<void> {
  await sql`update programme.target set removed_at = now() where id = ${targetId}::bigint`.execute(tx)
}

/** Takes a target that a unit has from one that ended out of its plan, from today on, as long as the change that ended it stands. */
export async function markClosed(tx: Tx, targetId: string): Promise<void> {
  await sql`
    update programme.target t set closed_on = calendar.today(), closed_after = (
      select s.event_id from units.succession s where s.from_unit_id = t.unit_id and s.on_day <= calendar.today()
      order by s.on_day desc limit 1)
    where t.id = ${targetId}::bigint`.execute(tx)
}

/** Says that a target is in its plan from today on, in place of another one. */
export async function markReplacing(tx: Tx, targetId: string, replacesId: string): Promise<void> {
  await sql`
    update programme.target set replaces_id = ${replacesId}::bigint, begins_on = calendar.today()
    where id = ${targetId}::bigint`.execute(tx)
}

export type Revision = {
  targetId: string
  unitId: string
  deed: 'set' | 'changed' | 'removed' | 'closed'
  byId: string | null
  byName: string
  reason: string | null
  before: object | null
  after: object | null
}

/** Keeps what was laid down, for those who read the target. */
export async function insertRevisions(tx: Tx, revisions: readonly Revision[]): Promise<void> {
  await sql`
    insert into programme.target_revision (target_id, unit_id, deed, revised_by, revised_by_name, reason, before, after)
    select "targetId", "unitId", deed, "byId", "byName", reason,
           nullif(before, 'null'::jsonb), nullif(after, 'null'::jsonb)
    from jsonb_to_recordset(${JSON.stringify(revisions)}::jsonb)
      as r("targetId" bigint, "unitId" bigint, deed text, "byId" bigint, "byName" text, reason text,
           before jsonb, after jsonb)`.execute(tx)
}

/** Waits until nobody else is changing the target; false where it is not the actor's to change. */
export async function lockTarget(tx: Tx, targetId: string): Promise<boolean> {
  const { rows } = await sql`
    select 1 from programme.target where id = ${targetId}::bigint for update`.execute(tx)
  return rows.length > 0
}
