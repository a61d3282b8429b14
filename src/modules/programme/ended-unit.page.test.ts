import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { axe } from '../../platform/testing/browser.ts'
import { startTestProduct, type TestProduct } from '../../platform/testing/product.ts'

let product: TestProduct
beforeAll(async () => {
  product = await startTestProduct()
})
afterAll(() => product?.close())

describe('the overview of a commune that the reform of 1 July 2025 ends', () => {
  it.each([360, 1440])(
    'says when and into which one, and leads there and to its last day, at %i',
    async (width) => {
      const { page, complaints, close } = await product.open('lanhdao', { width })
      const found = await page.request.get('/api/units/search?q=X%C3%A3%20N%E1%BA%ADm%20B%C3%BAng')
      const { units } = await found.json()
      await page.goto(`/?unitId=${units[0].id}&asOf=2025-08-31`)
      await page.getByRole('heading', { level: 1, name: 'Xã Nậm Búng kết thúc từ 1/7/2025' }).waitFor()
      await page.getByText('Kết thúc từ 1/7/2025, nhập vào Xã Gia Hội').waitFor()
      expect(await page.getByRole('link', { name: 'Giao chỉ tiêu' }).count()).toBe(0)
      expect(await axe(page)).toEqual([])
      await page.getByRole('link', { name: 'Xã Gia Hội' }).click()
      await page.getByRole('heading', { level: 1, name: 'Xã Gia Hội chưa có chỉ tiêu năm 2025' }).waitFor()
      await page.goBack()
      await page.getByRole('link', { name: 'Xem Xã Nậm Búng ngày cuối cùng, 30/6/2025' }).click()
      await page.getByRole('heading', { level: 1, name: 'Xã Nậm Búng chưa có chỉ tiêu năm 2025' }).waitFor()
      expect(complaints).toEqual([])
      await close()
    },
  )
})
