import { describe, expect, it } from 'vitest'
import { pathWithQuery } from './api.ts'
import { NetworkTrouble, readRefusal, troubleText } from './refusal.ts'

describe('the address of a question', () => {
  it('leaves out what was not asked and repeats lists', () => {
    expect(pathWithQuery('/api/units', { q: 'nậm', page: 2, under: null, kind: '', all: undefined })).toBe(
      '/api/units?q=n%E1%BA%ADm&page=2',
    )
    expect(pathWithQuery('/api/units', { kind: ['commune', 'village'] })).toBe(
      '/api/units?kind=commune&kind=village',
    )
    expect(pathWithQuery('/api/units')).toBe('/api/units')
  })
})

describe('a refusal', () => {
  const body = JSON.stringify({
    error: {
      code: 'teams.member_exists',
      message: 'Người này đã có trong tổ.',
      messageEn: 'This person is already in the team.',
      fields: [
        { path: ['members', 0, 'phone'], message: 'Số này đã có.', messageEn: 'This number is taken.' },
      ],
      requestId: 'r1',
    },
  })
  it('keeps the sentence of the server, in both languages, and ties it to its field', () => {
    const refusal = readRefusal(409, body)
    expect(refusal.code).toBe('teams.member_exists')
    expect(troubleText(refusal, 'vi')).toBe('Người này đã có trong tổ.')
    expect(troubleText(refusal, 'en')).toBe('This person is already in the team.')
    expect(refusal.fields[0]?.path).toBe('members.0.phone')
  })
  it.each(['<html>502 Bad Gateway</html>', '', '{}', '{"error":null}', '{"error":"x"}', '[]', 'null'])(
    'that is not ours (%s) still becomes a sentence',
    (text) => {
      expect(readRefusal(502, text).message).toContain('mã 502')
    },
  )
  it('says that nothing was sent and what was typed is kept when the network is down', () => {
    expect(troubleText(new NetworkTrouble('write'), 'vi')).toContain('vẫn còn ở đây')
  })
})
