import { createHash } from 'node:crypto'
import type pg from 'pg'
import type { Part } from '../part.ts'
import { type BaseMeasure, basesOf } from './declare.ts'

/** Key of the advisory lock that the folder holds; see measures.fold. */
const foldLock = 4_711_002

/** Every base measure that the parts declare, each once, by name. */
export function baseMeasures(parts: readonly Part[]): BaseMeasure[] {
  const found = new Map<string, BaseMeasure>()
  for (const part of parts) {
    for (const declared of part.measures ?? [])
      for (const base of basesOf(declared)) found.set(base.name, base)
  }
  return [...found.values()].sort((a, b) => (a.name < b.name ? -1 : 1))
}

const quoted = (text: string) => `'${text.replaceAll("'", "''")}'`

/** The condition under which a row feeds a measure at all. */
export function feeds(base: BaseMeasure): string {
  const where = base.where ? `(${base.where})` : 'true'
  if (base.kind === 'flow') return `${where} and ${base.on} is not null`
  // A spell that ends before it begins holds on no day.
  return `${where} and ${base.from} is not null and (${base.until} is null or ${base.until} > ${base.from})`
}

/** What a row adds on a day; `rows` and `held` as in measures.delta. Predicate and columns stand unqualified over it. */
type Event = { applies: string; day: string; amount: string; rows: number; held: number }

function events(base: BaseMeasure): Event[] {
  const value = String(base.value)
  if (base.kind === 'flow') return [{ applies: feeds(base), day: base.on, amount: value, rows: 1, held: 1 }]
  return [
    { applies: feeds(base), day: base.from, amount: value, rows: 1, held: 1 },
    {
      applies: `${feeds(base)} and ${base.until} is not null`,
      day: base.until,
      amount: `-(${value})`,
      rows: 0,
      held: -1,
    },
  ]
}

function definitionHash(base: BaseMeasure): string {
  const { of, ...rest } = base
  const counted = {
    kind: rest.kind,
    where: rest.where ?? null,
    value: rest.value,
    days: rest.kind === 'flow' ? [rest.on] : [rest.from, rest.until],
    table: of.table,
    unit: of.unit,
  }
  return createHash('sha256').update(JSON.stringify(counted)).digest('hex')
}

/** What the declarations of these parts come to; equal text means nothing has to be installed. */
export function measuresFingerprint(parts: readonly Part[]): string {
  return baseMeasures(parts)
    .map((base) => `${base.name} ${definitionHash(base)}`)
    .join('\n')
}

/**
 * Makes counting follow the declarations: registers the measures, replaces the triggers of every counted table and
 * rebuilds what is new or changed, all in the caller's transaction: readers see the old figures until it commits.
 */
export async function installMeasures(client: pg.Client, parts: readonly Part[]): Promise<void> {
  await client.query('select pg_advisory_xact_lock($1)', [foldLock])
  const bases = baseMeasures(parts)
  const known = new Map(
    (
      await client.query<{ name: string; id: number; definition_hash: string }>(
        'select name, id, definition_hash from measures.measure',
      )
    ).rows.map((row) => [row.name, row]),
  )
  const ids = new Map<string, number>()
  const stale: BaseMeasure[] = []
  for (const base of bases) {
    const hash = definitionHash(base)
    const before = known.get(base.name)
    if (before?.definition_hash !== hash) stale.push(base)
    const { rows } = await client.query<{ id: number }>(
      `insert into measures.measure (name, definition_hash) values ($1, $2)
       on conflict (name) do update set definition_hash = excluded.definition_hash,
         built_at = case when measures.measure.definition_hash = excluded.definition_hash
                         then measures.measure.built_at else now() end
       returning id`,
      [base.name, hash],
    )
    ids.set(base.name, rows[0]?.id ?? 0)
  }
  await dropOldTriggers(client)
  const tables = new Map<string, BaseMeasure[]>()
  for (const base of bases) tables.set(base.of.table, [...(tables.get(base.of.table) ?? []), base])
  for (const [table, measures] of tables) await client.query(countingTrigger(table, measures, ids))
  const gone = [...known.values()].filter((row) => !ids.has(row.name)).map((row) => row.id)
  await client.query('delete from measures.delta where measure_id = any($1)', [gone])
  await client.query('delete from measures.total where measure_id = any($1)', [gone])
  await client.query('delete from measures.measure where id = any($1)', [gone])
  for (const base of stale) await rebuild(client, base, ids.get(base.name) ?? 0)
}

async function dropOldTriggers(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ statement: string }>(
    `select format('drop trigger %I on %s', t.tgname, t.tgrelid::regclass) as statement
     from pg_trigger t where t.tgname in ('counted', 'counted_never_truncated')`,
  )
  for (const { statement } of rows) await client.query(statement)
}

function countingTrigger(table: string, measures: readonly BaseMeasure[], ids: Map<string, number>): string {
  const unit = measures[0]?.of.unit ?? 'unit_id'
  const branches = measures
    .flatMap((base) =>
      events(base).map(
        (event) =>
          `(${ids.get(base.name)}, ${event.applies}, (${event.day})::date, (${event.amount})::numeric, ${event.rows}, ${event.held})`,
      ),
    )
    .join(',\n      ')
  const insert = (images: string) => `
    insert into measures.delta (measure_id, unit_id, day, amount, rows, held)
    select event.measure_id, image.${unit}, event.day,
           sum(image.__sign * event.amount), sum(image.__sign * event.rows), sum(image.__sign * event.held)
    from (${images}) image
    cross join lateral (values
      ${branches}) event(measure_id, applies, day, amount, rows, held)
    where event.applies
    group by 1, 2, 3
    having sum(image.__sign * event.amount) <> 0 or sum(image.__sign * event.rows) <> 0
      or sum(image.__sign * event.held) <> 0;`
  const name = `measures.${JSON.stringify(`count ${table}`)}`
  return `
create or replace function ${name}() returns trigger
  language plpgsql security definer set search_path = pg_catalog as $counting$
begin
  if tg_op = 'INSERT' then ${insert('select 1 as __sign, new.*')}
  elsif tg_op = 'DELETE' then ${insert('select -1 as __sign, old.*')}
  else ${insert('select 1 as __sign, new.* union all select -1, old.*')}
  end if;
  return null;
end $counting$;
create trigger counted after insert or update or delete on ${table} for each row execute function ${name}();
create trigger counted_never_truncated before truncate on ${table}
  for each statement execute function measures.refuse_truncate();
alter table ${table} enable always trigger counted;
alter table ${table} enable always trigger counted_never_truncated;
comment on function ${name}() is ${quoted(`Counts ${measures.map((base) => base.name).join(', ')}`)};`
}

async function rebuild(client: pg.Client, base: BaseMeasure, id: number): Promise<void> {
  // Writers wait for this moment; readers do not.
  await client.query(`lock table ${base.of.table} in share row exclusive mode`)
  await client.query('delete from measures.delta where measure_id = $1', [id])
  await client.query('delete from measures.total where measure_id = $1', [id])
  const branches = events(base)
    .map(
      (event) =>
        `select ${base.of.unit} as unit_id, (${event.day})::date as day, (${event.amount})::numeric as amount,
                ${event.rows} as rows, ${event.held} as held
         from ${base.of.table} where ${event.applies}`,
    )
    .join(' union all ')
  await client.query(
    `insert into measures.total (measure_id, unit_id, day, amount, rows, held)
     select $1, unit_id, day, sum(amount), sum(rows), sum(held) from (${branches}) event group by unit_id, day`,
    [id],
  )
}
