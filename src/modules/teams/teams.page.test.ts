import { afterAll, beforeAll, expect, it } from 'vitest'
import { startTestProduct, type TestProduct } from '../../platform/testing/product.ts'

let product: TestProduct
beforeAll(async () => {
  product = await startTestProduct()
})
afterAll(() => product?.close())

it('shots', async () => {
  console.log(product.app.accounts)
  for (const width of [1440, 360]) {
    const { page, complaints } = await product.open(product.app.accounts.find((a) => /nam-?bung|canbo/.test(a.name))?.name ?? '', { width })
    await page.goto('/teams')
    await page.getByRole('table').waitFor()
    await page.waitForTimeout(800)
    await page.screenshot({ path: `/tmp/gteams/list-${width}.png`, fullPage: false })
    await page.getByRole('table').getByRole('link').first().click()
    await page.waitForTimeout(800)
    await page.getByRole('button', { name: 'Thêm thành viên' }).first().click().catch((e) => console.log(String(e).slice(0,200)))
    await page.waitForTimeout(300)
    await page.screenshot({ path: `/tmp/gteams/team-${width}.png`, fullPage: true })
    await page.goto('/teams/import')
    await page.waitForTimeout(800)
    await page.screenshot({ path: `/tmp/gteams/import-${width}.png`, fullPage: true })
    const text = 'Thôn;Họ tên;SĐT;Ngày tham gia;Vai trò\r\nThôn Trung Tâm;Bàn Tài Sính;900009001;5/12/2022;\r\nThôn Khe Tràm;Triệu Phúc Khách;900009009;09/12/2022;\r\nNậm Pươi;Vàng A Tủa;;31/11/2022;'
    await page.setInputFiles('input[type=file]', { name: 'thanh-vien.csv', mimeType: 'text/csv', buffer: Buffer.from(text) })
    await page.getByRole('button', { name: 'Xem trước' }).click()
    await page.waitForTimeout(1500)
    await page.screenshot({ path: `/tmp/gteams/preview-${width}.png`, fullPage: true })
    await page.getByRole('checkbox').check()
    await page.getByRole('button', { name: /^Nhập:/ }).click()
    await page.waitForTimeout(1500)
    await page.screenshot({ path: `/tmp/gteams/done-${width}.png`, fullPage: true })
    console.log(complaints)
  }
}, 120000)
