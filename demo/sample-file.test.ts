import { readFileSync } from 'node:fs'
import ExcelJS from 'exceljs'
import { describe, expect, it } from 'vitest'
import { sampleFile } from './sample-file.ts'
import { sampleImport } from './sample-import.ts'

async function cellsOf(bytes: Uint8Array): Promise<unknown[]> {
  const book = new ExcelJS.Workbook()
  await book.xlsx.load(bytes.slice().buffer)
  const rows: unknown[] = []
  book.worksheets[0]?.eachRow((row) => rows.push(JSON.stringify(row.values)))
  return rows
}

describe('the sample list in the repository', () => {
  it('is the one that the demonstration describes', async () => {
    const kept = readFileSync(new URL(`./samples/${sampleImport().fileName}`, import.meta.url))
    const cells = await cellsOf(kept)
    expect(cells).toEqual(await cellsOf(await sampleFile()))
    expect(cells.length).toBe(sampleImport().titleRows.length + 1 + sampleImport().rows.length)
  })
})
