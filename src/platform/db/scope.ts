import type { Words } from '../part.ts'

/**
 * Who may see and change the rows of a table. The same capability names stand in routes (`audience`) and in pages
 * (`needs`), so page, route and database say the same.
 */
export type ScopedTable = {
  /** `schema.table` */
  table: string
} & (
  | {
      /** Column that holds the owner unit. */
      unit: string
      /** Capability that shows rows; `signed_in` shows them to whoever is signed in. */
      view: string
      /** Capability that adds and changes rows; `nobody`: only the platform's own functions write. */
      change: string
      /** Capability that deletes rows; without it nobody deletes. */
      remove?: string
      /** A further condition in SQL under which a person sees a row, e.g. their own account. */
      orView?: string
      /** A further condition in SQL under which a person changes a row. */
      orChange?: string
      /** A further condition in SQL under which a person deletes a row, where `remove` is given. */
      orRemove?: string
      /**
       * What one row is called where units change: «4 tổ»; `en` is of many, `one` of one. `unless`: column that is set once
       * a row no longer matters. `away`: what a person does so that rows of a unit no longer matter, said where they keep a
       * change from being undone. `href` and `label`: page of a row, and SQL over `t` of what it is called, where no list says so.
       */
      noun?: Words & { one: string; unless?: string; away?: Words; href?: string; label?: string }
    }
  | {
      /** A table that no person reads or writes directly, with the reason. */
      platformOnly: string
    }
)

/**
 * The unit of a row stands at or below one where the capability is held. As `exists` the planner looks one row up by its
 * key and takes the set of all permitted units for a list; what stands in `(select …)` is asked once in a statement.
 */
function withinRights(unit: string, capability: string): string {
  const wanted = `'${capability.replaceAll("'", "''")}'`
  return `(((select access.everywhere(${wanted})) and ${unit} is not null) or exists (select from units.standing s
    where s.unit_id = ${unit} and s.ancestor_id = any ((select access.roots(${wanted}))::bigint[])))`
}

/** The policies of one table, as SQL statements, for the role that owns the tables and the one that serves people (quoted). */
export function policyStatements(
  scope: ScopedTable,
  { owner, app }: { owner: string; app: string },
): string[] {
  const table = scope.table
  const statements = [
    `alter table ${table} enable row level security`,
    `alter table ${table} force row level security`,
    `create policy owner_all on ${table} to ${owner} using (true) with check (true)`,
  ]
  if ('platformOnly' in scope) return statements
  const within = (capability: string, extra: string | undefined) => {
    const byUnit =
      capability === 'signed_in'
        ? 'access.current_account() is not null'
        : capability === 'nobody'
          ? 'false'
          : withinRights(`${table}.${scope.unit}`, capability)
    return extra ? `(${byUnit}) or (${extra})` : byUnit
  }
  const view = within(scope.view, scope.orView)
  const change = within(scope.change, scope.orChange)
  statements.push(
    `create policy app_view on ${table} for select to ${app} using (${view})`,
    `create policy app_add on ${table} for insert to ${app} with check (${change})`,
    `create policy app_change on ${table} for update to ${app} using (${change}) with check (${change})`,
    `grant select, insert, update on ${table} to ${app}`,
  )
  if (scope.remove) {
    statements.push(
      `create policy app_remove on ${table} for delete to ${app} using (${within(scope.remove, scope.orRemove)})`,
      `grant delete on ${table} to ${app}`,
    )
  }
  return statements
}
