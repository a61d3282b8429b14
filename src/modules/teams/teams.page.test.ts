import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { axe } from '../../platform/testing/browser.ts'
import { startTestProduct, type TestProduct } from '../../platform/testing/product.ts'

let product: TestProduct

beforeAll(async () => {
  product = await startTestProduct()
})
afterAll(() => product?.close())

const csv = (lines: readonly string[]) => ({
  name: 'thanh-vien.csv',
  mimeType: 'text/csv',
  buffer: Buffer.from(lines.join('\r\n')),
})

describe('the figures of Văn Chấn come out of the rows', () => {
  const rows = [
    ['teams.village_teams', '2022-08-30', '199', null],
    ['teams.village_team_members', '2022-08-30', '1057', null],
    ['teams.villages_with_zalo', '2022-08-30', '154', '213'],
    ['teams.communes_with_zalo', '2022-08-30', '24', '24'],
    ['teams.communes_with_team', '2022-08-30', '24', '24'],
    ['teams.digital_clubs', '2022-08-30', '20', null],
    ['teams.digital_club_members', '2022-08-30', '90', null],
    ['teams.village_teams', '2022-12-31', '213', null],
    ['teams.village_team_members', '2022-12-31', '1157', null],
    ['teams.project06_groups', '2022-12-31', '213', null],
  ] as const

  it('on 30 August and on the last day of 2022', async () => {
    const { page, close } = await product.open('lanhdao')
    const me = await (await page.request.get('/api/session/me')).json()
    const unitId = me.may.find((one: { capability: string }) => one.capability === 'measures.view').unitId
    for (const [measure, asOf, numerator, denominator] of rows) {
      const answer = await page.request.get(`/api/measures/${measure}?unitId=${unitId}&asOf=${asOf}`)
      const { figure } = await answer.json()
      expect([measure, asOf, figure.numerator, figure.denominator]).toEqual([
        measure,
        asOf,
        numerator,
        denominator,
      ])
    }
    await close()
  })
})

describe('a whole district', () => {
  it('exported and imported again changes nothing', async () => {
    const { page, close } = await product.open('thuongtruc')
    const me = await (await page.request.get('/api/session/me')).json()
    const { unitId } = me.may.find((one: { capability: string }) => one.capability === 'teams.import')
    const { counts, rows } = await page.evaluate(async (id: string) => {
      const file = await fetch(`/api/teams/export.xlsx?rows=members&unitId=${id}`)
      const form = new FormData()
      form.append('unitId', id)
      form.append('file', await file.blob(), 'ca-huyen.xlsx')
      const answer = await fetch('/api/teams/import/check', { method: 'POST', body: form })
      return answer.json()
    }, unitId)
    expect(rows.filter((row: { outcome: string }) => row.outcome !== 'unchanged')).toEqual([])
    expect(counts.unchanged).toBeGreaterThan(1_600)
    await close()
  })
})

describe('an officer imports her list', () => {
  it('sees row by row what will happen, leaves the wrong rows out, and sees the number move', async () => {
    const { page, complaints, close } = await product.open('canbo.nambung')
    await page.goto('/teams/import')
    await page
      .getByLabel('Danh sách thành viên')
      .setInputFiles(
        csv([
          'Thôn;Họ tên;SĐT;Ngày tham gia',
          'Thôn Trung Tâm;Bàn Tài Sính;900009001;5/12/2022',
          'Thôn Khe Tràm;Triệu Phúc Khách;900009009;09/12/2022',
          'Nậm Pươi;Vàng A Tủa;;31/11/2022',
        ]),
      )
    await page.getByRole('button', { name: 'Xem trước' }).click()
    await page.getByRole('heading', { name: /^3\. Xem trước/ }).waitFor()
    await page.getByText('Không có ngày 31/11/2022 trên lịch').waitFor()
    await page.getByText('Có phải: Thôn Khe Trang').waitFor()
    expect(await axe(page)).toEqual([])
    const enter = page.getByRole('button', { name: 'Nhập: thêm 1' })
    expect(await enter.isDisabled()).toBe(true)
    await page.getByRole('checkbox', { name: 'Bỏ qua 2 dòng lỗi' }).check()
    await enter.click()
    await page.getByRole('heading', { name: /^4\. Kết quả/ }).waitFor()
    const moved = page.getByRole('row', { name: /Thành viên tổ công nghệ số cấp thôn/ })
    const [before, after] = await moved.getByRole('cell').allTextContents()
    expect(Number.parseInt(after ?? '', 10)).toBe(Number.parseInt(before ?? '', 10) + 1)
    expect(await axe(page)).toEqual([])
    await page.getByRole('link', { name: 'Xem các tổ của đơn vị' }).click()
    await page
      .getByRole('table')
      .getByRole('link', { name: /thôn Trung Tâm/ })
      .first()
      .waitFor()
    expect(complaints.filter((line) => !line.includes('401'))).toEqual([])
    await close()
  })
})

describe('on a phone', () => {
  it('a village head adds a member, ends the membership, and takes that back', async () => {
    const { page, close } = await product.open('truongthon', { width: 360 })
    await page.goto('/teams?kind=community_team')
    await page
      .getByRole('table')
      .getByRole('link', { name: /thôn Trung Tâm/ })
      .first()
      .click()
    await page.getByRole('button', { name: 'Thêm thành viên' }).click()
    await page.getByLabel('Họ và tên').fill('lò thị thử')
    await page.getByLabel('Số điện thoại').fill('12345')
    await page.getByRole('textbox', { name: 'Tham gia từ ngày' }).fill('1/12/2022')
    await page
      .getByRole('form', { name: 'Thêm thành viên' })
      .getByRole('button', { name: 'Thêm thành viên' })
      .click()
    await page
      .getByText(/Số điện thoại không đúng đầu số/)
      .first()
      .waitFor()
    expect(await page.getByLabel('Họ và tên').inputValue()).toBe('lò thị thử')
    await page.getByLabel('Số điện thoại').fill('0900 000 999')
    await page
      .getByRole('form', { name: 'Thêm thành viên' })
      .getByRole('button', { name: 'Thêm thành viên' })
      .click()
    await page.getByRole('link', { name: /^Gọi Lò Thị Thử/ }).waitFor()
    await page.getByRole('button', { name: 'Hủy', exact: true }).click()
    await page.getByRole('button', { name: 'Sửa: Lò Thị Thử' }).click()
    // Tall enough for all of it: what lies half under the bar at the bottom counts as too small to press.
    await page.setViewportSize({ width: 360, height: 4000 })
    expect(await axe(page)).toEqual([])
    await page.getByRole('button', { name: 'Cho thôi' }).click()
    await page
      .getByRole('form', { name: /Cho thôi/ })
      .getByRole('button', { name: 'Cho thôi' })
      .click()
    await page.getByRole('link', { name: /^Gọi Lò Thị Thử/ }).waitFor({ state: 'detached' })
    await page.getByRole('button', { name: 'Hoàn tác' }).first().click()
    await page.getByRole('link', { name: /^Gọi Lò Thị Thử/ }).waitFor()
    await close()
  })
})
