/** What one uploaded table may hold. A commune's longest list (all residents) stays well below; a bomb does not. */
export const SHEET_LIMITS = {
  bytes: 10 * 1024 * 1024,
  unpackedBytes: 64 * 1024 * 1024,
  packedParts: 2_000,
  rows: 20_000,
  columns: 100,
  worksheets: 60,
  /** The header is looked for in the first rows only: titles, the name of the office, the date. */
  headerRows: 15,
} as const
