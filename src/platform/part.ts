import type { Capability } from './actor/capability.ts'
import type { ScopedTable } from './db/scope.ts'
import type { RouteDeclaration } from './http/route.ts'
import type { JobDeclaration } from './jobs/job.ts'
import type { CountedTable, Measure } from './measures/declare.ts'
import type { SettledTable } from './units/settled.ts'

/** A sentence a person reads, in both languages. */
export type Words = { vi: string; en: string }

/**
 * One piece of the product: a part of the platform or a module. Everything that the rest of the house must know of it
 * is declared here, and nowhere else.
 */
export type Part = {
  /** Folder name; also the PostgreSQL schema that holds its tables. */
  name: string
  title: Words
  /** `import.meta.dirname` of the part: `migrations/*.sql` are read from there. */
  folder: string
  capabilities?: readonly Capability[]
  /** Every table of the schema must stand here; a table without a declared scope stops the start. */
  scope?: readonly ScopedTable[]
  counted?: readonly CountedTable[]
  measures?: readonly Measure[]
  settled?: readonly SettledTable[]
  routes?: readonly RouteDeclaration[]
  jobs?: readonly JobDeclaration[]
}
