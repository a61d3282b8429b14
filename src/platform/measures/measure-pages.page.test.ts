import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { axe } from '../testing/browser.ts'
import { startTestProduct, type TestProduct } from '../testing/product.ts'

let product: TestProduct
beforeAll(async () => {
  product = await startTestProduct()
})
afterAll(() => product.close())

describe('the table of units', () => {
  it('has a row for what was recorded at the district itself, which opens to its rows', async () => {
    const { page, complaints, close } = await product.open('lanhdao')
    await page.goto(
      '/measures/units?measures=teams.activities,teams.villages_with_team,teams.different_members',
    )
    const own = page.getByRole('row').filter({ hasText: 'Ghi ở chính Huyện Văn Chấn' })
    await own.waitFor()
    // A share of villages is not added up.
    expect(await own.getByText('không cộng').count()).toBe(1)
    await page.getByText(/Mỗi người chỉ đếm một lần/).waitFor()
    expect(await axe(page)).toEqual([])
    await own.getByRole('button', { name: /^6/ }).click()
    await page.getByRole('dialog').getByText('6 dòng').waitFor()
    expect(complaints).toEqual([])
    await close()
  })
})

describe('a month to come', () => {
  it('has no figure, and its chart ends at today', async () => {
    const { page, complaints, close } = await product.open('lanhdao')
    await page.goto('/measures/teams.activities?asOf=2023-02-28&period=month')
    await page.getByText(/Kỳ này chưa tới/).waitFor()
    const chart = page.getByRole('figure').first()
    await chart.getByText('Xem dạng bảng').click()
    const rows = await chart.getByRole('row').allInnerTexts()
    expect(rows.slice(-3).map((row) => row.split(/\s*\t\s*/))).toEqual([
      ['tháng 12/2022', '95'],
      ['tháng 1/2023', 'chưa tới'],
      ['tháng 2/2023', 'chưa tới'],
    ])
    expect(await axe(page)).toEqual([])
    await page.goto('/measures/teams.village_team_members?asOf=2023-02-28')
    await page.getByText(/28\/2\/2023 là ngày chưa tới: con số tính theo các ngày đã ghi/).waitFor()
    expect(complaints).toEqual([])
    await close()
  })

  it.each([360, 1440])('leaves each value over the name of its own month, at %i pixels', async (width) => {
    const { page, close } = await product.open('lanhdao', { width })
    await page.goto('/measures/teams.activities')
    const chart = page.getByRole('figure').first()
    await chart.locator('rect').first().waitFor()
    const middle = (box: { x: number; width: number } | null) => (box?.x ?? 0) + (box?.width ?? 0) / 2
    const bar = middle(await chart.locator('rect').last().boundingBox())
    const name = middle(await chart.getByText('T12', { exact: true }).boundingBox())
    expect(Math.abs(bar - name)).toBeLessThan(2)
    await close()
  })
})

describe('what had been recorded by an instant', () => {
  it('is told for the instant asked for, and not while the day cannot be taken', async () => {
    const { page, close } = await product.open('lanhdao')
    // Records carry the clock of the machine, whatever day the demonstration stands on.
    const clockDay = new Date(Date.now() + 7 * 3_600_000).toISOString().slice(0, 10)
    await page.goto(`/measures/teams.activities?knownOn=${clockDay}`)
    const told = page.getByText(/Theo những gì đã ghi nhận đến/)
    await told.waitFor()
    const answered = page.waitForResponse(/history\?.*T00%3A00/)
    await page.getByLabel('Đến lúc').fill('00:00')
    expect((await answered).status()).toBe(422)
    await page.getByLabel('Đến lúc').fill('')
    await told.waitFor()
    const day = page.getByRole('textbox', { name: 'Đã ghi nhận đến ngày' })
    await day.fill('hôm kia')
    await day.press('Tab')
    await page.getByText('Không đọc được ngày này.').waitFor()
    expect(await told.count()).toBe(0)
    await day.fill('1/1/2100')
    await day.press('Tab')
    await page.getByText(/Ngày không được sau/).waitFor()
    expect(await told.count()).toBe(0)
    await close()
  })
})

it('a percentage says that it is cut and not rounded', async () => {
  const { page, close } = await product.open('lanhdao')
  await page.goto('/measures/teams.villages_with_team')
  await page.getByText(/cắt bớt ở 2 chữ số thập phân, không làm tròn lên/).waitFor()
  await page.goto('/measures/teams.activities')
  await page.getByText('443 dòng').waitFor()
  expect(await page.getByText(/cắt bớt/).count()).toBe(0)
  await close()
})
