import type { Words } from '../part.ts'

/**
 * A table whose rows belong to their unit itself, as a target does, and are not counted. A row keeps its unit for ever;
 * who carries it on says `units.heirs_on`: from the day on which a unit went whole into another one that one, and once a
 * unit has been split the half that a person gives it to. Its `scope` must name its rows.
 */
export type SettledTable = {
  /** `schema.table`; has an `id`, and its unit column points at units by itself. */
  table: string
  /** Columns that say which row it is, shown with a dot between them. */
  label: readonly string[]
  /** Page of a row: '/targets/{id}'. */
  href?: string
  /** Column with the event after which a successor took a row out: where it is undone, the row is back. */
  closedAfter?: string
  /** Said where the table's own rules, a check or a key, keep a row from going back from a half. */
  stays: Words
}
