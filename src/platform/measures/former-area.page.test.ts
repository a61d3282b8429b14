import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { axe } from '../testing/browser.ts'
import { startTestProduct, type TestProduct } from '../testing/product.ts'

let product: TestProduct
beforeAll(async () => {
  product = await startTestProduct()
})
afterAll(() => product?.close())

const members = '/measures/teams.village_team_members'
const former = (page: Page) => page.locator('[data-former-area]')

describe('the leader of the district that ended on 1 July 2025, on the map of a later day', () => {
  it.each([360, 1440])(
    'has the total over his former area, by the communes of that time, at %i',
    async (width) => {
      const { page, complaints, close } = await product.open('lanhdao', { width })
      await page.goto(`${members}?map=2025-12-31`)
      const area = former(page)
      await area
        .getByRole('heading', { name: 'Địa bàn cũ của Huyện Văn Chấn, xem từ địa bàn ngày 31/12/2025' })
        .waitFor()
      await area
        .getByText(
          /như ngày cuối cùng, 30\/6\/2025.*24 đơn vị lúc đó nay về 11 đơn vị\..*7 đơn vị nay nằm trọn/,
        )
        .waitFor()
      await area.getByText('1.157', { exact: false }).first().waitFor()
      expect(await axe(page)).toEqual([])
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
      expect(overflow).toBeLessThanOrEqual(0)
      // The refusal for the unit of today is what the browser notes.
      expect(complaints.filter((one) => !/422|404|400/.test(one))).toEqual([])
      await close()
    },
  )

  it('keeps its page while the figure of today is asked for again', async () => {
    const { page, close } = await product.open('lanhdao')
    await page.goto(`${members}?map=2025-12-31`)
    await former(page).getByText('1.157', { exact: false }).first().waitFor()
    let asked = 0
    await page.route('**/api/measures/teams.village_team_members?**', async (route) => {
      asked += 1
      await new Promise((resolve) => setTimeout(resolve, 1_500))
      await route.continue()
    })
    await page.evaluate(() => window.dispatchEvent(new Event('visibilitychange')))
    await page.waitForTimeout(500)
    expect([asked, await page.getByRole('heading', { level: 1 }).count()]).toEqual([1, 1])
    await page.unrouteAll({ behavior: 'wait' })
    await close()
  })

  it('sees of each commune the records that his total is made of, and that they add up to it', async () => {
    const { page, close } = await product.open('lanhdao')
    await page.goto(`${members}?map=2025-12-31`)
    const rows = former(page).getByRole('table').getByRole('row')
    await rows.filter({ hasText: 'Xã Nậm Búng' }).waitFor()
    const numbers = await former(page)
      .getByRole('table')
      .locator('tbody tr')
      .evaluateAll((all) =>
        all.map((row) =>
          Number(
            /\d[\d.]*/.exec(row.querySelectorAll('td')[0]?.textContent ?? '')?.[0]?.replaceAll('.', '') ?? 0,
          ),
        ),
      )
    expect(numbers.reduce((sum, one) => sum + one, 0)).toBe(1157)
    await former(page)
      .getByRole('button', { name: /1\.157/ })
      .first()
      .click()
    await page.getByText('1.157 dòng').waitFor()
    await close()
  })

  it('reads which communes of today also took in others, and that their own records cannot be told apart', async () => {
    const { page, close } = await product.open('lanhdao')
    await page.goto(`${members}?map=2025-12-31`)
    const area = former(page)
    await area.getByText('4 đơn vị nay còn nhận đơn vị ngoài địa bàn cũ:').waitFor()
    for (const said of [
      'Phường Nghĩa Lộ còn nhận Phường Pú Trạng, Phường Tân An, Xã Nghĩa An.',
      'Xã Mỏ Vàng còn nhận Xã Mỏ Vàng cũ.',
      'Xã Tú Lệ còn nhận Xã Cao Phạ.',
      'Xã Liên Sơn còn nhận Xã Nghĩa Phúc, Xã Sơn A.',
    ])
      await area.getByText(said).waitFor()
    await area.getByText(/Bản ghi từ 1\/7\/2025 ghi cho chính đơn vị mới thì không tách được/).waitFor()
    // He sees the figures of the seven that are wholly his, and of no other.
    const doors = await area.getByRole('table').getByRole('link').allTextContents()
    expect(new Set(doors).size).toBe(7)
    expect(doors).not.toContain('Xã Mỏ Vàng')
    await close()
  })

  it('says in a plain note before the table, not as an error, that the district has gone, and where its figures are', async () => {
    const { page, close } = await product.open('lanhdao', { width: 360 })
    await page.goto(`${members}?map=2025-12-31`)
    const area = former(page)
    const note = area.getByText(
      'Huyện Văn Chấn đã kết thúc từ 1/7/2025, nên trên địa bàn ngày 31/12/2025 không có số của riêng mình.',
    )
    await note.waitFor()
    await area.getByRole('link', { name: /Huyện Văn Chấn.*30\/6\/2025/ }).waitFor()
    expect(await page.getByRole('alert').count()).toBe(0)
    expect(await page.getByRole('button', { name: 'Thử lại' }).count()).toBe(0)
    const [said, table] = [await note.boundingBox(), await area.getByRole('table').boundingBox()]
    expect(said?.y).toBeLessThan(table?.y ?? 0)
    await close()
  })

  it('is not shown to those who see no figures of the district, nor does it open the new communes to him', async () => {
    const leader = await product.open('lanhdao')
    const unitOn = async (name: string, asOf: string) => {
      const found = await leader.page.request.get(
        `/api/units/search?q=${encodeURIComponent(name)}&asOf=${asOf}&limit=1`,
      )
      return (await found.json()).units[0].id as string
    }
    const list = `/api/measures/teams.village_team_members/evidence?map=2025-12-31&unitId=`
    const answered = async (name: string) =>
      (await leader.page.request.get(`${list}${await unitOn(name, '2025-12-31')}`)).status()
    expect([await answered('Xã Mỏ Vàng'), await answered('Xã Gia Hội')]).toEqual([404, 200])
    const district = await unitOn('Huyện Văn Chấn', '2022-12-31')
    await leader.close()
    const { page, close } = await product.open('canbo.nambung')
    await page.goto(`${members}?map=2025-12-31&unitId=${district}`)
    await page.getByRole('alert').first().waitFor()
    expect(await former(page).count()).toBe(0)
    await close()
  })
})
