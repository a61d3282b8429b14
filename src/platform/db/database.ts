import { createHmac } from 'node:crypto'
import { Kysely, PostgresDialect, type Transaction } from 'kysely'
import pg from 'pg'
import type { Actor } from '../actor/actor.ts'
import { ask, preparing } from './prepared.ts'

// Days stay days: a `date` becomes a Date at local midnight otherwise, and moves with the server's time zone.
pg.types.setTypeParser(pg.types.builtins.DATE, (day) => day)

// biome-ignore lint/complexity/noBannedTypes: no tables until a store asks for its own with `withTables`.
type NoTables = {}

/** A transaction; a store asks for its own tables with `tx.withTables<TeamsTables>()`. */
export type Tx = Transaction<NoTables>

/**
 * The role that serves people: it owns nothing, so row-level security always holds for it. Named after the owner,
 * because roles belong to the whole server and another owner's installation may share it.
 */
export function appRoleOf(ownerUrl: string): string {
  const owner = decodeURIComponent(new URL(ownerUrl).username) || 'banlang'
  return `${owner}_app`.slice(0, 63)
}

/** Both doors to the database. Modules are only ever handed transactions of the first. */
export type Database = {
  /** Runs `work` in one read-committed transaction as `actor`; what it throws undoes everything. */
  write<T>(actor: Actor, work: (tx: Tx) => Promise<T>): Promise<T>
  /** Runs `work` in one read-only snapshot as `actor`: all that is read holds at the same instant. */
  read<T>(actor: Actor, work: (tx: Tx) => Promise<T>): Promise<T>
  /**
   * Asks one statement that is a transaction by itself and names who acts, by the account in $1, before it reads or
   * writes anything: no transaction needs to be opened for it. For the hottest reads and writes.
   */
  askOnce<Row>(actor: Actor, text: string, values: readonly unknown[]): Promise<Row[]>
  /** The owner's door, for the platform alone: sessions, folding, jobs, migration. */
  owner: Kysely<NoTables>
  ownerUrl: string
  close(): Promise<void>
}

/** Where the application role signs in; its password is derived, so that every process knows it and none stores it. */
export function appUrlOf(ownerUrl: string): string {
  const url = new URL(ownerUrl)
  const role = appRoleOf(ownerUrl)
  const secret = url.password || 'socket'
  url.username = encodeURIComponent(role)
  url.password = createHmac('sha256', secret).update(role).digest('hex')
  return url.href
}

function pool(connectionString: string, max: number): pg.Pool {
  const made = new pg.Pool({
    connectionString,
    max,
    application_name: 'banlang',
    idleTimeoutMillis: 30_000,
    pipeline: true,
  })
  // Without a listener a lost idle connection ends the process; the next query opens a new one.
  made.on('error', () => {})
  // Nor one that is lost in the middle of a transaction: the statement under way is refused.
  made.on('connect', (client) => client.on('error', () => {}))
  return made
}

/** Opens the pools; `ownerUrl` is a postgres:// URL of the role that owns the tables. */
export function openDatabase(ownerUrl: string, connections = 16): Database {
  const connect = (url: string, most: number) =>
    new Kysely<NoTables>({ dialect: new PostgresDialect({ pool: preparing(pool(url, most)) }) })
  const app = connect(appUrlOf(ownerUrl), connections)
  const owner = connect(ownerUrl, 6)
  const as = async (tx: Tx, actor: Actor) => {
    // Not as a parameter: so it needs no answer of its own and goes out with the first statement.
    await ask(tx, `set local banlang.account = ${pg.escapeLiteral(actor.accountId ?? '')}`, [])
  }
  return {
    owner,
    ownerUrl,
    write: (actor, work) =>
      app.transaction().execute(async (tx) => {
        await as(tx, actor)
        return work(tx)
      }),
    read: (actor, work) =>
      app
        .transaction()
        .setIsolationLevel('repeatable read')
        .setAccessMode('read only')
        .execute(async (tx) => {
          await as(tx, actor)
          return work(tx)
        }),
    askOnce: (actor, text, values) => ask(app, text, [actor.accountId ?? '', ...values]),
    close: async () => {
      await app.destroy()
      await owner.destroy()
    },
  }
}
