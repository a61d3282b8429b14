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

/** How a ledger stands in the database: columns with their types, names of constraints, the default of its epoch. */
export type StandingLedger = {
  columns: ReadonlyMap<string, string>
  checks: ReadonlySet<string>
  epoch: string
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
    const what = `'${`${ledger.table}.${name}`.replaceAll("'", "''")}'`
    if (check === null || isThere) return []
    return [
      `add constraint ${quotedName(`countable_${name}`)}
         check (${quotedName(name)} is null or (${check}) or measures.refuse_value(${what})) not valid`,
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
  ]
}

/** Keeps how the triggers of a counted table stand, so that it shows when somebody touches them. */
export const triggersNoted = ({ id }: { id: number }) =>
  `update measures.counted set triggers = measures.triggers_of(name) where id = ${id}`

const deeds = ['insert', 'delete', 'update'] as const
type Deed = (typeof deeds)[number]

/** What the functions of the triggers do; a function in the database that says otherwise has been changed by somebody. */
export function triggerBodies(ledger: Ledger): Record<Deed, string> {
  const names = ['id', ...[...ledger.columns.keys()].map(quotedName)].join(', ')
  const into = `insert into ${imageTable(ledger)} (sign, row_id, ${[...ledger.columns.keys()].map(quotedName).join(', ')})`
  const body = (statement: string) => `
    begin
      ${statement};
      return null;
    end `
  return {
    insert: body(`${into} select 1, ${names} from new_rows`),
    delete: body(`${into} select -1, ${names} from old_rows`),
    update: body(`${into}
      select -1, o.* from (select ${names} from old_rows except all select ${names} from new_rows) o
      union all
      select 1, n.* from (select ${names} from new_rows except all select ${names} from old_rows) n`),
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
