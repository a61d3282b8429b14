import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { axe } from '../testing/browser.ts'
import { startTestProduct, type TestProduct } from '../testing/product.ts'

describe('changing units', () => {
  let product: TestProduct
  beforeAll(async () => {
    product = await startTestProduct()
  })
  afterAll(() => product.close())

  it('previews a merger, records it, shows it on the unit and takes it back', async () => {
    const { page, close } = await product.open('quantri', { width: 1440 })
    const found = await page.request.get('/api/units/search?q=thon&within=3&kind=village')
    const [one, other] = ((await found.json()) as { units: { id: string; name: string; path: string[] }[] })
      .units
    if (!one || !other) throw new Error('no villages')
    await page.goto(`/units/${one.id}`)
    await page.getByRole('link', { name: 'Thay đổi đơn vị' }).click()
    await page.getByLabel('Loại thay đổi').selectOption('Nhập')
    await page.getByRole('textbox', { name: 'Có hiệu lực từ ngày' }).fill('1/6/2023')
    await page.getByRole('textbox', { name: 'Căn cứ' }).fill('Nghị quyết 12/NQ-HĐND ngày 20/5/2023')
    await page.getByLabel('một đơn vị đang có, đơn vị đó vẫn còn').check()
    await page.getByRole('textbox', { name: 'Đơn vị nhận' }).fill(other.name)
    await page
      .getByRole('option', { name: new RegExp(`^${other.name} `) })
      .first()
      .click()
    await page.getByRole('button', { name: 'Xem trước' }).click()
    await page.getByRole('heading', { name: 'Điều sẽ đổi' }).waitFor()
    expect(await axe(page)).toEqual([])
    expect(await page.getByRole('region', { name: 'Điều sẽ đổi' }).textContent()).toMatch(/\d+ thành viên/)
    await page.getByRole('button', { name: 'Ghi thay đổi' }).click()
    await page.getByRole('heading', { name: one.name, level: 1 }).waitFor()
    await page
      .getByText(/Trang này cho thấy|Đến trước ngày/)
      .first()
      .waitFor()
    const history = page.getByRole('table', { name: 'Tên và mã qua thời gian' })
    await history.getByText('1/6/2023').first().waitFor()
    expect(await history.textContent()).not.toContain('1/7/2025')
    await page.getByRole('button', { name: 'Hủy thay đổi' }).first().click()
    await page.getByRole('button', { name: 'Hủy 1 thay đổi' }).click()
    await page.getByText(/hủy/i).first().waitFor()
    await close()
  })

  it('says at each empty field of a split what is missing, and offers only kinds of the same level', async () => {
    const { page, close } = await product.open('quantri', { width: 1440 })
    const found = await page.request.get('/api/units/search?q=xa&within=3&kind=commune')
    const [commune] = ((await found.json()) as { units: { id: string }[] }).units
    if (!commune) throw new Error('no communes')
    await page.goto(`/units/${commune.id}/change?kind=split`)
    const first = page.getByRole('region', { name: 'Đơn vị nhận thứ 1' })
    await first.waitFor()
    const kinds = await first
      .getByRole('combobox', { name: 'Loại đơn vị' })
      .locator('option')
      .allTextContents()
    expect(kinds).toEqual(['Xã', 'Đặc khu', 'Thị trấn', 'Phường'])
    const second = page.getByRole('region', { name: 'Đơn vị nhận thứ 2' })
    await second.getByLabel('một đơn vị đang có, đơn vị đó vẫn còn').check()
    await page.getByRole('button', { name: 'Xem trước' }).click()
    const wrong = page.locator('[aria-invalid="true"]')
    await wrong.first().waitFor()
    expect(await wrong.evaluateAll((fields) => fields.map((field) => field.getAttribute('name')))).toEqual([
      'on',
      'halves.0.made.name',
      'halves.0.made.code',
      'halves.1.unitId',
      'legalBasis',
    ])
    expect(await second.textContent()).toContain('Chưa chọn đơn vị nhận. Hãy chọn một đơn vị đang có')
    expect(await page.getByRole('alert').getByRole('listitem').count()).toBe(0)
    await first.getByRole('textbox', { name: 'Tên' }).fill('Xã Nửa')
    await page.waitForFunction(() => document.querySelectorAll('[aria-invalid="true"]').length === 4)
    expect(await axe(page)).toEqual([])
    await close()
  })

  it('asks before a second unit of one name is recorded, and the name follows the kind', async () => {
    const { page, close } = await product.open('quantri', { width: 1440 })
    const found = await page.request.get('/api/units/search?q=xa&within=3&kind=commune')
    const [one, other] = ((await found.json()) as { units: { id: string; name: string }[] }).units
    if (!one || !other) throw new Error('no communes')
    await page.goto(`/units/${one.id}/change?kind=rename`)
    await page.getByRole('textbox', { name: 'Có hiệu lực từ ngày' }).fill('1/6/2023')
    await page.getByRole('textbox', { name: 'Căn cứ' }).fill('Nghị quyết 12/NQ-HĐND ngày 20/5/2023')
    await page.getByRole('textbox', { name: 'Tên mới' }).fill(other.name)
    await page.getByRole('button', { name: 'Xem trước' }).click()
    const said = page.getByRole('region', { name: 'Điều sẽ đổi' })
    await said.getByRole('link', { name: other.name }).waitFor()
    expect(await axe(page)).toEqual([])
    await page.getByRole('button', { name: 'Ghi thay đổi' }).click()
    await page.getByText(`Vẫn ghi, dù thuộc Huyện Văn Chấn sẽ có hai «${other.name}»?`).waitFor()
    await page.keyboard.press('Escape')
    await page.goto(`/units/${one.id}/change?kind=change_kind`)
    await page.getByLabel('Loại mới').selectOption('Thị trấn')
    expect(await page.getByRole('textbox', { name: 'Tên mới' }).inputValue()).toBe(
      one.name.replace(/^Xã /, 'Thị trấn '),
    )
    await close()
  })

  it('offers only the kinds that the reader could carry out, and says whom to ask for the others', async () => {
    const { page, close } = await product.open('quantri')
    const found = await page.request.get('/api/units/search?q=xa&within=3&kind=commune')
    const [commune] = ((await found.json()) as { units: { id: string; name: string }[] }).units
    if (!commune) throw new Error('no communes')
    // As the server answers whoever has been given this commune only, and whoever has been given another.
    let rights = { mayChange: true, mayChangeAbove: false }
    await page.route(new RegExp(`/api/units/${commune.id}$`), async (route) => {
      const answer = await route.fetch()
      await route.fulfill({ json: { ...(await answer.json()), ...rights } })
    })
    await page.goto(`/units/${commune.id}/change`)
    const kinds = page.getByLabel('Loại thay đổi').locator('option')
    await kinds.first().waitFor({ state: 'attached' })
    expect(await kinds.allTextContents()).toEqual([
      'Lập đơn vị trực thuộc',
      'Đổi tên, đổi mã',
      'Đổi loại',
      'Kết thúc',
    ])
    await page
      .getByText(/còn cần quyền «Quản lý danh mục đơn vị» trên «Huyện Văn Chấn».*«Quản trị»/)
      .waitFor()
    expect(await axe(page)).toEqual([])
    rights = { mayChange: false, mayChangeAbove: false }
    await page.reload()
    await page
      .getByText(`Anh/chị chưa được giao quyền «Quản lý danh mục đơn vị» trên «${commune.name}»`)
      .waitFor()
    expect(await page.getByRole('button', { name: 'Xem trước' }).count()).toBe(0)
    expect(await axe(page)).toEqual([])
    await close()
  })

  it.each([360, 1440])('fits %i pixels, every page of it', async (width) => {
    const { page, complaints, close } = await product.open('quantri', { width })
    for (const path of [
      '/units',
      '/units/3',
      '/units/changes',
      '/units/unassigned',
      '/units/3/change',
      '/units/5/change?kind=split',
      '/units/5/change?kind=merge',
      '/units/5/change?kind=create',
    ]) {
      await page.goto(path)
      await page.locator('main h1').first().waitFor()
      await page.waitForFunction(
        () => !document.querySelector('main [aria-busy="true"], main [class*="Skeleton"]'),
      )
      expect(await axe(page), path).toEqual([])
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
      expect(overflow, path).toBeLessThanOrEqual(0)
    }
    expect(complaints).toEqual([])
    await close()
  })
})
