import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { axe } from '../../platform/testing/browser.ts'
import { startTestProduct, type TestProduct } from '../../platform/testing/product.ts'

let product: TestProduct

beforeAll(async () => {
  product = await startTestProduct()
})
afterAll(() => product?.close())

const point =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=='
const photo = (name: string, content = Buffer.from(point, 'base64')) => ({
  name,
  mimeType: 'image/png',
  buffer: content,
})

describe('an activity on a phone', () => {
  it('is recorded with several photos; one that fails is said, and the others are kept', async () => {
    const { page, close } = await product.open('truongthon', { width: 360 })
    await page.goto('/teams?kind=community_team')
    await page
      .getByRole('table')
      .getByRole('link', { name: /thôn Trung Tâm/ })
      .first()
      .click()
    await page.getByRole('button', { name: 'Ghi hoạt động' }).click()
    await page.getByLabel('Tên hoạt động').fill('Buổi thử nhiều ảnh')
    await page
      .getByLabel('Chọn ảnh')
      .setInputFiles([photo('mot.png'), photo('hong.png', Buffer.from('không phải ảnh')), photo('hai.png')])
    await page
      .getByRole('form', { name: 'Ghi hoạt động' })
      .getByRole('button', { name: 'Ghi hoạt động' })
      .click()
    await page.getByText('Các ảnh sau chưa gửi được').waitFor()
    const left = page.getByRole('list', { name: 'Ảnh chưa gửi' })
    expect(await left.getByRole('listitem').count()).toBe(1)
    expect(await left.textContent()).toContain('hong.png')
    await page.setViewportSize({ width: 360, height: 6000 })
    expect(await axe(page)).toEqual([])
    await page
      .getByRole('region', { name: 'Ảnh của hoạt động' })
      .getByRole('button', { name: 'Đóng' })
      .click()
    await page.getByRole('img', { name: 'Ảnh 2 của Buổi thử nhiều ảnh' }).waitFor()
    await close()
  })
})
