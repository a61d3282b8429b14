import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { axe } from '../testing/browser.ts'
import { startTestProduct, type TestProduct } from '../testing/product.ts'

let product: TestProduct
beforeAll(async () => {
  product = await startTestProduct()
})
afterAll(() => product.close())

async function idOf(page: Page, name: string, asOf: string): Promise<string> {
  const found = await page.request.get(`/api/units/search?q=${encodeURIComponent(name)}&asOf=${asOf}&limit=1`)
  return (await found.json()).units[0].id
}

describe('the page of a unit on the day in its address', () => {
  it.each([360, 1440])('shows the map of that day, and its doors keep the day, at %i', async (width) => {
    const { page, complaints, close } = await product.open('quantri', { width })
    const province = await idOf(page, 'Tỉnh Lào Cai', '2025-12-31')
    await page.goto(`/units/${province}?asOf=2025-12-31`)
    await page.getByText(/· ngày 31\/12\/2025$/).waitFor()
    expect(await axe(page)).toEqual([])
    await page.getByRole('link', { name: 'Xã Gia Hội' }).click()
    await page.waitForURL(/asOf=2025-12-31/)
    await page.getByText(/· ngày 31\/12\/2025$/).waitFor()
    await page.getByRole('heading', { level: 1, name: 'Xã Gia Hội' }).waitFor()
    const day = page.getByRole('textbox', { name: 'Xem đơn vị vào ngày' })
    expect(await day.inputValue()).toBe('31/12/2025')
    await day.fill('')
    await page.getByText(/Ngày 31\/12\/2022 không có đơn vị này.*như ngày 1\/7\/2025/).waitFor()
    expect(complaints).toEqual([])
    await close()
  })

  it('shows the district with its communes on its last day, and says what took its place after', async () => {
    const { page, close } = await product.open('lanhdao')
    const district = await idOf(page, 'Huyện Văn Chấn', '2022-12-31')
    await page.goto(`/units/${district}?asOf=30/6/2025`)
    await page.getByText(/· ngày 30\/6\/2025$/).waitFor()
    await page.getByRole('heading', { name: '24 đơn vị trực thuộc' }).waitFor()
    await page.goto(`/units/${district}?asOf=2025-07-01`)
    await page.getByText(/Đơn vị đã kết thúc từ 1\/7\/2025.*như ngày 30\/6\/2025/).waitFor()
    await close()
  })

  it('says of a day that cannot be read what stands in the address, and shows today', async () => {
    const { page, close } = await product.open('lanhdao')
    const district = await idOf(page, 'Huyện Văn Chấn', '2022-12-31')
    await page.goto(`/units/${district}?asOf=tet`)
    await page.getByText(/ghi «tet», không đọc được/).waitFor()
    await page.getByText(/· ngày 31\/12\/2022$/).waitFor()
    await close()
  })
})
