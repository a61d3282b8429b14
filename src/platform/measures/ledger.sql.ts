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

const quotedName = (name: string) => `"${name.replaceAll('"', '""')}"`
export const imageTable = (ledger: { id: number }) => `counting.image_${ledger.id}`

/** Makes the ledger of a table, or adds the columns that new measures read. */
export function ledgerTable(ledger: Ledger, idType: string): string[] {
  const image = imageTable(ledger)
  return [
    `create table if not exists ${image} (
       tx xid8 not null default pg_current_xact_id(),
       epoch int not null,
       sign smallint not null,
       row_id ${idType} not null)`,
    `alter table ${image} alter column epoch set default ${ledger.epoch}`,
    `create index if not exists image_${ledger.id}_tx on ${image} (epoch, tx)`,
    ...[...ledger.columns].map(
      ([name, type]) => `alter table ${image} add column if not exists ${quotedName(name)} ${type}`,
    ),
  ]
}

/**
 * The triggers that write the ledger: once a statement, whatever number of rows it writes and whatever wrote it (COPY,
 * upsert, cascade). An update that changes no counted column writes nothing. They fire in every session mode.
 */
export function ledgerTriggers(ledger: Ledger, counts: readonly Counted[]): string[] {
  const { id, table, columns } = ledger
  const names = ['id', ...[...columns.keys()].map(quotedName)].join(', ')
  const into = `insert into ${imageTable(ledger)} (sign, row_id, ${[...columns.keys()].map(quotedName).join(', ')})`
  const name = (deed: string) => `counting.${deed}_${id}`
  const make = (deed: string, body: string) => `
    create or replace function ${name(deed)}() returns trigger
      language plpgsql security definer set search_path = pg_catalog as $counting$
    begin
      ${body};
      return null;
    end $counting$`
  const on = (deed: string, tables: string) => [
    `drop trigger if exists counted_${deed} on ${table}`,
    `create trigger counted_${deed} after ${deed} on ${table} referencing ${tables}
       for each statement execute function ${name(deed)}()`,
    `alter table ${table} enable always trigger counted_${deed}`,
  ]
  const guard = (trigger: string, how: string) => [
    `drop trigger if exists ${trigger} on ${table}`,
    `create trigger ${trigger} before ${how}`,
    `alter table ${table} enable always trigger ${trigger}`,
  ]
  return [
    make('insert', `${into} select 1, ${names} from new_rows`),
    make('delete', `${into} select -1, ${names} from old_rows`),
    make(
      'update',
      `${into}
      select -1, o.* from (select ${names} from old_rows except all select ${names} from new_rows) o
      union all
      select 1, n.* from (select ${names} from new_rows except all select ${names} from old_rows) n`,
    ),
    ...on('insert', 'new table as new_rows'),
    ...on('delete', 'old table as old_rows'),
    ...on('update', 'old table as old_rows new table as new_rows'),
    ...guard(
      'counted_never_truncated',
      `truncate on ${table} for each statement execute function measures.refuse_truncate()`,
    ),
    ...guard(
      'counted_never_replicated',
      `insert or update or delete on ${table} for each row
       when (current_setting('session_replication_role') = 'replica') execute function measures.refuse_replication()`,
    ),
    `comment on table ${imageTable(ledger)} is '${`Images of ${table} for ${counts.length} measures`.replaceAll("'", "''")}'`,
  ]
}
