import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { systemActor } from '../../access/index.ts'
import type { Actor } from '../../actor/actor.ts'
import { type Database, openDatabase } from '../../db/database.ts'
import { type FreshDatabase, freshDatabase } from '../../testing/database.ts'
import { settleFinding, takeBackFinding } from './findings.actions.ts'
import { findingCounts, findingsShown } from './findings.views.ts'
import { importCountry } from './import.actions.ts'
import { settleLink, takeBackLink } from './links.actions.ts'
import { linkTotals } from './links.totals.ts'
import { readLists } from './lists.read.ts'
import { sampleDay, sampleFiles } from './sample-lists.fixtures.ts'

let fresh: FreshDatabase
let database: Database
let system: Actor

const run = () =>
  database.write(system, (tx) =>
    importCountry(tx, system, {
      lists: readLists(sampleFiles()),
      fileNames: ['cu.csv', 'moi-2025-07-01.csv'],
      since: '2020-01-01',
      day: sampleDay,
      legalBasis: null,
    }),
  )

beforeAll(async () => {
  fresh = await freshDatabase()
  database = openDatabase(fresh.ownerUrl)
  system = await systemActor(database)
  await run()
})
afterAll(async () => {
  await database.close()
  await fresh.drop()
})

async function idOn(code: string, on: string): Promise<string> {
  const { rows } = await sql<{ id: string }>`
    select unit_id::text as id from units.unit_version
    where code = ${code} and valid_from <= ${on}::date and (valid_until is null or valid_until > ${on}::date)`.execute(
    database.owner,
  )
  return rows[0]?.id ?? ''
}

describe('what a list says of a new unit that matches no old one', () => {
  const shown = async () => {
    const found = await database.read(system, (tx) => findingsShown(tx))
    return new Map(found.map((one) => [one.unit.code, one]))
  }
  const settle = (unitId: string, verdict: 'none' | 'linked', revision: number) =>
    database.write(system, (tx) => settleFinding(tx, system, unitId, { verdict, revision }))

  test('stands here with its words, and whether any old unit is known', async () => {
    const found = await shown()
    expect(found.get('93010')).toMatchObject({
      words: ['Huyện Đảo'],
      isAlone: true,
      maybe: [],
      settled: null,
    })
    expect(found.get('91019')).toMatchObject({
      unit: { name: 'Xã Bình Hai', province: 'Tỉnh Nam Thử' },
      words: ['Trường bắn số 1'],
      isAlone: false,
      maybe: [{ name: 'Xã Không Ai Nêu' }],
    })
    const counts = await database.read(system, (tx) => findingCounts(tx))
    expect(counts).toEqual({ total: 2, waiting: 2, alone: 1 })
  })

  test('is settled and taken back; importing again leaves it', async () => {
    const island = await idOn('93010', sampleDay)
    const { revision } = await settle(island, 'none', 1)
    expect((await run()).waitingFindings).toBe(1)
    expect((await shown()).get('93010')?.settled).toMatchObject({ verdict: 'none' })
    await database.write(system, (tx) => takeBackFinding(tx, system, island, revision))
    expect((await shown()).get('93010')?.settled).toBeNull()
  })

  test('is settled by the old unit only once a person has linked one', async () => {
    const commune = await idOn('91019', sampleDay)
    await expect(settle(commune, 'linked', 1)).rejects.toThrow(
      /Chưa có đơn vị cũ nào được xác nhận là về «Xã Bình Hai»/,
    )
    const old = await idOn('91025', '2022-01-01')
    const { rows } = await sql<{ revision: number }>`
      select revision from units.link where from_unit_id = ${old}::bigint`.execute(database.owner)
    const answer = { went: 'whole' as const, toUnitIds: [commune], revision: rows[0]?.revision ?? 0 }
    const { revision } = await database.write(system, (tx) => settleLink(tx, system, old, answer))
    expect((await shown()).get('91019')?.linked).toMatchObject([{ name: 'Xã Không Ai Nêu' }])
    const settled = await settle(commune, 'linked', 1)
    const totals = await database.read(system, (tx) => linkTotals(tx))
    expect(totals).toMatchObject({ units: 14, known: 12, settled: 1, open: 0 })
    await database.write(system, (tx) => takeBackFinding(tx, system, commune, settled.revision))
    await database.write(system, (tx) => takeBackLink(tx, system, old, revision))
  })

  test('is refused in words where another has settled it meanwhile, or nobody has', async () => {
    const island = await idOn('93010', sampleDay)
    await expect(settle(island, 'none', 1)).rejects.toThrow(/Người khác vừa lưu phần của «Đặc khu Đảo»/)
    await expect(database.write(system, (tx) => takeBackFinding(tx, system, island, 3))).rejects.toThrow(
      /không có gì phải hoàn tác/,
    )
    await expect(settle(await idOn('91013', sampleDay), 'none', 1)).rejects.toThrow(/Không tìm thấy/)
  })
})
