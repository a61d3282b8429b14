import { z } from 'zod'
import { Day, Id } from '../../platform/http/schemas.ts'
import { FigureSchema, WordsSchema } from '../../platform/measures/contract.ts'

export const ImportUnitQuery = z.strictObject({ unitId: Id })

/** Fields that travel with the file; `joinedOn` stands in where a row does not say when the person joined. */
export const ImportFields = z.strictObject({ unitId: Id, joinedOn: Day.optional() })

export const ImportError = z.object({ header: z.string(), typed: z.string(), message: WordsSchema })

export const ImportRow = z.object({
  /** As the spreadsheet numbers it. */
  row: z.number().int(),
  outcome: z.enum(['create', 'change', 'end', 'unchanged', 'error']),
  unitName: z.string(),
  fullName: z.string(),
  /** What will be written, or what deserves a look. */
  notes: z.array(WordsSchema),
  errors: z.array(ImportError),
})
export type ImportRowAnswer = z.output<typeof ImportRow>

export const ImportCounts = z.object({
  create: z.number().int(),
  change: z.number().int(),
  end: z.number().int(),
  unchanged: z.number().int(),
  error: z.number().int(),
  teams: z.number().int(),
})

/** What an import would do: nothing has been written yet, except that the file is kept. */
export const ImportCheck = z.object({
  fileId: z.uuid(),
  fileName: z.string(),
  unit: z.object({ id: Id, name: z.string() }),
  joinedOn: Day.nullable(),
  worksheet: z.string(),
  otherWorksheets: z.array(z.string()),
  /** Stands for all that would be done; sent back so that nothing else is. */
  digest: z.string(),
  counts: ImportCounts,
  teamsToForm: z.array(z.object({ name: z.string(), unitName: z.string(), formedOn: Day })),
  rows: z.array(ImportRow),
  skipped: z.array(z.object({ row: z.number().int(), text: z.string(), reason: WordsSchema })),
  ignoredColumns: z.array(z.string()),
})
export type ImportCheckAnswer = z.output<typeof ImportCheck>

export const ApplyImport = z.strictObject({
  fileId: z.uuid(),
  unitId: Id,
  joinedOn: Day.nullable().default(null),
  digest: z.string().regex(/^[0-9a-f]{64}$/),
  /** Must be asked for: rows that cannot be read are left out and the rest is written. */
  skipErrors: z.boolean().default(false),
})
export type ApplyImportInput = z.output<typeof ApplyImport>

export const ImportResult = z.object({
  counts: ImportCounts,
  unit: z.object({ id: Id, name: z.string() }),
  /** The figures that moved, before and after. */
  moved: z.array(z.object({ before: FigureSchema, after: FigureSchema })),
})
export type ImportResultAnswer = z.output<typeof ImportResult>

export const MarkedCopyQuery = z.strictObject({ fileId: z.uuid(), unitId: Id, joinedOn: Day.optional() })
