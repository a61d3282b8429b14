import { z } from 'zod'

/** One table as it stands in an archive. `sum` does not depend on the order of the rows. */
export const TableRecord = z.object({
  schema: z.string(),
  name: z.string(),
  columns: z.array(z.string()).min(1),
  rows: z.number().int(),
  sha256: z.string(),
  sum: z.string(),
  /** Types of the columns, for tables that a restore has to make itself (`made`); absent in older archives. */
  types: z.array(z.string()).optional(),
})
export type TableRecord = z.infer<typeof TableRecord>

/** The last entry of an archive: what it holds and how to tell that all of it is there, unchanged. */
export const Manifest = z.object({
  format: z.literal('ban-lang-so-backup-1'),
  version: z.string(),
  takenAt: z.string(),
  postgres: z.string(),
  migrations: z.array(z.object({ id: z.string(), checksum: z.string() })),
  tables: z.array(TableRecord),
  sequences: z.array(
    z.object({ schema: z.string(), name: z.string(), value: z.string(), called: z.boolean() }),
  ),
  files: z.array(
    z.object({
      name: z.string().regex(/^[0-9a-f]{2}\/[0-9a-f]{64}$/),
      size: z.number().int(),
      sha256: z.string(),
    }),
  ),
})
export type Manifest = z.infer<typeof Manifest>

export const manifestName = 'manifest.json'

/** `"schema"."name"`, safe to stand in SQL. */
export function quoted(table: { schema: string; name: string }): string {
  return [table.schema, table.name].map((part) => `"${part.replaceAll('"', '""')}"`).join('.')
}
