import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestProduct, type TestProduct } from '../src/platform/testing/product.ts'
import { sampleImport } from './sample-import.ts'

const sample = fileURLToPath(new URL(`./samples/${sampleImport().fileName}`, import.meta.url))
const membersTitle = 'Thành viên tổ công nghệ số cộng đồng cấp thôn'

describe('the main job: a unit works, a target moves, the number opens to its records', () => {
  let product: TestProduct

  beforeAll(async () => {
    product = await startTestProduct()
  })
  afterAll(() => product.close())

  it('moves the leader’s number while he watches, and the list behind it holds the new rows', async () => {
    const leader = await product.open('lanhdao')
    const officer = await product.open('canbo.nambung')
    const number = leader.page
      .getByRole('row', { name: membersTitle })
      .getByRole('button', { name: /1\.157/ })
    await number.waitFor()

    await officer.page.goto('/teams/import')
    await officer.page.locator('input[type=file]').setInputFiles(sample)
    await officer.page.getByRole('button', { name: 'Xem trước' }).click()
    await officer.page.getByText('3 dòng cần sửa').first().waitFor()
    await officer.page.getByLabel(/[Bb]ỏ qua .*dòng/).check()
    await officer.page.getByRole('button', { name: /^Nhập: thêm 11/ }).click()
    await officer.page
      .getByText(/Đã ghi: thêm 11/)
      .first()
      .waitFor()

    const moved = leader.page.getByRole('row', { name: membersTitle }).getByRole('button', { name: /1\.168/ })
    await moved.waitFor({ timeout: 10_000 })
    await moved.click()
    const list = leader.page.getByRole('dialog')
    await list.getByText('1.168').first().waitFor()
    await list.getByRole('searchbox').fill('ban tai sinh')
    await list.getByText('Bàn Tài Sính').waitFor()
    expect(leader.complaints).toEqual([])
    expect(officer.complaints).toEqual([])
    await leader.close()
    await officer.close()
  })
})
