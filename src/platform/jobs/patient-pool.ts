import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import { databaseRefusal } from '../http/database-refusal.ts'

const tryAgainAfterMs = 500
// What the queue itself takes for a clash and tries again on another connection.
const clash = '40001'

/**
 * The connections of the queue. It notes the end of a job in passing and, where that fails, ends the process or leaves
 * the job locked. So here a database that is restarting is waited for, and one that has no room for a write is asked
 * again, until it answers or `stopping` says so.
 */
export function patientPool(connectionString: string, max: number, stopping: () => boolean): pg.Pool {
  const pool = new pg.Pool({ connectionString, max, application_name: 'banlang jobs' })
  // Without listeners a lost connection ends the process.
  pool.on('error', () => {})
  pool.on('connect', (client) => {
    client.on('error', () => {})
    const query = client.query.bind(client) as (...given: unknown[]) => unknown
    Object.assign(client, {
      query: (...given: unknown[]) => {
        const first = query(...given)
        return first instanceof Promise ? answered(first, () => query(...given) as Promise<unknown>) : first
      },
    })
  })
  const connect = pool.connect.bind(pool) as (...given: unknown[]) => unknown
  Object.assign(pool, {
    connect: (...given: unknown[]) =>
      given.length > 0 ? connect(...given) : connected(connect as () => Promise<unknown>),
  })

  async function answered(first: Promise<unknown>, again: () => Promise<unknown>): Promise<unknown> {
    let asked = first
    while (true) {
      try {
        return await asked
      } catch (error) {
        const refusal = databaseRefusal(error)
        if (refusal?.status !== 503 || stopping()) throw error
        if (refusal.code === 'http.connection_lost')
          throw Object.assign(new Error('lost', { cause: error }), { code: clash })
        await pause(tryAgainAfterMs)
        asked = again()
      }
    }
  }

  async function connected(attempt: () => Promise<unknown>): Promise<unknown> {
    while (true) {
      try {
        return await attempt()
      } catch (error) {
        if (databaseRefusal(error)?.status !== 503 || stopping()) throw error
        await pause(tryAgainAfterMs)
      }
    }
  }
  return pool
}
