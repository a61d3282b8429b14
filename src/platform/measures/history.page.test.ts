import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { axe } from '../testing/browser.ts'
import { startTestProduct, type TestProduct } from '../testing/product.ts'

let product: TestProduct
beforeAll(async () => {
  product = await startTestProduct()
})
afterAll(() => product?.close())

const measure = '/measures/teams.activities'
/** The first minute that can be asked, as the refusal names it: after the start, before anything that a test records. */
let first: { day: string; time: string }

describe('what was printed for a commune that was split since, with a day before', () => {
  it('is shown on its page for the same day, beside the refusal of a figure of now', async () => {
    const administrator = await product.open('quantri')
    const { request } = administrator.page
    const json = async (path: string) => (await request.get(`/api${path}`)).json()
    const search = await json('/units/search?q=nam%20bung&kind=commune&asOf=2022-12-31&limit=1')
    const unitId: string = search.units[0].id
    const told = await json(
      `/measures/teams.activities/history?unitId=${unitId}&knownAt=2022-01-01T00:00:00Z`,
    )
    const [, time = '', on = ''] = /Xem được từ (\d\d:\d\d) (\d+\/\d+\/\d+)/.exec(JSON.stringify(told)) ?? []
    const [d = '', m = '', y = ''] = on.split('/')
    first = { time, day: `${y}-${m.padStart(2, '0')}-${d.padStart(2, '0')}` }
    const { areasBelow, bodies } = await json(`/units/${unitId}?asOf=2022-06-01`)
    // The committee ends with the commune.
    const below: string[] = [...areasBelow, ...bodies].flatMap((one: { id: string; kind: string }) =>
      one.kind === 'committee' ? [] : [one.id],
    )
    const half = (name: string, code: string, belowIds: string[]) => ({
      made: { name, code, kind: 'commune', parentId: '3' },
      belowIds,
    })
    const recorded = await request.post('/api/units/changes', {
      data: {
        kind: 'split',
        legalBasis: 'Nghị quyết 1/NQ-HĐND',
        on: '2022-06-01',
        unitId,
        stays: false,
        halves: [
          half('Xã Nậm Búng Một', '99991', below.slice(0, 2)),
          half('Xã Nậm Búng Hai', '99992', below.slice(2)),
        ],
      },
    })
    expect(recorded.status(), await recorded.text()).toBe(201)
    await administrator.close()

    for (const width of [360, 1440]) {
      const { page, close } = await product.open('lanhdao', { width })
      await page.goto(`${measure}?unitId=${unitId}&knownOn=${first.day}&knownTime=${first.time}`)
      await page.getByText(/«Xã Nậm Búng» đã kết thúc từ 1\/6\/2022/).waitFor()
      const shown = page.locator('dl').filter({ hasText: 'Theo những gì đã ghi nhận đến' })
      await shown.waitFor()
      expect(await shown.locator('dd').allTextContents()).toEqual(['không có trên địa bàn', '17'])
      await page
        .getByText(
          /Theo các thay đổi đơn vị đã ghi đến nay, Xã Nậm Búng không có trên địa bàn ngày 31\/12\/2022/,
        )
        .waitFor()
      expect(await page.getByText(/không ghi thêm, không bớt/).count()).toBe(0)
      expect(await axe(page)).toEqual([])
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
      expect(overflow).toBeLessThanOrEqual(0)
      await close()
    }
  })
})

describe('a unit that was not on the map as it was known then', () => {
  it.each([360, 1440])(
    'is said not to be there, and the map is told apart from rows, at %i',
    async (width) => {
      const { page, close } = await product.open('lanhdao', { width })
      // As the server answers once a split that stood at that instant has been undone.
      await page.route(/\/history\?/, async (route) => {
        const answer = await (await route.fetch()).json()
        const [list] = answer.lists
        const row = {
          id: '1',
          what: 'added',
          settled: true,
          name: 'Buổi một',
          unit: null,
          within: null,
          href: null,
        }
        await route.fulfill({
          json: {
            ...answer,
            before: { numerator: null, denominator: null },
            now: { numerator: '18', denominator: null },
            byMap: { numerator: '12', denominator: null },
            mapChanged: true,
            onMap: { before: false, now: true },
            lists: [
              {
                ...list,
                added: 6,
                taken: 0,
                altered: 0,
                settled: { added: 5, taken: 0 },
                rows: [row, { ...row, id: '2', settled: false, name: 'Buổi ghi sau' }],
                others: 0,
              },
            ],
          },
        })
      })
      await page.goto(`${measure}?knownOn=${first.day}&knownTime=${first.time}`)
      const shown = page.locator('dl').filter({ hasText: 'Theo những gì đã ghi nhận đến' })
      await shown.waitFor()
      expect(await shown.locator('dd').allTextContents()).toEqual(['18', 'không có trên địa bàn'])
      for (const said of [
        /Huyện Văn Chấn không có trên địa bàn ngày 31\/12\/2022, nên lúc ấy không in ra con số nào/,
        /Riêng thay đổi đơn vị .*đã làm con số thành 12 \(\+12\)\./,
        /Khác nhau do bản ghi được phân bổ, hoặc được hoàn tác phân bổ, sau đó: \+5\./,
        /Khác nhau do các dòng ghi nhận sau đó: \+1\./,
      ])
        await page.getByText(said).waitFor()
      await page.getByRole('listitem').filter({ hasText: 'Thêm do phân bổ' }).getByText('Buổi một').waitFor()
      expect(await axe(page)).toEqual([])
      await close()
    },
  )
})
