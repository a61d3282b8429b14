import type { Words } from '../part.ts'

/**
 * A table whose rows belong to their unit itself, as a target does: once the unit has been split, a person gives them to
 * one of its successors, and they are that one's from then on. (Rows of a counted table stay with their unit and are only
 * counted in the successor; that needs no declaration.) Its `scope` must name its rows.
 */
export type SettledTable = {
  /** `schema.table`; has an `id`, and its unit column points at units by itself. */
  table: string
  /** Columns that say which row it is, shown with a dot between them. */
  label: readonly string[]
  /** Page of a row: '/targets/{id}'. */
  href?: string
  /** Said where the successor has a row like one that it is to be given. */
  taken: Words
}
