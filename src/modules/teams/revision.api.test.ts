import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { TestServer } from '../../platform/testing/server.ts'
import { serverAtYearEnd } from './teams.testing.ts'

let server: TestServer
let teamId = ''

beforeAll(async () => {
  server = await serverAtYearEnd()
  const unitId = server.world.units.a11
  const body = { unitId, kind: 'community_team', formedOn: '2022-05-10' }
  teamId = (await officer().post('/api/teams', body)).body.id
  await officer().post(`/api/teams/${teamId}/members`, { fullName: 'Vàng A Lử', joinedOn: '2022-06-01' })
  await officer().post(`/api/teams/${teamId}/activities`, {
    heldOn: '2022-07-01',
    title: 'Cài VNeID',
    topic: 'vneid',
  })
})
afterAll(() => server?.close())

const officer = () => server.as('commune_officer')
const page = async () => (await officer().get(`/api/teams/${teamId}`)).body

describe('two clerks open the same record, and both save', () => {
  const rows = [
    [
      'a team',
      (seen: { team: object }) => seen.team,
      () => teamId,
      { name: 'Tổ số', formedOn: '2022-05-10', decisionNo: '', decisionOn: null, note: '' },
    ],
    [
      'a member',
      (seen: { members: object[] }) => seen.members[0],
      (one: { id: string }) => `members/${one.id}`,
      { fullName: 'Vàng A Lử', role: 'member', phone: '', joinedOn: '2022-06-01', note: '' },
    ],
    [
      'an activity',
      (seen: { activities: object[] }) => seen.activities[0],
      (one: { id: string }) => `activities/${one.id}`,
      { heldOn: '2022-07-01', title: 'Cài VNeID', topic: 'vneid', peopleHelped: null, description: '' },
    ],
  ] as const
  it.each(rows)(
    '%s keeps what the first wrote; the second is told who it was',
    async (_, find, path, body) => {
      const record = find(await page()) as { id: string; revision: number }
      const text = 'description' in body ? 'description' : 'note'
      const save = (who: 'commune_officer' | 'standing_office', words: string, revision: number) =>
        server.as(who).patch(`/api/teams/${path(record)}`, { ...body, [text]: words, revision })
      const first = await save('standing_office', 'của người thứ nhất', record.revision)
      expect(first.status, first.text).toBe(200)
      const second = await save('commune_officer', 'của người thứ hai', record.revision)
      expect(second.status).toBe(409)
      expect(second.body.error.code).toBe('teams.changed_meanwhile')
      expect(second.body.error.message).toContain('Người Thử standing office đã sửa mục này lúc')
      expect(second.body.error.message).toContain('Chưa ghi gì')
      const newest = find(await page()) as Record<string, unknown>
      expect(newest).toMatchObject({ [text]: 'của người thứ nhất', revision: record.revision + 1 })
      const decided = await save('commune_officer', 'của người thứ hai', record.revision + 1)
      expect(decided.status, decided.text).toBe(200)
    },
  )

  it('an edit that does not say what it saw is refused', async () => {
    const { id } = (await page()).members[0]
    const body = { fullName: 'Vàng A Lử', role: 'member', phone: '', joinedOn: '2022-06-01', note: '' }
    expect((await officer().patch(`/api/teams/members/${id}`, body)).status).toBe(400)
  })
})
