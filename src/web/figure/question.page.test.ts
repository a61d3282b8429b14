import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { axe } from '../../platform/testing/browser.ts'
import { startTestProduct, type TestProduct } from '../../platform/testing/product.ts'

let product: TestProduct
beforeAll(async () => {
  product = await startTestProduct()
})
afterAll(() => product.close())

const villages = async (page: Page) => {
  const found = await page.request.get('/api/units/search?q=thon&within=3&kind=village&limit=4')
  const { units } = (await found.json()) as { units: { id: string; name: string }[] }
  return units as [{ id: string; name: string }, { id: string; name: string }, { id: string; name: string }]
}

/** Joins one village with another from today on, as an administrator elsewhere would. */
async function merge(page: Page, from: { id: string }, into: { id: string }): Promise<void> {
  const answered = await page.evaluate(
    async (body) => {
      const headers = { 'content-type': 'application/json' }
      const answer = await fetch('/api/units/changes', { method: 'POST', headers, body })
      return `${answer.status} ${await answer.text()}`
    },
    JSON.stringify({
      kind: 'merge',
      legalBasis: 'Nghị quyết 1/NQ-HĐND',
      on: '2022-12-31',
      fromIds: [from.id],
      intoId: into.id,
    }),
  )
  expect(answered).toMatch(/^201/)
}

describe('a day that cannot be read', () => {
  it('stays in its field with the error, and the figure is asked for once it is mended', async () => {
    const { page, complaints, close } = await product.open('lanhdao')
    await page.goto('/measures/teams.village_team_members')
    await page.getByText('1.157 dòng').waitFor()
    const day = page.getByRole('textbox', { name: 'Tính đến ngày' })
    await day.fill('31/11/2022')
    await day.press('Tab')
    await page.getByText('Không đọc được ngày này. Hãy ghi ngày/tháng/năm, ví dụ 30/8/2022.').waitFor()
    expect(await day.inputValue()).toBe('31/11/2022')
    expect(await day.getAttribute('aria-invalid')).toBe('true')
    expect(await axe(page)).toEqual([])
    await day.fill('30/8/2022')
    await page.getByText('1.057 dòng').waitFor()
    expect(await page.getByText('Không đọc được ngày này.').count()).toBe(0)
    expect(complaints).toEqual([])
    await close()
  })

  it('is not taken for another day while it is still being typed', async () => {
    const { page, close } = await product.open('lanhdao')
    await page.goto('/measures/teams.village_team_members')
    const day = page.getByRole('textbox', { name: 'Tính đến ngày' })
    await day.fill('')
    await day.pressSequentially('30/8/20', { delay: 20 })
    expect(page.url()).not.toContain('asOf')
    await day.pressSequentially('22', { delay: 20 })
    await page.waitForURL(/asOf=2022-08-30/)
    // Short years are read once the field is left.
    await day.fill('31/7/22')
    await day.press('Tab')
    await page.waitForURL(/asOf=2022-07-31/)
    expect(await day.inputValue()).toBe('31/7/2022')
    await close()
  })

  it('up to which was recorded is said at its field as well', async () => {
    const { page, complaints, close } = await product.open('lanhdao')
    await page.goto('/measures/teams.activities?knownOn=2020-01-01')
    await page.getByText(/Xem được từ \d\d:\d\d \d+\/\d+\/\d+/).waitFor()
    const day = page.getByRole('textbox', { name: 'Đã ghi nhận đến ngày' })
    await day.fill('hôm kia')
    await day.press('Tab')
    await page.getByText('Không đọc được ngày này.').waitFor()
    expect(await day.inputValue()).toBe('hôm kia')
    complaints.splice(0)
    await page.goto('/measures/teams.activities?knownOn=hom-kia')
    await page.getByText('Không đọc được ngày này.').first().waitFor()
    expect(await day.inputValue()).toBe('hom-kia')
    await close()
  })
})

describe('an address that cannot be read', () => {
  it('is said at the field, with what stands in it and what is shown instead', async () => {
    const { page, complaints, close } = await product.open('lanhdao')
    await page.goto('/measures/teams.activities?asOf=2022-13-45&period=decade&map=hom-qua')
    await page.getByText(/ghi «2022-13-45», không đọc được, nên đang tính đến hôm nay/).waitFor()
    await page.getByText(/ghi kỳ «decade», không có kỳ này/).waitFor()
    await page.getByText(/ghi «hom-qua», không đọc được, nên đang theo địa bàn lúc đó/).waitFor()
    expect(await page.getByRole('textbox', { name: 'Đến hết ngày', exact: true }).inputValue()).toBe(
      '2022-13-45',
    )
    expect(await axe(page)).toEqual([])
    await page.goto('/measures/teams.activities?from=tet')
    await page.getByText(/ghi «tet», không đọc được, nên đang tính cả năm/).waitFor()
    await page.goto('/measures/units?asOf=99')
    await page.getByText(/ghi «99», không đọc được/).waitFor()
    await page.goto('/?asOf=cuoi-nam')
    await page.getByText(/ghi «cuoi-nam», không đọc được/).waitFor()
    expect(complaints).toEqual([])
    await close()
  })

  it('is understood where a person has written the day as people write it', async () => {
    const { page, close } = await product.open('lanhdao')
    await page.goto('/measures/teams.village_team_members?asOf=30/8/2022')
    await page.getByText('1.057 dòng').waitFor()
    await close()
  })
})

describe('the page of a unit that ends while somebody looks', () => {
  it('says when and into which unit, and leads to it and to the map of its time', async () => {
    const administrator = await product.open('quantri')
    const { page, complaints, close } = await product.open('lanhdao')
    const [ended, , into] = await villages(administrator.page)
    await page.goto(`/measures/teams.village_team_members?unitId=${ended.id}`)
    await page.getByText(/^\d dòng$/).waitFor()
    await page.waitForTimeout(600)
    await merge(administrator.page, ended, into)
    const said = page.getByRole('alert').first()
    await said
      .getByText(`«${ended.name}» đã kết thúc từ 31/12/2022 và nhập vào «${into.name}»`)
      .waitFor({ timeout: 15_000 })
    await expect.poll(() => page.getByText('chưa có số liệu').count(), { timeout: 5_000 }).toBe(0)
    await page.getByRole('heading', { level: 1, name: 'Chưa mở được trang này' }).waitFor()
    // Only the refusal itself is noted by the browser.
    expect(complaints.filter((one) => !one.includes('422'))).toEqual([])
    expect(await axe(page)).toEqual([])
    await said.getByRole('link', { name: `theo địa bàn ngày 30/12/2022` }).click()
    await page.getByRole('heading', { level: 1 }).waitFor()
    await page.getByText(`${ended.name} · tính đến 31/12/2022 · địa bàn ngày 30/12/2022`).waitFor()
    await page.goBack()
    await page
      .getByRole('link', { name: `Xem số liệu của ${into.name}` })
      .first()
      .click()
    await page.getByText(`${into.name} · tính đến 31/12/2022`).waitFor()
    await page.goto(`/units/${ended.id}`)
    await page.getByText('Đơn vị đã kết thúc từ 31/12/2022 và nhập vào').waitFor()
    await close()
    await administrator.close()
  })
})

describe('a unit on a map on which it is not', () => {
  const members = '/measures/teams.village_team_members'
  it('leads from a district that has ended to the communes in its place, and from a commune to come to those before', async () => {
    const { page, close } = await product.open('lanhdao', { width: 360 })
    await page.goto(`${members}?map=2025-12-31`)
    await page.getByText(/Huyện Văn Chấn đã kết thúc từ 1\/7\/2025/).waitFor()
    expect(await axe(page)).toEqual([])
    await page.getByRole('link', { name: 'Xem số liệu của Xã Gia Hội' }).click()
    await page.getByText('Xã Gia Hội · tính đến 31/12/2022 · địa bàn ngày 31/12/2025').waitFor()
    const { searchParams } = new URL(page.url())
    await page.goto(`${members}?unitId=${searchParams.get('unitId')}`)
    const said = page.getByRole('alert').first()
    await said.getByText(/«Xã Gia Hội» có từ 1\/7\/2025.*Trước đó là «Xã Gia Hội», «Xã Nậm Búng»/).waitFor()
    await said.getByRole('link', { name: 'Xem số liệu của Xã Nậm Búng' }).click()
    await page.getByText('Xã Nậm Búng · tính đến 31/12/2022').waitFor()
    await close()
  })
})
