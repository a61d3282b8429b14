import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { axe } from '../testing/browser.ts'
import { startTestProduct, type TestProduct } from '../testing/product.ts'

let product: TestProduct
beforeAll(async () => {
  product = await startTestProduct()
})
afterAll(() => product.close())

/** Splits a village in two and answers its name. */
async function splitVillage(page: Page): Promise<string> {
  return page.evaluate(async () => {
    const read = async (path: string) => (await fetch(path)).json()
    const { units } = await read('/api/units/search?q=thon&within=3&kind=village&limit=1')
    const { ancestors } = await read(`/api/units/${units[0].id}`)
    const half = (name: string) => ({
      made: { name, code: `${units[0].code}.${name}`, kind: 'village', parentId: ancestors.at(-1).id },
    })
    await fetch('/api/units/changes', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        ...{ kind: 'split', legalBasis: 'Nghị quyết 1/NQ-HĐND', on: '2022-12-20', unitId: units[0].id },
        halves: [half('Thôn Trên'), half('Thôn Dưới')],
      }),
    })
    return units[0].name
  })
}

describe('records that a split left to nobody', () => {
  it.each([360, 1440])(
    'are given all at once only after a question, and taken back, at %i pixels',
    async (width) => {
      const { page, complaints, close } = await product.open('quantri', { width })
      if (width === 360) await splitVillage(page)
      await page.goto('/units/unassigned')
      await page.getByRole('link', { name: /^Phân bổ bản ghi của Thôn/ }).click()
      const teams = page.getByRole('heading', { level: 2, name: /^2 tổ chưa phân bổ$/ })
      await teams.waitFor()
      // Kinds of which there is nothing are not spoken of.
      expect(await page.getByText(/^0 /).count()).toBe(0)
      expect(await axe(page)).toEqual([])
      await page.getByRole('button', { name: 'Phân bổ tất cả 2' }).click()
      const asked = page.getByRole('dialog', { name: 'Phân bổ tất cả 2 tổ cho Thôn Trên?' })
      await asked.getByRole('button', { name: 'Đóng' }).click()
      expect(await teams.count()).toBe(1)
      await page.getByRole('button', { name: 'Phân bổ tất cả 2' }).click()
      await asked.getByRole('button', { name: 'Phân bổ tất cả 2' }).click()
      await page.getByRole('heading', { level: 2, name: 'Mọi tổ đã được phân bổ' }).waitFor()
      expect(await page.getByText(/Hiện đứng chung/).count()).toBe(0)
      await page.getByRole('button', { name: 'Hoàn tác', exact: true }).click()
      await page.getByRole('dialog').getByRole('button', { name: 'Hoàn tác 2 tổ' }).click()
      await teams.waitFor()
      expect(complaints).toEqual([])
      await close()
    },
  )
})

describe('links that need a person, where there are none', () => {
  it('are explained to the person who looks, with a way on', async () => {
    const { page, complaints, close } = await product.open('quantri')
    await page.goto('/units/links')
    await page.getByText('Chưa có liên kết nào phải xem').waitFor()
    expect(await page.getByRole('main').textContent()).not.toMatch(/npm/)
    expect(await axe(page)).toEqual([])
    await page.getByRole('link', { name: 'Xem các thay đổi đã ghi' }).click()
    await page.getByRole('heading', { level: 1, name: 'Các thay đổi' }).waitFor()
    expect(complaints).toEqual([])
    await close()
  })
})
