import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestProduct, type TestProduct } from '../platform/testing/product.ts'

let product: TestProduct
beforeAll(async () => {
  product = await startTestProduct()
})
afterAll(() => product.close())

const letters = 'abcdeghiklmnopqrstuvxy'
let added = 0

/** Adds a member to a village team of the district, as a browser elsewhere would. */
async function addMember(page: Page, teamId = '3'): Promise<void> {
  added += 1
  const member = { fullName: `Hoàng Thị ${letters[added] ?? ''}oan`, joinedOn: '2022-12-31' }
  const answered = await page.evaluate(
    async ([path, body]) => {
      const headers = { 'content-type': 'application/json' }
      const answer = await fetch(path, { method: 'POST', headers, body })
      return `${answer.status} ${await answer.text()}`
    },
    [`/api/teams/${teamId}/members`, JSON.stringify(member)] as const,
  )
  expect(answered).toMatch(/^201/)
}

/** What the page asked the server for since, the lines for live changes left out. */
function noteReads(page: Page): string[] {
  const reads: string[] = []
  page.on('request', (request) => {
    const { pathname } = new URL(request.url())
    if (pathname.startsWith('/api/') && pathname !== '/api/changes') reads.push(pathname)
  })
  return reads
}

describe('a page that somebody looks at', () => {
  it('moves its number when somebody elsewhere writes, and is read again once at most', async () => {
    const writer = await product.open('thuongtruc')
    const { page, complaints, close } = await product.open('lanhdao')
    await page.goto('/measures/teams.village_team_members')
    const number = (value: string) => page.getByRole('button', { name: new RegExp(`^${value}`) }).first()
    await number('1\\.157').waitFor()
    await page.getByText('1.157 dòng').waitFor()
    // The line is opened anew with the figures of the page once these are there.
    await page.waitForTimeout(600)
    const reads = noteReads(page)
    await addMember(writer.page)
    await number('1\\.158').waitFor({ timeout: 5_000 })
    // The list is of one snapshot with its own number, and so are the groups: each is read again as a whole.
    await page.getByText('1.158 dòng').waitFor()
    const again = reads.filter((path) => path === '/api/measures/teams.village_team_members')
    expect(again.length).toBeLessThanOrEqual(1)
    expect(complaints).toEqual([])
    await close()
    await writer.close()
  })

  it('of teams moves its figures at once, and reads the overview again only once for many changes', async () => {
    const writer = await product.open('thuongtruc')
    const teams = await product.open('lanhdao')
    await teams.page.goto('/teams')
    const moving = teams.page.getByRole('button', { name: /^1\.158/ }).first()
    await moving.waitFor()
    const overview = await product.open('lanhdao')
    await overview.page.goto('/')
    await overview.page.getByRole('heading', { level: 1, name: /chỉ tiêu/ }).waitFor()
    await overview.page.waitForTimeout(600)
    const reads = noteReads(overview.page)
    for (let times = 0; times < 5; times += 1) await addMember(writer.page)
    await teams.page
      .getByRole('button', { name: /^1\.163/ })
      .first()
      .waitFor({ timeout: 5_000 })
    await overview.page
      .getByRole('button', { name: /^1\.163/ })
      .first()
      .waitFor({ timeout: 5_000 })
    await overview.page.waitForTimeout(1_500)
    const again = reads.filter((path) => path === '/api/programme/overview')
    expect(again.length).toBeGreaterThan(0)
    expect(again.length).toBeLessThanOrEqual(3)
    for (const opened of [writer, teams, overview]) await opened.close()
  })

  it('is not read again under the hands of somebody who types, and is once they pause', async () => {
    const writer = await product.open('thuongtruc')
    const { page, close } = await product.open('thuongtruc')
    await page.goto('/teams/3')
    await page.getByRole('button', { name: 'Thêm thành viên' }).first().click()
    const name = page.getByLabel('Họ và tên')
    await page.waitForTimeout(600)
    const reads = noteReads(page)
    const ofTeam = () => reads.filter((path) => path === '/api/teams/3').length
    await name.pressSequentially('Lò', { delay: 100 })
    await addMember(writer.page)
    await name.pressSequentially(' Thị Nhớ Về Bản Xa', { delay: 100 })
    expect(ofTeam()).toBe(0)
    await expect.poll(ofTeam, { timeout: 5_000 }).toBeGreaterThan(0)
    expect(await name.inputValue()).toBe('Lò Thị Nhớ Về Bản Xa')
    await close()
    await writer.close()
  })
})
