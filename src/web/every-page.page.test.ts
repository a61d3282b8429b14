import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { axe } from '../platform/testing/browser.ts'
import { startTestProduct, type TestProduct } from '../platform/testing/product.ts'

/** Every page without parameters, and one of each with, by who opens it. */
const pagesOf = {
  lanhdao: [
    '/',
    '/targets/1',
    '/measures',
    '/measures/teams.village_team_members',
    '/measures/teams.activities?period=quarter&asOf=2022-09-30&map=today',
    '/measures/teams.village_team_members?knownOn=2035-01-01',
    '/measures/units',
    '/units',
    '/units/3',
    '/units/changes',
    '/teams',
    '/teams/1',
    '/plans',
    '/plans/1',
    '/account',
  ],
  thuongtruc: ['/targets/new', '/targets/1/edit', '/teams/new'],
  'canbo.nambung': ['/', '/teams/import', '/teams'],
  quantri: ['/people', '/people/2', '/rights', '/jobs', '/units/3', '/units/3/change', '/units/unassigned'],
} as const

/** A page keeps its line for live changes open, so the network never rests: it is whole when nothing waits any more. */
async function settled(page: Page): Promise<void> {
  await page.waitForTimeout(300)
  await page.waitForFunction(() => document.querySelector('.mantine-Skeleton-root') === null)
}

describe('every page', () => {
  let product: TestProduct

  beforeAll(async () => {
    product = await startTestProduct()
  })
  afterAll(() => product.close())

  for (const width of [360, 1440]) {
    for (const [who, paths] of Object.entries(pagesOf)) {
      it(`is accessible and fits ${width} pixels for ${who}`, async () => {
        const { page, complaints, close } = await product.open(who, { width })
        for (const path of paths) {
          await page.goto(path)
          await page.locator('main h1').first().waitFor()
          await settled(page)
          expect(await axe(page), `${path} at ${width}`).toEqual([])
          const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
          expect(overflow, `${path} scrolls sideways at ${width}`).toBeLessThanOrEqual(0)
        }
        expect(complaints).toEqual([])
        await close()
      })
    }

    it(`asks to sign in at ${width} pixels, in words, and says what was wrong`, async () => {
      const { page, close } = await product.open(null, { width })
      await page.goto('/')
      await page.getByLabel('Tên đăng nhập').fill('lanhdao')
      await page.getByRole('textbox', { name: /^Mật khẩu/ }).fill('không phải mật khẩu')
      await page.getByRole('button', { name: 'Đăng nhập', exact: true }).click()
      await page.getByRole('alert').first().waitFor()
      expect(await axe(page)).toEqual([])
      expect(await page.getByLabel('Tên đăng nhập').inputValue()).toBe('lanhdao')
      await close()
    })
  }

  it('shows the same pages in English', async () => {
    const { page, close } = await product.open('lanhdao')
    await page.evaluate(() => localStorage.setItem('ban-lang-so.language', 'en'))
    for (const path of pagesOf.lanhdao) {
      await page.goto(path)
      await page.locator('main h1').first().waitFor()
      await settled(page)
      expect(await page.locator('html').getAttribute('lang'), path).toBe('en')
      expect(await axe(page), path).toEqual([])
    }
    await close()
  })
})
