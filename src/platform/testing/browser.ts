import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rename, rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir, userInfo } from 'node:os'
import { dirname, join } from 'node:path'
import packed from '@sparticuz/chromium'
import {
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  chromium,
  type Page,
} from 'playwright-core'

const need = createRequire(import.meta.url)

export interface OpenPageOptions {
  /** In pixels; 1440 when not given. Below 768 the page believes it is a phone with touch. */
  width?: number
  height?: number
  colorScheme?: 'light' | 'dark'
  /** Where relative addresses given to `page.goto` begin. */
  address?: string
  /** State of an earlier page, to stay signed in: `await page.context().storageState()`. */
  signedInAs?: BrowserContextOptions['storageState']
}

export interface OpenedPage {
  page: Page
  /** What the page threw or wrote to the console as an error, as it happens. */
  complaints: string[]
  close: () => Promise<void>
}

export interface TestBrowser {
  openPage: (options?: OpenPageOptions) => Promise<OpenedPage>
  close: () => Promise<void>
}

/**
 * The Chromium that came with the npm package, unpacked once for this user. Unpacking happens aside and is renamed into
 * place, because test files run side by side and half a browser must never be started.
 */
async function chromiumPath(): Promise<string> {
  const manifestPath = join(dirname(need.resolve('@sparticuz/chromium')), '..', 'package.json')
  const manifest = JSON.parse(await readFile(manifestPath, 'utf8')) as { version: string }
  const place = join(tmpdir(), `ban-lang-so-chromium-${manifest.version}-${userInfo().uid}`)
  const program = join(place, 'chromium')
  if (existsSync(program)) return program
  const aside = await mkdtemp(`${place}-`)
  const usual = process.env.TMPDIR
  try {
    process.env.TMPDIR = aside
    await packed.executablePath()
  } finally {
    if (usual === undefined) delete process.env.TMPDIR
    else process.env.TMPDIR = usual
  }
  await rename(aside, place).catch(async (taken: unknown) => {
    await rm(aside, { recursive: true, force: true })
    if (!existsSync(program)) throw taken
  })
  return program
}

async function openPage(browser: Browser, options: OpenPageOptions = {}): Promise<OpenedPage> {
  const {
    width = 1440,
    height = width < 768 ? 780 : 900,
    colorScheme = 'light',
    address,
    signedInAs,
  } = options
  const phone = width < 768
  const context: BrowserContext = await browser.newContext({
    viewport: { width, height },
    hasTouch: phone,
    isMobile: phone,
    colorScheme,
    locale: 'vi-VN',
    timezoneId: 'Asia/Ho_Chi_Minh',
    reducedMotion: 'reduce',
    ...(address === undefined ? {} : { baseURL: address }),
    ...(signedInAs === undefined ? {} : { storageState: signedInAs }),
  })
  const page = await context.newPage()
  const complaints: string[] = []
  page.on('pageerror', (thrown) => complaints.push(String(thrown)))
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text())
  })
  return { page, complaints, close: () => context.close() }
}

/** Starts Chromium without a sandbox (tests run as root in places) and without any network but this machine. */
export async function launchBrowser(): Promise<TestBrowser> {
  const browser = await chromium.launch({
    executablePath: await chromiumPath(),
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-dev-shm-usage',
      '--disable-background-networking',
      '--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE localhost , EXCLUDE 127.0.0.1',
    ],
  })
  return { openPage: (options) => openPage(browser, options), close: () => browser.close() }
}

interface AxeNode {
  target: unknown[]
  failureSummary?: string
}

interface AxeRun {
  violations: { id: string; help: string; nodes: AxeNode[] }[]
}

/** Every accessibility violation axe finds, one line each: rule, element, what to mend. Empty is what tests expect. */
export async function axe(page: Page): Promise<string[]> {
  // Evaluated, not added as a script: the product's content security policy refuses foreign scripts, rightly.
  await page.evaluate(await readFile(need.resolve('axe-core/axe.min.js'), 'utf8'))
  const run = await page.evaluate(async () => {
    const { axe } = window as unknown as { axe: { run: (options: object) => Promise<AxeRun> } }
    return axe.run({
      resultTypes: ['violations'],
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
    })
  })
  return run.violations.flatMap(({ id, help, nodes }) =>
    nodes.map((node) => `${id} (${help}) at ${node.target.join(' ')}: ${node.failureSummary ?? ''}`),
  )
}
