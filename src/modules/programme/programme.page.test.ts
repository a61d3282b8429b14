import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { axe } from '../../platform/testing/browser.ts'
import { startTestProduct, type TestProduct } from '../../platform/testing/product.ts'

let product: TestProduct
beforeAll(async () => {
  product = await startTestProduct()
})
afterAll(() => product?.close())

const headline = (page: Awaited<ReturnType<TestProduct['open']>>['page'], met: number) =>
  page.getByRole('heading', { level: 1, name: new RegExp(`Huyện Văn Chấn đạt ${met}/18 chỉ tiêu`) })

describe('the leader’s overview', () => {
  it('says 10 of 18 at the end of the year, and how it stood on 30 August', async () => {
    const { page, complaints, close } = await product.open('lanhdao')
    await headline(page, 10).waitFor()
    const counts = page.getByRole('group', { name: 'Lọc chỉ tiêu theo kết quả' })
    const atYearsEnd = await counts.textContent()
    await page.goto('/?asOf=2022-08-30')
    await page.getByText(/tính đến hết ngày 30\/8\/2022/).waitFor()
    expect(await counts.textContent()).not.toBe(atYearsEnd)
    expect(await counts.getByRole('button', { name: /chậm/ }).count()).toBe(1)
    expect(await counts.getByRole('button', { name: /không đạt/ }).count()).toBe(0)
    expect(complaints).toEqual([])
    await close()
  })

  it('says how many targets stand how, and these add up to all of them; exceeded is said to be among those met', async () => {
    const { page, close } = await product.open('lanhdao')
    await headline(page, 10).waitFor()
    const counts = page.getByRole('group', { name: 'Lọc chỉ tiêu theo kết quả' })
    const numbers = async (selector: string) =>
      (await counts.locator(selector).allTextContents()).map((text) => Number(/\d+/.exec(text)?.[0]))
    const parts = await numbers('[data-part] > button')
    expect(parts.reduce((sum, one) => sum + one, 0)).toBe(18)
    await counts.getByText(/trong đó\s*5\s*vượt/).waitFor()
    expect(await numbers('[data-part="met"] > button')).toEqual([10])
    await counts.getByRole('button', { name: /vượt/ }).click()
    await page.getByText('Đang hiện 5 trong 18 chỉ tiêu').waitFor()
    await close()
  })

  it('is narrowed to the targets of one status, as many as its number says', async () => {
    const { page, close } = await product.open('lanhdao')
    await headline(page, 10).waitFor()
    await page
      .getByRole('group', { name: 'Lọc chỉ tiêu theo kết quả' })
      .getByRole('button', { name: /^10/ })
      .click()
    await page.getByText('Đang hiện 10 trong 18 chỉ tiêu').waitFor()
    const table = page.getByRole('table', { name: 'Chỉ tiêu của Huyện Văn Chấn' })
    expect(await table.locator('a[href^="/targets/"]').count()).toBe(10)
    await close()
  })
})

describe('a plan', () => {
  it('says 114 targets and opens to these 114, narrowed to the 18 of the district', async () => {
    const { page, close } = await product.open('lanhdao')
    await page.goto('/plans')
    await page.getByRole('link', { name: /: 114 chỉ tiêu$/ }).click()
    await page.getByRole('heading', { level: 1, name: /: 114 chỉ tiêu$/ }).waitFor()
    await page.getByText('114 dòng').waitFor()
    await page.getByLabel('Đơn vị', { exact: true }).selectOption({ label: 'Huyện Văn Chấn (18)' })
    await page.getByText('18 dòng').waitFor()
    await close()
  })
})

describe('what was not captured', () => {
  it('is never 0: the list behind it says so', async () => {
    const { page, close } = await product.open('lanhdao')
    await page.goto('/measures/teams.project06_groups?asOf=2022-08-30')
    const list = page.getByRole('heading', { level: 2, name: 'Danh sách đứng sau con số' })
    await list.locator('xpath=..').getByText('Chưa có số liệu', { exact: true }).waitFor()
    await close()
  })
})

describe('no barrier', () => {
  for (const width of [360, 1440]) {
    it(`on the pages of the programme at ${width} pixels`, async () => {
      const { page, close } = await product.open('thuongtruc', { width })
      await headline(page, 10).waitFor()
      expect(await axe(page)).toEqual([])
      const target = await page
        .locator('a[href^="/targets/"]:not([href*="new"])')
        .first()
        .getAttribute('href')
      await page.goto('/plans')
      await page.getByRole('link', { name: /: 114 chỉ tiêu$/ }).waitFor()
      expect(await axe(page)).toEqual([])
      await page.getByRole('link', { name: /: 114 chỉ tiêu$/ }).click()
      await page.getByText('114 dòng').waitFor()
      expect(await axe(page)).toEqual([])
      for (const path of [target ?? '', `${target}/edit`, '/targets/new']) {
        await page.goto(path)
        await page.getByRole('heading', { level: 1 }).waitFor()
        // The line for live changes keeps the network busy.
        await page.waitForFunction(() => document.querySelector('.mantine-Skeleton-root') === null)
        expect([path, await axe(page)]).toEqual([path, []])
      }
      await close()
    })
  }
})

describe('the standing office', () => {
  it('keeps what was typed on a refusal, sets the target, and the leader’s open page shows it', async () => {
    const leader = await product.open('lanhdao')
    await headline(leader.page, 10).waitFor()
    const { page, close } = await product.open('thuongtruc')
    await headline(page, 10).waitFor()
    await page.getByRole('link', { name: 'Giao chỉ tiêu' }).first().click()
    await page.getByRole('textbox', { name: /^Nội dung chỉ tiêu/ }).fill('Thôn bản có nhóm Zalo (thử)')
    await page.getByRole('textbox', { name: /^Mã chỉ tiêu/ }).fill('THU-1')
    await page.getByLabel(/^Chỉ số dùng để đếm/).selectOption('teams.villages_with_zalo')
    await page.getByRole('textbox', { name: /^Phải đạt/ }).fill('170')
    const person = page.getByRole('textbox', { name: /^Họ và tên người chịu trách nhiệm/ })
    await person.fill('')
    const chosen = page.getByRole('option', { name: /Phó Chủ tịch Ủy ban nhân dân huyện/ })
    await person.click()
    await chosen.click()
    await page.getByText('Đã chọn người có tài khoản ở đơn vị').waitFor()
    const send = page
      .getByRole('form', { name: 'Giao chỉ tiêu' })
      .getByRole('button', { name: 'Giao chỉ tiêu' })
    await send.click()
    await page
      .getByText(/không thể quá 100 %/)
      .first()
      .waitFor()
    expect(await page.getByRole('textbox', { name: /^Nội dung chỉ tiêu/ }).inputValue()).toBe(
      'Thôn bản có nhóm Zalo (thử)',
    )
    expect(await page.getByRole('textbox', { name: /^Phải đạt/ }).inputValue()).toBe('170')
    await page.getByRole('textbox', { name: /^Phải đạt/ }).fill('70')
    await send.click()
    await page.getByRole('heading', { level: 1, name: /«Thôn bản có nhóm Zalo \(thử\)»/ }).waitFor()
    await leader.page.getByRole('link', { name: 'Thôn bản có nhóm Zalo (thử)' }).waitFor({ timeout: 10_000 })
    await leader.page.getByRole('heading', { level: 1, name: /\/19 chỉ tiêu/ }).waitFor()
    await close()
    await leader.close()
  })
})

describe('the page of background jobs', () => {
  it('shows the recount of the demonstration as done; an administrator asks for another', async () => {
    const { page, close } = await product.open('quantri')
    await page.goto('/jobs')
    const done = page.getByRole('row', { name: /Đếm lại mọi chỉ số từ hồ sơ/ })
    await done.first().waitFor()
    const before = await done.count()
    await page.goto('/measures')
    await page.getByRole('button', { name: 'Đếm lại ngay' }).click()
    await page
      .getByText(/Máy đang đếm lại mọi chỉ số/)
      .first()
      .waitFor()
    await page.goto('/jobs')
    await expect.poll(() => done.count(), { timeout: 10_000 }).toBe(before + 1)
    await close()
  })
})
