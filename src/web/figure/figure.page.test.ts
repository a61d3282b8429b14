import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { axe } from '../../platform/testing/browser.ts'
import { startTestProduct, type TestProduct } from '../../platform/testing/product.ts'

let product: TestProduct
beforeAll(async () => {
  product = await startTestProduct()
})
afterAll(() => product.close())

describe('a figure', () => {
  for (const width of [360, 1440]) {
    it(`opens to the rows behind it, as many as it says, at ${width} pixels`, async () => {
      const { page, complaints, close } = await product.open('lanhdao', { width })
      // Asking who is signed in is answered with 401 before signing in.
      complaints.splice(0)
      await page.goto('/measures')
      const row = page.getByRole('row', { name: /^Thành viên tổ công nghệ số cấp thôn/ })
      const door = row.getByRole('button', { name: /^1\.157/ })
      await door.click()
      const drawer = page.getByRole('dialog')
      await drawer.getByText('1.157 dòng').waitFor()
      expect(await axe(page)).toEqual([])
      await drawer.getByRole('searchbox').fill('xa nam bung')
      await drawer.getByText('39 dòng').waitFor()
      // The number is that of the figure, whatever is looked for in its list.
      expect(await drawer.getByText(/^1\.157 thành viên$/).count()).toBe(1)
      await page.keyboard.press('Escape')
      await drawer.waitFor({ state: 'hidden' })
      expect(complaints).toEqual([])
      await close()
    })
  }

  it('of a share opens to the units that have it and those that do not', async () => {
    const { page, close } = await product.open('lanhdao')
    await page.goto('/measures/teams.villages_with_zalo?asOf=2022-08-30')
    await page.getByText('154 trong 213').waitFor()
    await page.getByText('154 dòng').waitFor()
    await page.getByText('Đơn vị chưa có', { exact: true }).click()
    await page.getByText('59 dòng').waitFor()
    await close()
  })
})

describe('the page of a measure', () => {
  it('is asked for another period and map by the keyboard, and its address says so', async () => {
    const { page, complaints, close } = await product.open('lanhdao')
    complaints.splice(0)
    await page.goto('/measures/teams.activities')
    await page.getByRole('heading', { level: 1, name: 'Hoạt động của các tổ' }).waitFor()
    await page.getByLabel('Kỳ', { exact: true }).selectOption('quarter')
    await page.getByText('quý IV/2022').waitFor()
    await page.getByRole('button', { name: 'Lùi một quý' }).press('Enter')
    await page.getByText('quý III/2022').waitFor()
    await page.getByLabel('Địa bàn', { exact: true }).selectOption('today')
    await page.waitForURL(/period=quarter.*asOf=2022-09-30.*map=today/)
    await page.getByText('1/7/2022 – 30/9/2022 · địa bàn ngày 31/12/2022').waitFor()
    await page.getByRole('heading', { name: 'Chia theo nội dung' }).waitFor()
    expect(await axe(page)).toEqual([])
    expect(complaints).toEqual([])
    await close()
  })

  it('of a share of targets opens to the targets and why', async () => {
    const { page, close } = await product.open('lanhdao')
    await page.goto('/measures/programme.targets_met')
    await page.getByText('10 trong 12').waitFor()
    await page.getByRole('link', { name: /^140-4 · / }).waitFor()
    await close()
  })

  it('with other measures compares units, a table to sort and take away', async () => {
    const { page, close } = await product.open('lanhdao', { width: 1440 })
    await page.goto('/measures/units?measures=teams.village_team_members,teams.members_per_team')
    const table = page.getByRole('table', { name: 'Các đơn vị trực thuộc Huyện Văn Chấn' })
    await table.getByRole('row', { name: /^Xã Nậm Búng 39/ }).waitFor()
    await table.getByRole('button', { name: /^Thành viên tổ công nghệ số cấp thôn/ }).click()
    await table.getByRole('button', { name: /^Thành viên tổ công nghệ số cấp thôn/ }).click()
    await table.getByRole('row').nth(2).getByText('Xã Cát Thịnh').waitFor()
    expect(await axe(page)).toEqual([])
    await close()
  })
})

describe('the units', () => {
  it('are found by abbreviations without accents, and gone through by arrows', async () => {
    const { page, close } = await product.open('lanhdao')
    await page.goto('/units')
    await page.getByRole('link', { name: 'Huyện Văn Chấn' }).focus()
    await page.keyboard.press('ArrowRight')
    await page.getByRole('link', { name: 'Xã Tú Lệ' }).waitFor()
    await page.keyboard.press('ArrowDown')
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe(
      'Thị trấn Nông trường Liên Sơn',
    )
    await page.getByRole('searchbox').fill('tt son thinh')
    await page.getByRole('link', { name: 'Thị trấn Sơn Thịnh', exact: true }).click()
    await page.getByRole('heading', { level: 1, name: 'Thị trấn Sơn Thịnh' }).waitFor()
    await close()
  })

  it('are renamed from a day on, after saying what changes', async () => {
    const { page, close } = await product.open('quantri')
    await page.goto('/units?q=nghia tam')
    await page.getByRole('link', { name: 'Xã Nghĩa Tâm', exact: true }).click()
    await page.getByRole('link', { name: 'Thay đổi đơn vị' }).click()
    await page.getByLabel('Tên mới').fill('Xã Nghĩa Tâm Mới')
    await page.getByRole('textbox', { name: 'Có hiệu lực từ ngày' }).fill('1/12/2022')
    await page.getByRole('textbox', { name: 'Căn cứ' }).fill('Nghị quyết 1/NQ-HĐND')
    await page.getByRole('button', { name: 'Xem trước' }).click()
    const said = page.getByRole('region', { name: 'Điều sẽ đổi' })
    await said.getByText('Xã Nghĩa Tâm Mới').first().waitFor()
    expect(await axe(page)).toEqual([])
    await page.getByRole('button', { name: 'Ghi thay đổi' }).click()
    await page.getByRole('heading', { level: 1, name: 'Xã Nghĩa Tâm Mới', exact: true }).waitFor()
    const history = page.getByRole('table', { name: 'Tên và mã qua thời gian' })
    await history.getByRole('row', { name: /Xã Nghĩa Tâm 04711/ }).waitFor()
    await close()
  })
})
