import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { axe } from '../testing/browser.ts'
import { startTestProduct, type TestProduct } from '../testing/product.ts'

let product: TestProduct
beforeAll(async () => {
  product = await startTestProduct()
})
afterAll(() => product.close())

const passwordOf = (loginName: string) =>
  product.app.accounts.find((account) => account.name === loginName)?.password ?? ''

async function openRenaming(unit: string, name: string) {
  const opened = await product.open('quantri')
  const { page } = opened
  await page.goto(`/units?q=${unit}`)
  await page.getByRole('link', { name: unit, exact: true }).click()
  await page.getByRole('link', { name: 'Thay đổi đơn vị' }).click()
  await page.getByLabel('Tên mới').fill(name)
  await page.getByRole('textbox', { name: 'Có hiệu lực từ ngày' }).fill('1/12/2022')
  await page.getByRole('textbox', { name: 'Căn cứ' }).fill('Nghị quyết 1/NQ-HĐND')
  return opened
}

async function previewAndApply(page: Page, name: string) {
  await page.getByRole('button', { name: 'Xem trước' }).click()
  await page.getByRole('button', { name: 'Ghi thay đổi' }).click()
  await page.getByRole('heading', { level: 1, name, exact: true }).waitFor()
}

async function signOutElsewhere(loginName: string) {
  const elsewhere = await product.open(loginName)
  const status = await elsewhere.page.evaluate(async () => {
    const answer = await fetch('/api/session/sign-out-everywhere', { method: 'POST' })
    return answer.status
  })
  expect(status).toBe(200)
  await elsewhere.close()
}

describe('a session that ends elsewhere', () => {
  it('takes nothing away that is typed: signing in over the page, the same form is sent', async () => {
    const { page, close } = await openRenaming('Xã Nậm Búng', 'Xã Nậm Búng Mới')
    await signOutElsewhere('quantri')
    await page.getByRole('button', { name: 'Xem trước' }).click()
    const dialog = page.getByRole('dialog', { name: 'Phiên đã hết' })
    await dialog.waitFor()
    expect(await axe(page)).toEqual([])
    await dialog.getByLabel('Mật khẩu').fill('khong phai the')
    await dialog.getByRole('button', { name: 'Đăng nhập lại' }).click()
    await dialog.getByRole('alert').waitFor()
    await dialog.getByLabel('Mật khẩu').fill(passwordOf('quantri'))
    await dialog.getByRole('button', { name: 'Đăng nhập lại' }).click()
    await dialog.waitFor({ state: 'hidden' })
    expect(await page.getByLabel('Tên mới').inputValue()).toBe('Xã Nậm Búng Mới')
    await previewAndApply(page, 'Xã Nậm Búng Mới')
    await close()
  })

  it('leads from a page where nothing is typed to signing in, and says why', async () => {
    const { page, close } = await product.open('quantri')
    await signOutElsewhere('quantri')
    await page.goto('/people')
    await page.waitForURL(/\/sign-in/)
    await page.getByText('Phiên đã hết, hãy đăng nhập lại để tiếp tục.').waitFor()
    await close()
    const visitor = await product.open(null)
    await visitor.page.goto('/people')
    await visitor.page.getByLabel('Tên đăng nhập').waitFor()
    expect(await visitor.page.getByText('Phiên đã hết').count()).toBe(0)
    await visitor.close()
  })
})

describe('a form that is not sent', () => {
  it('asks before the page is left by the menu', async () => {
    const { page, close } = await openRenaming('Xã Tú Lệ', 'Xã Tú Lệ Mới')
    const away = page.getByRole('navigation').first().getByRole('link', { name: 'Tài khoản của tôi' })
    const dialog = page.getByRole('dialog', { name: 'Rời trang khi chưa gửi?' })
    await away.click()
    await dialog.waitFor()
    expect(await axe(page)).toEqual([])
    await dialog.getByRole('button', { name: 'Ở lại nhập tiếp' }).click()
    expect(await page.getByLabel('Tên mới').inputValue()).toBe('Xã Tú Lệ Mới')
    await away.click()
    await dialog.getByRole('button', { name: 'Rời trang' }).click()
    await page.waitForURL(/\/account$/)
    await close()
  })

  it('asks before the tab is closed, and no longer once it is sent', async () => {
    const { page, close } = await openRenaming('Xã Nậm Lành', 'Xã Nậm Lành Mới')
    const asks = () =>
      page.evaluate(() => !window.dispatchEvent(new Event('beforeunload', { cancelable: true })))
    expect(await asks()).toBe(true)
    await previewAndApply(page, 'Xã Nậm Lành Mới')
    expect(await asks()).toBe(false)
    await page.getByRole('navigation').first().getByRole('link', { name: 'Tài khoản của tôi' }).click()
    await page.waitForURL(/\/account$/)
    await close()
  })
})

it('the own account is opened by a button that a thumb meets, on the smallest phone', async () => {
  for (const loginName of ['quantri', 'canbo.nambung']) {
    const { page, close } = await product.open(loginName, { width: 360 })
    const box = await page.getByRole('button', { name: /^Tài khoản của/ }).boundingBox()
    expect(box?.width).toBeGreaterThanOrEqual(44)
    expect(box?.height).toBeGreaterThanOrEqual(44)
    expect((box?.x ?? 360) + (box?.width ?? 0)).toBeLessThanOrEqual(360)
    await close()
  }
})
