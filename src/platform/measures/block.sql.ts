import { feeds } from './bases.ts'
import { columnTypes, eventsOf } from './columns.ts'
import type { BaseMeasure, DistinctMeasure } from './declare.ts'
import { imageTable, type Ledger } from './ledger.sql.ts'

/** A block: the measures of one ledger whose totals stand in one table. */
export type Block = {
  id: number
  ledger: Ledger
  bases: readonly { id: number; base: BaseMeasure }[]
  distincts: readonly { id: number; distinct: DistinctMeasure }[]
}

export const totalTable = (block: { id: number }) => `counting.total_${block.id}`
export const pendingTable = (block: { id: number }) => `counting.pending_${block.id}`

/** The columns of a block in order. */
export function columnNames(block: Block): string[] {
  return [...columnTypes(block.bases).keys()]
}

/**
 * What rows add when, as SQL of (leaf_id, at, columns…): one branch for each day column, so that a row is read once for
 * all measures. `sign` is SQL; `only` narrows the rows of a branch by its instant.
 */
export function moments(
  block: Block,
  source: string,
  { sign = '1', only }: { sign?: string; only?: (at: string) => string } = {},
): string {
  const types = columnTypes(block.bases)
  const branches = new Map<string, Map<string, string>>()
  for (const { id, base } of block.bases) {
    for (const event of eventsOf(id, base)) {
      const branch = branches.get(event.at) ?? new Map<string, string>()
      for (const { column, amount } of event.terms)
        branch.set(column, `sum(case when ${event.applies} then ${sign} * (${amount}) end)`)
      branches.set(event.at, branch)
    }
  }
  if (branches.size === 0) return `select null::bigint as leaf_id, null::int as at where false`
  return [...branches]
    .map(([at, terms]) => {
      const columns = [...types].map(([name, type]) => `${terms.get(name) ?? 'null'}::${type} as ${name}`)
      const narrowed = only ? ` and ${only(at)}` : ''
      return `select ${block.ledger.unit} as leaf_id, measures.hour_of(${at}) as at, ${columns.join(', ')}
      from ${source} where (${at}) is not null${narrowed} group by 1, 2`
    })
    .join('\n      union all\n      ')
}

const list = (names: readonly string[], form: (name: string) => string) => names.map(form).join(', ')

/** Sums with the type of the column kept: a sum of bigint is numeric. */
export function sums(block: Block, alias: string): string {
  return [...columnTypes(block.bases)]
    .map(([name, type]) => `sum(${alias}.${name})::${type} as ${name}`)
    .join(', ')
}

/** Tables of a block; the keys of totals come after the first filling. */
export function blockTables(block: Block): string[] {
  const columns = [...columnTypes(block.bases)].map(([name, type]) => `${name} ${type}`)
  const both = columns.length > 0 ? `, ${columns.join(', ')}` : ''
  return [
    `create table ${totalTable(block)} (composition_id int not null, grain smallint not null, at int not null${both})
       with (fillfactor = 85, autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 5000)`,
    `create table ${pendingTable(block)} (leaf_id bigint not null, at int not null${both}, primary key (at, leaf_id))`,
  ]
}

/** From moments to totals: by month (grain 1), by year (2), and running up to the anchor (3, at 0). */
export function spread(block: Block, moment: string, running: string): string {
  const names = columnNames(block)
  const columns = names.join(', ')
  return `
    select cl.composition_id, one.grain, one.at, ${sums(block, 'one')}
    from (
      select netted.leaf_id, netted.grain, netted.at, ${sums(block, 'netted')}
      from (
        select leaf_id, 1::smallint as grain, measures.month_of(at) as at, ${columns} from ${moment}
        union all select leaf_id, 2::smallint, measures.year_of(at), ${columns} from ${moment}
        union all select leaf_id, 3::smallint, 0, ${columns} from ${running}
      ) netted where num_nonnulls(${columns}) > 0 group by 1, 2, 3
    ) one join measures.composition_leaf cl on cl.leaf_id = one.leaf_id
    group by 1, 2, 3`
}

/** Images that the block has not summed: not visible in the snapshot `was`. */
export function freshImages(block: Block, was = 'was'): string {
  const image = imageTable(block.ledger)
  const { epoch } = block.ledger
  return `select * from ${image} where epoch = ${epoch} and tx >= pg_snapshot_xmax(${was})
      union all
      select * from ${image} where epoch = ${epoch} and tx = any(array(select pg_snapshot_xip(${was})))`
}

function presenceOf(block: Block, source: string, sign: string): string {
  const branches = block.distincts.flatMap(({ id, distinct }) => {
    const branch = (at: string, applies: string, step: string) =>
      `select ${id} as measure_id, ${block.ledger.unit} as leaf_id, measures.hour_of(${at}) as at, (${distinct.key})::text as key, ${sign} * ${step} as times
       from ${source} where ${applies}`
    if (!('from' in distinct)) return [branch(distinct.on, feeds(distinct), '1')]
    return [
      branch(distinct.from, feeds(distinct), '1'),
      branch(distinct.until, `${feeds(distinct)} and (${distinct.until}) is not null`, '-1'),
    ]
  })
  return branches.join('\n union all ')
}

/** Adds who is counted once to measures.presence; nothing where the block has no such measure. */
export function putPresence(block: Block, source: string, sign = '1'): string | null {
  if (block.distincts.length === 0) return null
  return `insert into measures.presence as p (measure_id, leaf_id, at, key, times)
    select measure_id, leaf_id, at, key, sum(times)::int from (${presenceOf(block, source, sign)}) one
    group by 1, 2, 3, 4 having sum(times) <> 0
    on conflict (measure_id, leaf_id, at, key) do update set times = p.times + excluded.times`
}

/** Presence in what is not summed yet, as SQL of (measure_id, leaf_id, at, key, times). */
export function freshPresence(block: Block): string {
  return presenceOf(block, 'fresh', 'sign')
}

/** Adds to totals what is not there yet, and brings to running what has come. Called by the one folder. */
export function foldFunction(block: Block): string {
  const names = columnNames(block)
  const columns = names.join(', ')
  const add = (alias: string) =>
    list(
      names,
      (name) => `${name} = coalesce(${alias}.${name} + excluded.${name}, ${alias}.${name}, excluded.${name})`,
    )
  const presence = putPresence(block, 'fresh', 'sign')
  const summed = `
    fresh as materialized (${freshImages(block)}),
    moment as materialized (${moments(block, 'fresh', { sign: 'sign' })}),
    later as (
      insert into ${pendingTable(block)} as p (leaf_id, at, ${columns})
      select m.leaf_id, m.at, ${sums(block, 'm')} from moment m where m.at > upto and num_nonnulls(${columns}) > 0 group by 1, 2
      on conflict (at, leaf_id) do update set ${add('p')}
    ),
    matured as (delete from ${pendingTable(block)} where at <= upto returning leaf_id, at, ${columns}),
    now_running as (
      select leaf_id, at, ${columns} from moment where at <= upto
      union all select leaf_id, at, ${columns} from matured
    ),
    spread as (${spread(block, 'moment', 'now_running')}),
    put as (
      insert into ${totalTable(block)} as t (composition_id, grain, at, ${columns})
      select composition_id, grain, at, ${columns} from spread order by 1, 2, 3
      on conflict (composition_id, grain, at) do update set ${add('t')}
    )`
  const withFresh = `fresh as materialized (${freshImages(block)})`
  return `
create or replace function counting.fold_${block.id}(hour int) returns bigint
  language plpgsql security definer set search_path = pg_catalog as $counting$
declare
  was pg_snapshot;
  before int;
  upto int;
  images bigint;
begin
  select b.folded, b.anchor into was, before from measures.block b where b.id = ${block.id};
  upto := greatest(before, hour);
  with ${names.length > 0 ? summed : withFresh}${
    presence === null
      ? ''
      : `,
    present as (${presence})`
  }
  select count(*) into images from fresh;
  if images > 0 or upto > before then
    update measures.block set folded = pg_current_snapshot(), anchor = upto where id = ${block.id};
  end if;
  return images;
end $counting$`
}
