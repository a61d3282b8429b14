import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import pg from 'pg'
import type { TestProject } from 'vitest/node'
import { parts } from '../src/app.ts'
import { migrate } from '../src/platform/install/migrate.ts'
import { openPostgres } from '../src/platform/postgres/open-postgres.ts'
import type { TestServer } from '../src/platform/testing/database.ts'

type Running = { server: Promise<TestServer & { stop(): Promise<void> }>; users: number }

// Each project loads this file for itself; the server is one for all.
const shared = globalThis as typeof globalThis & { banlangTestServer?: Running | undefined }

async function bootServer(): Promise<TestServer & { stop(): Promise<void> }> {
  const folder = mkdtempSync(path.join(tmpdir(), 'blso-'))
  // Run by root the database belongs to another user, who must find the way in.
  chmodSync(folder, 0o711)
  const postgres = await openPostgres({
    dataFolder: path.join(folder, 'data'),
    databaseUrl: process.env.DATABASE_URL || undefined,
    size: 'test',
  })
  const template = `banlang_template_${process.pid}`
  await onServer(postgres.ownerUrl, `drop database if exists ${template}`, `create database ${template}`)
  await migrate(databaseUrl(postgres.ownerUrl, template), parts)
  return {
    ownerUrl: postgres.ownerUrl,
    template,
    async stop() {
      await onServer(postgres.ownerUrl, `drop database if exists ${template} with (force)`)
      await postgres.stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

async function onServer(url: string, ...statements: string[]): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    for (const statement of statements) await client.query(statement)
  } finally {
    await client.end()
  }
}

function databaseUrl(ownerUrl: string, database: string): string {
  const url = new URL(ownerUrl)
  url.pathname = `/${database}`
  return url.href
}

/** Boots one PostgreSQL for the run (or uses DATABASE_URL) and makes the template that `freshDatabase` clones. */
export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  shared.banlangTestServer ??= { server: bootServer(), users: 0 }
  const running = shared.banlangTestServer
  running.users += 1
  const server = await running.server
  project.provide('testServer', { ownerUrl: server.ownerUrl, template: server.template })
  return async () => {
    running.users -= 1
    if (running.users > 0) return
    shared.banlangTestServer = undefined
    await server.stop()
  }
}
