import type { Socket } from 'node:net'
import {
  CompiledQuery,
  type Kysely,
  type PostgresPool,
  type PostgresPoolClient,
  type PostgresQueryResult,
} from 'kysely'
import pg from 'pg'

/** Statements kept planned on each connection: more than the hot paths have, few enough for the server's memory. */
const namesAtMost = 300
/** A statement is named when it comes this often; what is made up anew each time (lists of values) never is. */
const timesBeforeNaming = 3
const longestNamed = 10_000
const seenAtMost = 2_000

const names = new Map<string, string>()
let seen = new Map<string, number>()

/** The name under which a statement is prepared, or undefined where it is sent as it stands. */
function nameOf(text: string): string | undefined {
  const named = names.get(text)
  if (named || names.size >= namesAtMost || text.length > longestNamed) return named
  const times = (seen.get(text) ?? 0) + 1
  if (times < timesBeforeNaming || !preparable.test(text) || text.includes(';')) {
    if (seen.size >= seenAtMost) seen = new Map()
    seen.set(text, times)
    return undefined
  }
  seen.delete(text)
  const name = `s${names.size + 1}`
  names.set(text, name)
  return name
}

/**
 * Stands before a statement of a write whose answer nobody needs: the next statement, or the commit, does not wait for
 * it, and brings its refusal.
 */
export const answeredLater = '/* answered later */ '

/**
 * Asks a statement that stands written as text ($1, $2 … for the values): on a hot path building it anew each time costs
 * more than sending it.
 */
export async function ask<Row>(
  tx: Pick<Kysely<unknown>, 'executeQuery'>,
  text: string,
  values: readonly unknown[],
): Promise<Row[]> {
  return (await tx.executeQuery<Row>(CompiledQuery.raw(text, [...values]))).rows
}

const preparable = /^\s*(\/\* answered later \*\/ )?(select|insert|update|delete|with)\b/
const beginning = /^(begin|start transaction)\b/
const setting = /^set local\b/
const closing = /^(commit|rollback)$/

type Result<R> = PostgresQueryResult<R>

function noRows<R>(): Result<R> {
  return { command: 'SELECT', rowCount: 0, rows: [] }
}

/**
 * A connection that keeps the plans of its statements: parsing and planning cost more than running most of ours, and
 * row-level security is half of the plan. What opens a transaction waits for the first statement and travels with it.
 */
class PreparingClient {
  readonly #client: pg.PoolClient
  #held: string[] = []
  #owed: Promise<PromiseSettledResult<unknown>>[] = []
  #broken = false
  #corked = false
  readonly #stream: Socket

  constructor(client: pg.PoolClient) {
    this.#client = client
    this.#stream = (client as pg.PoolClient & { connection: { stream: Socket } }).connection.stream
  }

  async query<R>(text: string, parameters: readonly unknown[]): Promise<Result<R>> {
    const begins = beginning.test(text)
    if (begins || (this.#held.length > 0 && setting.test(text))) {
      this.#held.push(text)
      return noRows()
    }
    if (this.#held.length > 0) {
      const held = this.#held.splice(0).join('; ')
      // Nothing was asked between beginning and end.
      if (closing.test(text)) return noRows()
      this.#cork()
      this.#owe(this.#client.query(held), true)
    }
    if (text.startsWith(answeredLater)) {
      this.#cork()
      this.#owe(this.#send(text, parameters), false)
      return noRows()
    }
    const asked = this.#send<R>(text, parameters)
    this.#uncork()
    const owed = this.#owed.splice(0)
    if (owed.length === 0) return asked
    const [answer, ...before] = await Promise.all([settled(asked), ...owed])
    // A transaction that goes back takes with it what was refused in it.
    const counts = text === 'rollback' ? [answer] : [...before, answer]
    for (const one of counts) if (one.status === 'rejected') throw one.reason
    return (answer as PromiseFulfilledResult<Result<R>>).value
  }

  /** What is sent stays in this process until `#uncork`: one write to the socket wakes the server once. */
  #cork(): void {
    if (this.#corked) return
    this.#corked = true
    this.#stream.cork()
  }

  #uncork(): void {
    if (!this.#corked) return
    this.#corked = false
    this.#stream.uncork()
  }

  #owe(promise: Promise<unknown>, opens: boolean): void {
    const outcome = settled(promise)
    this.#owed.push(outcome)
    // What follows a transaction that did not open runs without an account, so the policies refuse it; the connection goes.
    if (opens) void outcome.then(({ status }) => (this.#broken ||= status === 'rejected'))
  }

  #send<R>(text: string, parameters: readonly unknown[]): Promise<Result<R>> {
    return new Promise((resolve, reject) => {
      const query = new pg.Query(text, [...parameters], (error, result) => {
        if (error) reject(error)
        else resolve(result as unknown as Result<R>)
      }) as pg.Query & { name?: string | undefined }
      // Not by an object with name and text: the driver copies that property by property.
      query.name = nameOf(text)
      this.#client.query(query)
    })
  }

  release(destroy = false): void {
    this.#uncork()
    this.#held = []
    this.#owed = []
    this.#client.release(destroy || this.#broken)
  }
}

async function settled<T>(promise: Promise<T>): Promise<PromiseSettledResult<T>> {
  const [outcome] = await Promise.allSettled([promise])
  return outcome as PromiseSettledResult<T>
}

/** A pool for Kysely whose connections keep the plans of their statements. */
export function preparing(pool: pg.Pool): PostgresPool {
  const clients = new WeakMap<pg.PoolClient, PostgresPoolClient>()
  return {
    options: pool.options,
    connect: async () => {
      const client = await pool.connect()
      // Kysely also knows cursors, which nothing here uses.
      const known = clients.get(client) ?? (new PreparingClient(client) as unknown as PostgresPoolClient)
      clients.set(client, known)
      return known
    },
    end: () => pool.end(),
  }
}
