import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import packed from '@sparticuz/chromium'
import ExcelJS from 'exceljs'
import { chromium } from 'playwright-core'
import { demoAccounts } from '../demo/accounts.ts'
import { loadHttp } from './load.ts'
import { madeUpPerson } from './made-up.ts'
import type { ProductClient } from './product-client.ts'
import { signInBody } from './product-client.ts'
import { median } from './summary.ts'

/** Milliseconds that something takes. */
async function timed<T>(work: () => Promise<T>): Promise<{ ms: number; answer: T }> {
  const began = performance.now()
  const answer = await work()
  return { ms: performance.now() - began, answer }
}

/** Median time of one answer to one person, nobody else asking; the first three do not count. */
export async function aloneMs(client: ProductClient, path: string): Promise<number> {
  const times: number[] = []
  for (let ask = 0; ask < 18; ask += 1) {
    const { ms } = await timed(() => client.get(path))
    if (ask > 2) times.push(ms)
  }
  return median(times)
}

/** Sign-ins a second at eight connections, each with an account of its own. */
export async function signInsPerSecond(address: string): Promise<number> {
  const names = demoAccounts().map((account) => account.loginName)
  const { perSecond } = await loadHttp(address, 3, (connection) => ({
    method: 'POST',
    path: '/api/session',
    body: signInBody(names[connection % names.length] ?? ''),
  }))
  return perSecond
}

type TeamRow = { unit: { name: string; within: string } }

/** Imports an Excel list of so many new members into the village teams of a unit: the dry run, then the real one. */
export async function importOf(
  client: ProductClient,
  unitId: string,
  rows: number,
): Promise<{ checkMs: number; applyMs: number }> {
  const query = `unitId=${unitId}&kind=community_team&level=village&limit=200`
  const { teams } = await client.get<{ teams: TeamRow[] }>(`/api/teams?${query}`)
  const book = new ExcelJS.Workbook()
  const sheet = book.addWorksheet('Danh sách')
  sheet.addRow(['Xã, thị trấn', 'Thôn, bản', 'Họ và tên', 'Số điện thoại', 'Ngày tham gia'])
  for (let row = 0; row < rows; row += 1) {
    const unit = teams[row % teams.length]?.unit
    const { fullName, phone } = madeUpPerson(80_000_000 + row)
    sheet.addRow([unit?.within, unit?.name, fullName, phone, '20/12/2022'])
  }
  const form = new FormData()
  form.append('unitId', unitId)
  form.append('file', new Blob([await book.xlsx.writeBuffer()]), 'danh-sach.xlsx')
  type Checked = { fileId: string; digest: string; counts: { create: number } }
  const checked = await timed(() => client.post<Checked>('/api/teams/import/check', form))
  const { fileId, digest, counts } = checked.answer
  if (counts.create !== rows) throw new Error(`The dry run adds ${JSON.stringify(counts)} instead of ${rows}`)
  const applied = await timed(() => client.post('/api/teams/import/apply', { fileId, unitId, digest }))
  return { checkMs: checked.ms, applyMs: applied.ms }
}

/** From navigation to the headline of the overview being visible; the median of five, after one that fills the cache. */
export async function overviewInBrowserMs(address: string, cookie: string): Promise<number> {
  const folder = mkdtempSync(path.join(tmpdir(), 'blso-chromium-'))
  const usual = process.env.TMPDIR
  // The browser is unpacked into the folder for temporary files.
  process.env.TMPDIR = folder
  try {
    const browser = await chromium.launch({
      executablePath: await packed.executablePath(),
      args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--disable-background-networking'],
    })
    try {
      const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'vi-VN' })
      const [name = '', value = ''] = cookie.split('=')
      await context.addCookies([{ name, value, url: address }])
      const page = await context.newPage()
      const times: number[] = []
      for (let visit = 0; visit < 6; visit += 1) {
        const { ms } = await timed(async () => {
          await page.goto(`${address}/`, { waitUntil: 'commit' })
          await page.getByRole('heading', { level: 1, name: /chỉ tiêu/ }).waitFor()
        })
        if (visit > 0) times.push(ms)
      }
      return median(times)
    } finally {
      await browser.close()
    }
  } finally {
    if (usual === undefined) delete process.env.TMPDIR
    else process.env.TMPDIR = usual
    rmSync(folder, { recursive: true, force: true })
  }
}
