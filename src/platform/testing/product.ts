import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buildApp, type RunningApp } from '../../app.ts'
import { buildWebIfStale } from '../web-build/build-web.ts'
import { launchBrowser, type OpenedPage, type OpenPageOptions } from './browser.ts'
import { freshDatabase } from './database.ts'

/** The whole product with its demonstration, as `npm start` runs it, and a browser to use it with. */
export type TestProduct = {
  app: RunningApp
  /** Opens a page as one of the demonstration's people, signed in through the form; without a name as nobody. */
  open(loginName: string | null, options?: OpenPageOptions): Promise<OpenedPage>
  close(): Promise<void>
}

/** Starts the product over a database of its own. Builds the web where it is stale. */
export async function startTestProduct(): Promise<TestProduct> {
  await buildWebIfStale(() => {})
  const fresh = await freshDatabase()
  const folder = mkdtempSync(join(tmpdir(), 'blso-product-'))
  const app = await buildApp({
    ownerUrl: fresh.ownerUrl,
    dataFolder: folder,
    port: 0,
    host: '127.0.0.1',
    demo: true,
    progress: () => {},
  })
  const browser = await launchBrowser()
  return {
    app,
    open: async (loginName, options = {}) => {
      const opened = await browser.openPage({ ...options, address: app.address })
      if (loginName) await signIn(opened, app, loginName)
      return opened
    },
    close: async () => {
      await browser.close()
      await app.close()
      await fresh.drop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

async function signIn(opened: OpenedPage, app: RunningApp, loginName: string): Promise<void> {
  const account = app.accounts.find((one) => one.name === loginName)
  if (!account) throw new Error(`No such account in the demonstration: ${loginName}`)
  await opened.page.goto('/')
  await opened.page.getByLabel('Tên đăng nhập').fill(account.name)
  await opened.page.getByRole('textbox', { name: /^Mật khẩu/ }).fill(account.password)
  await opened.page.getByRole('button', { name: 'Đăng nhập', exact: true }).click()
  await opened.page.getByRole('navigation').first().waitFor()
  // A visitor is asked who they are before they sign in; the browser notes the 401 as an error.
  opened.complaints.length = 0
}
