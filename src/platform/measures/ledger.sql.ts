import type { Counted } from './bases.ts'
import { columnsRead, expressionsOf } from './columns.ts'

/** A counted table as it is in the database. */
export type Ledger = {
  id: number
  /** `schema.table` */
  table: string
  unit: string
  /** Columns of the table whose images are kept, with their types. */
  columns: ReadonlyMap<string, string>
  epoch: number
}

/** The columns of a table that these measures read, the unit among them. */
export function imageColumns(
  counted: readonly Counted[],
  all: ReadonlyMap<string, string>,
): Map<string, string> {
  const read = columnsRead(counted.flatMap(expressionsOf), [...all.keys()])
  return new Map(
    read.filter((column) => column !== 'id').map((column) => [column, all.get(column) ?? 'text']),
  )
}

/** What a value must be to be counted at all, by the type of its column; null where any value can be. */
function countable(column: string, type: string): string | null {
  if (/^(date|timestamp)/.test(type)) return `${column} between '0001-01-01' and '9999-12-31 23:59'`
  // NaN is more than any number.
  if (/^(numeric|real|double)/.test(type)) return `${column} > '-Infinity' and ${column} < 'Infinity'`
  return null
}

const quotedName = (name: string) => `"${name.replaceAll('"', '""')}"`
export const imageTable = (ledger: { id: number }) => `counting.image_${ledger.id}`
/** Images of large statements, a hundred thousand to a row: an array for each column. */
export const bulkTable = (ledger: { id: number }) => `counting.image_${ledger.id}_bulk`

/** The rows of a statement that get an image each; those beyond go to the bulk table. */
export const imagesOneByOne = 1_000
const imagesInBulk = 100_000

/** Arrays of arrays are of one length each; a column of arrays keeps its images one by one. */
const fitsInBulk = (ledger: Ledger) => [...ledger.columns.values()].every((type) => !type.endsWith('[]'))

/** All images for which `where` holds, whichever table keeps them; it may ask for `epoch` and `tx`. */
export function images(ledger: Ledger, where: string): string {
  const names = [...ledger.columns.keys()].map(quotedName)
  const arrays = ['row_id', ...names]
  const single = `select tx, epoch, sign, ${arrays.join(', ')} from ${imageTable(ledger)} where ${where}`
  if (!fitsInBulk(ledger)) return single
  return `${single}
      union all
      select b.tx, b.epoch, b.sign, ${arrays.map((name) => `i.${name}`).join(', ')} from ${bulkTable(ledger)} b
      cross join lateral unnest(${arrays.map((name) => `b.${name}`).join(', ')}) i(${arrays.join(', ')}) where ${where}`
}

/** Whether no image is kept for which `where` holds. */
export const noImages = (ledger: Ledger, where: string): string =>
  [imageTable(ledger), bulkTable(ledger)]
    .map((table) => `not exists (select from ${table} where ${where})`)
    .join(' and ')

/** A condition that holds for a value that can be counted and refuses any other in words. */
function requiredOf(ledger: Ledger, name: string, check: string): string {
  const what = `'${`${ledger.table}.${name}`.replaceAll("'", "''")}'`
  return `${quotedName(name)} is null or (${check}) or measures.refuse_value(${what})`
}

/** How a ledger stands in the database: columns with their types, names of constraints, the default of its epoch. */
export type StandingLedger = {
  columns: ReadonlyMap<string, string>
  checks: ReadonlySet<string>
  epoch: string
  /** The columns of its bulk table, and the default of the epoch there. */
  bulkColumns: ReadonlyMap<string, string>
  bulkEpoch: string
}

/**
 * Makes the ledger of a table, or brings it to what is wanted: columns as the table has them now, and values refused that
 * no figure can be made of. Says nothing of what is there already, because each of these shuts readers out for a moment.
 */
export function ledgerTable(ledger: Ledger, idType: string, before: StandingLedger): string[] {
  const image = imageTable(ledger)
  const alters = [...ledger.columns].flatMap(([name, type]) => {
    const column = quotedName(name)
    const was = before.columns.get(name)
    if (was === undefined) return [`add column ${column} ${type}`]
    return was === type ? [] : [`alter column ${column} type ${type} using ${column}::${type}`]
  })
  const checks = [...ledger.columns].flatMap(([name, type]) => {
    const check = countable(quotedName(name), type)
    const isThere = before.checks.has(`countable_${name}`) && before.columns.get(name) === type
    if (check === null || isThere) return []
    return [
      `add constraint ${quotedName(`countable_${name}`)} check (${requiredOf(ledger, name, check)}) not valid`,
    ]
  })
  const stale = [...ledger.columns]
    .filter(([name, type]) => before.checks.has(`countable_${name}`) && before.columns.get(name) !== type)
    .map(([name]) => `drop constraint ${quotedName(`countable_${name}`)}`)
  const alter = (parts: readonly string[]) =>
    parts.length > 0 ? [`alter table ${image} ${parts.join(', ')}`] : []
  return [
    ...(before.columns.size === 0
      ? [
          `create table ${image} (tx xid8 not null, epoch int not null, sign smallint not null, row_id ${idType} not null)`,
        ]
      : []),
    ...(before.epoch === String(ledger.epoch)
      ? []
      : [
          // A restore makes the columns alone.
          `alter table ${image} alter column tx set default pg_current_xact_id(), alter column tx set not null,
             alter column epoch set default ${ledger.epoch}, alter column epoch set not null,
             alter column sign set not null, alter column row_id set not null`,
          `create index if not exists image_${ledger.id}_tx on ${image} (epoch, tx)`,
        ]),
    ...alter(stale),
    ...alter(alters),
    ...alter(checks),
    ...bulkLedger(ledger, idType, before),
  ]
}

function bulkLedger(ledger: Ledger, idType: string, before: StandingLedger): string[] {
  const bulk = bulkTable(ledger)
  const wanted = fitsInBulk(ledger) ? [['row_id', idType] as const, ...ledger.columns] : []
  const alters = wanted.flatMap(([name, type]) => {
    const column = quotedName(name)
    const was = before.bulkColumns.get(name)
    // Stored as they are: numbers in a row pack poorly, and packing costs more than keeping them.
    if (was === undefined)
      return [`add column ${column} ${type}[]`, `alter column ${column} set storage external`]
    return was === `${type}[]` ? [] : [`alter column ${column} type ${type}[] using ${column}::${type}[]`]
  })
  return [
    `create table if not exists ${bulk} (tx xid8, epoch int, sign smallint)`,
    ...(before.bulkEpoch === String(ledger.epoch)
      ? []
      : [
          `alter table ${bulk} alter column tx set default pg_current_xact_id(), alter column tx set not null,
             alter column epoch set default ${ledger.epoch}, alter column epoch set not null, alter column sign set not null`,
          `create index if not exists image_${ledger.id}_bulk_tx on ${bulk} (epoch, tx)`,
        ]),
    ...alters.map((part) => `alter table ${bulk} ${part}`),
  ]
}

/** Keeps how the triggers of a counted table stand, so that it shows when somebody touches them. */
export const triggersNoted = ({ id }: { id: number }) =>
  `update measures.counted set triggers = measures.triggers_of(name) where id = ${id}`

const deeds = ['insert', 'delete', 'update'] as const
type Deed = (typeof deeds)[number]

const body = (statements: string) => `
    begin
      ${statements};
      return null;
    end `

/** How images of all rows of a statement are kept: the first of them one by one, the others many to a row. */
function keepImages(ledger: Ledger, sign: 1 | -1, rows: string): string {
  const columns = [...ledger.columns.keys()].map(quotedName)
  const names = ['id', ...columns].join(', ')
  const kept = ['sign', 'row_id', ...columns].join(', ')
  const single = `insert into ${imageTable(ledger)} (${kept}) select ${sign}, ${names} from ${rows}`
  if (!fitsInBulk(ledger)) return body(single)
  const required = [...ledger.columns].flatMap(([name, type]) => {
    const check = countable(quotedName(name), type)
    return check === null ? [] : [` and bool_and(${requiredOf(ledger, name, check)})`]
  })
  return `
    declare
      kept bigint := ${imagesOneByOne};
    begin
      ${single} limit ${imagesOneByOne};
      get diagnostics kept = row_count;
      if kept < ${imagesOneByOne} then return null; end if;
      loop
        insert into ${bulkTable(ledger)} (${kept})
        select ${[sign, 'array_agg(id)', ...columns.map((column) => `array_agg(${column})`)].join(', ')}
        from (select ${names} from ${rows} offset kept limit ${imagesInBulk}) part
        having count(*) > 0${required.join('')};
        exit when not found;
        kept := kept + ${imagesInBulk};
      end loop;
      return null;
    end `
}

/** What the functions of the triggers do; a function in the database that says otherwise has been changed by somebody. */
export function triggerBodies(ledger: Ledger): Record<Deed, string> {
  return {
    insert: keepImages(ledger, 1, 'new_rows'),
    delete: keepImages(ledger, -1, 'old_rows'),
    update: updateBody(ledger),
  }
}

function updateBody(ledger: Ledger): string {
  const columns = [...ledger.columns.keys()].map(quotedName)
  const names = ['id', ...columns].join(', ')
  return body(`insert into ${imageTable(ledger)} (${['sign', 'row_id', ...columns].join(', ')})
      select -1, o.* from (select ${names} from old_rows except all select ${names} from new_rows) o
      union all
      select 1, n.* from (select ${names} from new_rows except all select ${names} from old_rows) n`)
}

/** What these functions did before large statements had a table of their own: not as now, but nobody's doing. */
export function formerBodies(ledger: Ledger): Record<Deed, string> {
  const columns = [...ledger.columns.keys()].map(quotedName)
  const names = ['id', ...columns].join(', ')
  const into = `insert into ${imageTable(ledger)} (${['sign', 'row_id', ...columns].join(', ')})`
  return {
    insert: body(`${into} select 1, ${names} from new_rows`),
    delete: body(`${into} select -1, ${names} from old_rows`),
    update: updateBody(ledger),
  }
}

/**
 * The triggers of a counted table, each with the sessions it fires in: always (A), or where a session plays a replica (R),
 * in which statement triggers stay silent. That one is asked for every row, so it costs the others nothing.
 */
export const ledgerTriggersFire: ReadonlyMap<string, 'A' | 'R'> = new Map([
  ...deeds.map((deed) => [`counted_${deed}`, 'A'] as const),
  ['counted_never_replicated', 'R'],
  ['counted_never_truncated', 'A'],
])

/**
 * The triggers that write the ledger: once a statement, whatever number of rows it writes and whatever wrote it (COPY,
 * upsert, cascade). An update that changes no counted column writes nothing. No session mode gets past them.
 */
export function ledgerTriggers(ledger: Ledger, counts: readonly Counted[]): string[] {
  const { id, table } = ledger
  const name = (deed: string) => `counting.${deed}_${id}`
  const bodies = triggerBodies(ledger)
  const make = (deed: Deed) => `
    create or replace function ${name(deed)}() returns trigger
      language plpgsql security definer set search_path = pg_catalog as $counting$${bodies[deed]}$counting$`
  const on = (deed: string, tables: string) =>
    `create or replace trigger counted_${deed} after ${deed} on ${table} referencing ${tables}
       for each statement execute function ${name(deed)}()`
  const enabled = [...ledgerTriggersFire].map(
    ([trigger, fires]) => `enable ${fires === 'A' ? 'always' : 'replica'} trigger ${trigger}`,
  )
  return [
    make('insert'),
    make('delete'),
    make('update'),
    on('insert', 'new table as new_rows'),
    on('delete', 'old table as old_rows'),
    on('update', 'old table as old_rows new table as new_rows'),
    `create or replace trigger counted_never_truncated before truncate on ${table}
       for each statement execute function measures.refuse_truncate()`,
    `create or replace trigger counted_never_replicated after insert or update or delete on ${table}
       for each row execute function measures.refuse_replication()`,
    // In one statement: none of them may be off once a table has been altered.
    `alter table ${table} ${enabled.join(', ')}`,
    triggersNoted(ledger),
    `comment on table ${imageTable(ledger)} is '${`Images of ${table} for ${counts.length} measures`.replaceAll("'", "''")}'`,
  ]
}
