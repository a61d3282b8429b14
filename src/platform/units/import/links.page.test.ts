import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildApp, type RunningApp } from '../../../app.ts'
import { systemActor } from '../../access/index.ts'
import { openDatabase } from '../../db/database.ts'
import { axe, launchBrowser, type OpenedPage, type TestBrowser } from '../../testing/browser.ts'
import { type FreshDatabase, freshDatabase } from '../../testing/database.ts'
import { buildWebIfStale } from '../../web-build/build-web.ts'
import { importCountry } from './import.actions.ts'
import { readLists } from './lists.read.ts'
import { sampleDay, sampleFiles } from './sample-lists.fixtures.ts'

const folder = mkdtempSync(join(tmpdir(), 'blso-links-'))
let fresh: FreshDatabase
let app: RunningApp
let browser: TestBrowser

beforeAll(async () => {
  await buildWebIfStale(() => {})
  fresh = await freshDatabase()
  app = await buildApp({
    ownerUrl: fresh.ownerUrl,
    dataFolder: folder,
    port: 0,
    host: '127.0.0.1',
    demo: true,
    progress: () => {},
  })
  const database = openDatabase(fresh.ownerUrl)
  const actor = await systemActor(database)
  await database.write(actor, (tx) =>
    importCountry(tx, actor, {
      lists: readLists(sampleFiles()),
      fileNames: ['cu.csv', 'moi-2025-07-01.csv'],
      since: '2020-01-01',
      day: sampleDay,
      legalBasis: null,
    }),
  )
  await database.close()
  browser = await launchBrowser()
})
afterAll(async () => {
  await browser?.close()
  await app?.close()
  await fresh?.drop()
  rmSync(folder, { recursive: true, force: true })
})

async function open(width: number): Promise<OpenedPage> {
  const opened = await browser.openPage({ width, address: app.address })
  const { page } = opened
  const account = app.accounts.find((one) => one.name === 'quantri')
  await page.goto('/')
  await page.getByLabel('Tên đăng nhập').fill('quantri')
  await page.getByRole('textbox', { name: /^Mật khẩu/ }).fill(account?.password ?? '')
  await page.getByRole('button', { name: 'Đăng nhập', exact: true }).click()
  await page.getByRole('navigation').first().waitFor()
  opened.complaints.length = 0
  await page.goto('/units/links')
  await page.getByRole('article').first().waitFor()
  return opened
}

describe('links that need a person', () => {
  for (const width of [360, 1440]) {
    it(`fit ${width} pixels and are accessible in each state`, async () => {
      const { page, complaints, close } = await open(width)
      for (const [state, found] of [
        ['waiting', '2 liên kết'],
        ['certain', '11 liên kết'],
        ['settled', 'Không có liên kết nào ở đây'],
      ] as const) {
        await page.getByLabel('Trạng thái').selectOption(state)
        await page.getByText(found).first().waitFor()
        expect(await axe(page), state).toEqual([])
        const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
        expect(overflow, state).toBeLessThanOrEqual(0)
      }
      expect(complaints).toEqual([])
      await close()
    })
  }

  it('show what the list says, take a choice, and let it be taken back', async () => {
    const { page, complaints, close } = await open(1440)
    const progress = (settled: number) =>
      page.getByText(`Đã xác nhận ${settled} trong 2 liên kết cần người xác nhận`).waitFor()
    await progress(0)
    const unknown = page.getByRole('article', { name: 'Xã Không Ai Nêu' })
    await unknown.getByText('Không dòng nào của danh mục nhắc đến đơn vị này.').waitFor()
    await unknown.getByText('Chưa chọn Xã Không Ai Nêu đã về đâu').waitFor()
    expect(await unknown.getByRole('button', { name: /^Xác nhận/ }).isDisabled()).toBe(true)
    await unknown.getByLabel('Không về đơn vị nào cùng cấp').check()
    await unknown.getByText('Xã Không Ai Nêu không về đơn vị nào cùng cấp; hồ sơ').waitFor()
    expect(await unknown.getByRole('button', { name: /^Xác nhận không về đơn vị nào/ }).isEnabled()).toBe(
      true,
    )
    await unknown.getByLabel('Xã Bình Hai (91019)').check()
    await unknown.getByText('Toàn bộ Xã Không Ai Nêu về Xã Bình Hai (91019).').waitFor()
    await unknown.getByLabel('Đơn vị khác').fill('phuong nam')
    await unknown.getByRole('option', { name: /Phường Nam/ }).click()
    await unknown
      .getByText('Xã Không Ai Nêu được chia cho Xã Bình Hai (91019) và Phường Nam (92001).')
      .waitFor()
    await unknown.getByRole('button', { name: /^Xác nhận/ }).click()
    await progress(1)
    await page.getByLabel('Trạng thái').selectOption('settled')
    await unknown.getByText(/ xác nhận lúc /).waitFor()
    await unknown.getByRole('button', { name: /^Hoàn tác/ }).click()
    await progress(0)
    expect(complaints).toEqual([])
    await close()
  })

  it('are confirmed with one press where the proposal is right, and undone from the notice', async () => {
    const { page, close } = await open(360)
    const assumed = page.getByRole('article', { name: 'Xã Sín Chải' })
    await assumed.getByText('«Xã Xín Chải» – trong dòng của Xã Bình Hai').waitFor()
    await assumed.getByRole('button', { name: /^Xác nhận/ }).click()
    await page.getByText('Đã xác nhận 1 trong 2').waitFor()
    await page.getByRole('button', { name: 'Hoàn tác' }).click()
    await page.getByText('Đã xác nhận 0 trong 2').waitFor()
    await close()
  })

  it('are told as a sum in which every old unit stands once, as the command tells it', async () => {
    const { page, close } = await open(360)
    await page
      .getByText(
        '47 đơn vị cũ, trong đó 45 đã rõ về đâu: 11 danh mục nêu rõ, 2 giữ nguyên (vẫn là đơn vị đó), 32 đã ghi ở đây thành thay đổi.',
      )
      .waitFor()
    await page.getByText('Còn lại: 1 suy ra (cần xác nhận), 1 chưa rõ (cần xác nhận).').waitFor()
    await close()
  })

  it('stand beside what matches nothing: said, explained, settled and taken back', async () => {
    const { page, complaints, close } = await open(360)
    await page.getByRole('link', { name: /^Ngoài ra 2 đơn vị mới/ }).click()
    const island = page.getByRole('article', { name: 'Đặc khu Đảo' })
    await island.getByText('«Huyện Đảo» – không khớp đơn vị cũ nào').waitFor()
    await island.getByText(/đặc khu lập từ một huyện đảo không có xã/).waitFor()
    await island.getByRole('button', { name: /^Xác nhận: không có đơn vị cũ/ }).click()
    await island.getByText('Không có đơn vị cũ nào đứng sau câu chữ này.').waitFor()
    await page.getByText('Đã xem 1 trong 2 đơn vị mới').waitFor()
    await island.getByRole('button', { name: /^Hoàn tác/ }).click()
    await page.getByText('Đã xem 0 trong 2 đơn vị mới').waitFor()
    const range = page.getByRole('article', { name: 'Xã Bình Hai' })
    await range.getByRole('button', { name: 'Xã Không Ai Nêu (91025)' }).click()
    await page.getByText('1 liên kết', { exact: true }).waitFor()
    expect(complaints).toEqual([])
    await close()
  })

  it('are found by name, province and state', async () => {
    const { page, close } = await open(1440)
    await page.getByLabel('Tìm đơn vị cũ').fill('sin chai')
    await page.getByText('1 liên kết', { exact: true }).waitFor()
    await page.getByLabel('Tỉnh, thành phố mới').selectOption({ label: 'Thành phố Giữa' })
    await page.getByText('Không có liên kết nào ở đây').waitFor()
    await page.getByLabel('Tìm đơn vị cũ').fill('')
    await page.getByLabel('Trạng thái').selectOption('certain')
    await page.getByText('2 liên kết', { exact: true }).waitFor()
    await close()
  })
})
