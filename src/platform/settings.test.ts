import { createServer } from 'node:net'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { claimPort, projectFolder, readSettings } from './settings.ts'

describe('what the operator may set', () => {
  it('has a value for everything when nothing is set', () => {
    expect(readSettings({})).toEqual({
      port: 8080,
      host: '127.0.0.1',
      dataFolder: path.join(projectFolder, '.data'),
      databaseUrl: undefined,
      demo: true,
    })
  })

  it('counts an empty value as not set', () => {
    expect(readSettings({ PORT: '', DATABASE_URL: ' ', BANLANG_DEMO: '' })).toEqual(readSettings({}))
  })

  it('takes what is set', () => {
    const set = { PORT: '0', BANLANG_HOST: '0.0.0.0', BANLANG_DATA: '/srv/x', BANLANG_DEMO: 'no' }
    expect(readSettings(set)).toMatchObject({ port: 0, host: '0.0.0.0', dataFolder: '/srv/x', demo: false })
  })

  const nonsense = [
    ['PORT', 'tám nghìn'],
    ['PORT', '65536'],
    ['PORT', '-1'],
    ['PORT', '80.5'],
    ['BANLANG_HOST', 'a b'],
    ['DATABASE_URL', 'mysql://x'],
    ['BANLANG_DEMO', 'maybe'],
  ] as const

  it.each(nonsense)('refuses %s=%s and names the variable', (name, value) => {
    expect(() => readSettings({ [name]: value })).toThrow(name)
  })
})

describe('the port', () => {
  it('is a free one when 0 is asked for', async () => {
    expect(await claimPort(0, '127.0.0.1')).toBeGreaterThan(1023)
  })

  it('is refused in words when another program has it', async () => {
    const other = createServer()
    await new Promise<void>((done) => other.listen(0, '127.0.0.1', done))
    const address = other.address()
    const port = typeof address === 'object' && address ? address.port : 0
    await expect(claimPort(port, '127.0.0.1')).rejects.toThrow(`Cổng ${port} đang có chương trình khác dùng`)
    await new Promise((done) => other.close(done))
  })
})
