import { feeds } from './bases.ts'
import { columnTypes } from './columns.ts'
import type { BaseMeasure, DistinctMeasure } from './declare.ts'
import { images, type Ledger } from './ledger.sql.ts'
import { moments } from './moments.sql.ts'

/** A block: the measures of one ledger whose totals stand in one table. */
export type Block = {
  id: number
  ledger: Ledger
  bases: readonly { id: number; base: BaseMeasure }[]
  distincts: readonly { id: number; distinct: DistinctMeasure }[]
  /** The stocks that coverages stand on. */
  covered: ReadonlySet<number>
}

export const totalTable = (block: { id: number }) => `counting.total_${block.id}`
export const pendingTable = (block: { id: number }) => `counting.pending_${block.id}`

/** The columns of a block in order, with their types. */
export function typesOf(block: Block): Map<string, string> {
  return columnTypes(block.bases, block.ledger.columns)
}

/** The names of the columns of a block in order. */
export function columnNames(block: Block): string[] {
  return [...typesOf(block).keys()]
}

/** That any of these columns has something; a function could not be given more than a hundred. */
const anyOf = (names: readonly string[]) => `coalesce(${names.join(', ')}) is not null`
const list = (names: readonly string[], form: (name: string) => string) => names.map(form).join(', ')

/** Sums with the type of the column kept: sum() of bigint is numeric, which costs twice the time and room. */
export function sums(block: Block, alias: string): string {
  return [...typesOf(block)]
    .map(([name, type]) => `${type === 'bigint' ? 'measures.total' : 'sum'}(${alias}.${name}) as ${name}`)
    .join(', ')
}

/** Tables of a block; the keys of totals come after the first filling. */
export function blockTables(block: Block): string[] {
  const columns = [...typesOf(block)].map(([name, type]) => `${name} ${type}`)
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
      ) netted where ${anyOf(names)} group by 1, 2, 3
    ) one join measures.composition_leaf cl on cl.leaf_id = one.leaf_id
    group by 1, 2, 3`
}

/** Images that the block has not summed: not visible in the snapshot `was`. */
export function freshImages({ ledger }: Block, was = 'was'): string {
  const of = (tx: string) => images(ledger, `epoch = ${ledger.epoch} and tx ${tx}`)
  return `${of(`>= pg_snapshot_xmax(${was})`)}
      union all
      ${of(`= any(array(select pg_snapshot_xip(${was})))`)}`
}

/** Images written after the snapshot `known` of the epoch `known_epoch`; none where `known` is null. */
export function laterImages({ ledger }: Block): string {
  return `${images(ledger, 'epoch > known_epoch')}
      union all
      ${images(ledger, 'epoch = known_epoch and tx >= pg_snapshot_xmax(known)')}
      union all
      ${images(ledger, 'epoch = known_epoch and tx = any(array(select pg_snapshot_xip(known)))')}`
}

/** Who begins and ceases to be counted when, as SQL of (measure_id, leaf_id, at, key, times). */
export function presenceOf(block: Block, source: string, sign: string): string {
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

/**
 * Gives a set of its own to every unit that records were written for before it stood on any map, so that what it comes
 * to is kept, and joins larger sets once it has a place.
 */
export function placeStrays(block: Block, source: string): string {
  return `
  with stray as (
    select distinct ${block.ledger.unit} as leaf_id from (${source}) one
    where not exists (select from measures.composition c where c.leaf_id = one.${block.ledger.unit})
      and exists (select from units.unit u where u.id = one.${block.ledger.unit})
  ), made as (
    insert into measures.composition (leaf_id) select leaf_id from stray returning id, leaf_id
  )
  insert into measures.composition_leaf (leaf_id, composition_id) select leaf_id, id from made`
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
    moment as materialized (${moments(block, 'fresh', { as: 'images' })}),
    later as (
      insert into ${pendingTable(block)} as p (leaf_id, at, ${columns})
      select m.leaf_id, m.at, ${sums(block, 'm')} from moment m where m.at > upto and ${anyOf(names)} group by 1, 2
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
  if hour = before and not exists (${freshImages(block)}) then return 0; end if;
  upto := greatest(before, hour);
  ${placeStrays(block, freshImages(block))};
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
  ${names.length > 0 ? stepBack(block, add) : ''}
  return images;
end $counting$`
}

const mostMomentsBack = 200_000

/**
 * A clock that was set back: what lies between it and the folder's hour is to come again. With too many such moments the
 * hour stays, and figures of now are read as those of a past hour are: as exact, but dearer.
 */
function stepBack(block: Block, add: (alias: string) => string): string {
  const columns = columnNames(block).join(', ')
  const negative = [...typesOf(block)]
    .map(([name, type]) => `-${type === 'bigint' ? 'measures.total' : 'sum'}(m.${name}) as ${name}`)
    .join(', ')
  const between = moments(block, block.ledger.table, { between: { after: 'hour', upTo: 'before' } })
  return `if hour < before then
    create temporary table moment_back on commit drop as
      select m.leaf_id, m.at, ${sums(block, 'm')} from (${between}) m
      where ${anyOf(columnNames(block))} group by 1, 2 limit ${mostMomentsBack + 1};
    if (select count(*) from moment_back) <= ${mostMomentsBack} then
      insert into ${pendingTable(block)} as p (leaf_id, at, ${columns}) select leaf_id, at, ${columns} from moment_back
        on conflict (at, leaf_id) do update set ${add('p')};
      insert into ${totalTable(block)} as t (composition_id, grain, at, ${columns})
        select cl.composition_id, 3, 0, ${negative} from moment_back m
        join measures.composition_leaf cl on cl.leaf_id = m.leaf_id group by 1
        on conflict (composition_id, grain, at) do update set ${add('t')};
      update measures.block set folded = pg_current_snapshot(), anchor = hour where id = ${block.id};
    end if;
    drop table moment_back;
  end if;`
}
