import { describe, expect, it } from 'vitest'
import { databaseRefusal } from './database-refusal.ts'

const coded = (code: string) => Object.assign(new Error('said by the database'), { code })

describe('what the database says', () => {
  it.each([
    ['a full disk', '53100'],
    ['writes held because a disk is nearly full', '25006'],
    ['no memory', '53200'],
    ['too many connections', '53300'],
    ['a restart under way', '57P03'],
    ['nobody at the socket', 'ENOENT'],
    ['no room for an uploaded file', 'ENOSPC'],
  ])('%s: nothing was written, try again', (_what, code) => {
    expect(databaseRefusal(coded(code))).toMatchObject({ code: 'http.try_again', status: 503 })
  })

  it.each([
    ['the database was stopped', coded('57P01')],
    ['a process of it was killed', coded('57P02')],
    ['the line broke', coded('ECONNRESET')],
    ['the driver noticed it without a code', new Error('Connection terminated unexpectedly')],
    [
      'the driver was asked once more',
      new Error('Client has encountered a connection error and is not queryable'),
    ],
  ])('%s: it may have been written, so look before trying again', (_what, error) => {
    const refusal = databaseRefusal(error)
    expect(refusal).toMatchObject({ code: 'http.connection_lost', status: 503 })
    expect(refusal?.words.vi).not.toContain('chưa ghi gì')
  })

  it('a fault of the program stays a fault', () => {
    expect(databaseRefusal(new Error('x is not a function'))).toBeNull()
    expect(databaseRefusal(coded('42703'))).toBeNull()
  })
})
