import { afterAll, beforeAll, expect, it } from 'vitest'
import { startTestProduct, type TestProduct } from '../../platform/testing/product.ts'

let product: TestProduct
beforeAll(async () => {
  product = await startTestProduct()
})
afterAll(() => product.close())

it('what was typed into a target survives that somebody else changed it, and takes nothing of theirs away', async () => {
  const first = await product.open('thuongtruc')
  const second = await product.open('thuongtruc')
  for (const { page } of [first, second]) await page.goto('/targets/1/edit')
  const field = (opened: typeof first, name: string) => opened.page.locator(`[name="${name}"]`)
  const save = (opened: typeof first) => opened.page.locator('main form button[type="submit"]').click()

  await field(first, 'note').fill('Ghi chú của người thứ nhất')
  await field(first, 'reason').fill('Bổ sung ghi chú')
  await field(second, 'answerablePosition').fill('Chức vụ do người thứ hai ghi')
  await field(second, 'reason').fill('Đổi người phụ trách')
  await save(second)
  await second.page.waitForURL(/\/targets\/1$/)

  await save(first)
  await first.page.getByText('nội dung đang nhập vẫn còn').waitFor()
  await first.page.reload()
  await first.page.getByText('Đã giữ lại những gì anh/chị nhập lần trước.').waitFor()
  expect(await field(first, 'note').inputValue()).toBe('Ghi chú của người thứ nhất')
  expect(await field(first, 'answerablePosition').inputValue()).toBe('Chức vụ do người thứ hai ghi')
  await save(first)
  await first.page.waitForURL(/\/targets\/1$/)
  await first.close()
  await second.close()
})
