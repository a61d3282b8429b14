import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { inject } from 'vitest'

/** How a test file reaches the one server of this test run, and which database it clones. */
export type TestServer = { ownerUrl: string; template: string }

declare module 'vitest' {
  export interface ProvidedContext {
    testServer: TestServer
  }
}

/** A database of a test file's own, with every table and no rows but those of the migrations. */
export type FreshDatabase = { ownerUrl: string; drop(): Promise<void> }

/**
 * Clones the migrated template for one test file. `drop` cuts what is still connected, but close pools first: they may report it.
 * `empty` asks for a database without any table.
 */
export async function freshDatabase(options: { empty?: boolean } = {}): Promise<FreshDatabase> {
  const { ownerUrl, template } = inject('testServer')
  const name = `banlang_test_${randomBytes(6).toString('hex')}`
  await onServer(ownerUrl, `create database ${name}${options.empty ? '' : ` template ${template}`}`)
  const url = new URL(ownerUrl)
  url.pathname = `/${name}`
  return {
    ownerUrl: url.href,
    drop: () => onServer(ownerUrl, `drop database if exists ${name} with (force)`),
  }
}

async function onServer(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}
