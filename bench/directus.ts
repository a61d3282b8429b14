import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import path from 'node:path'
import pg from 'pg'
import { type Goal, median } from './goals.ts'
import { loadHttp } from './load.ts'
import { madeUpPerson } from './made-up.ts'
import type { Measurement } from './summary.ts'

const administratorToken = 'bench-token-of-directus'
const clerkToken = 'bench-token-of-a-clerk'
const port = 18_055
const collection = 'member'

/** Runs the command line of an installation of Directus over a database of its own on the server of `ownerUrl`. */
function run(folder: string, ownerUrl: string, command: string) {
  const url = new URL(ownerUrl)
  return spawn(process.execPath, [path.join(folder, 'node_modules', 'directus', 'cli.js'), command], {
    cwd: folder,
    stdio: 'ignore',
    env: {
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      DB_CLIENT: 'pg',
      DB_HOST: url.searchParams.get('host') ?? url.hostname,
      DB_PORT: url.port || '5432',
      DB_DATABASE: 'directus',
      DB_USER: decodeURIComponent(url.username),
      DB_PASSWORD: decodeURIComponent(url.password) || 'none',
      SECRET: 'only for measuring',
      ADMIN_EMAIL: 'bench@example.com',
      ADMIN_PASSWORD: 'only-for-measuring',
      ADMIN_TOKEN: administratorToken,
      HOST: '127.0.0.1',
      PORT: String(port),
      CACHE_ENABLED: 'false',
      RATE_LIMITER_ENABLED: 'false',
      TELEMETRY: 'false',
      LOG_LEVEL: 'error',
    },
  })
}

async function newDatabase(ownerUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: ownerUrl })
  await client.connect()
  try {
    await client.query('create database directus')
  } finally {
    await client.end()
  }
}

async function ask(method: string, where: string, body?: object): Promise<boolean> {
  return (await answer(method, where, body)) !== undefined
}

/** What an administrator is answered, or undefined where it is no success. */
async function answer(method: string, where: string, body?: object): Promise<string | undefined> {
  const reply = await fetch(`http://127.0.0.1:${port}${where}`, {
    method,
    headers: { authorization: `Bearer ${administratorToken}`, 'content-type': 'application/json' },
    ...(body ? { body: JSON.stringify(body) } : {}),
  }).catch(() => undefined)
  return reply?.ok ? reply.text() : undefined
}

/** A user who may add and read members and nothing else: an administrator is asked for no rights at all. */
async function makeClerk(): Promise<boolean> {
  const may = ['create', 'read'].map((action) => ({
    collection,
    action,
    fields: ['*'],
    permissions: {},
    validation: {},
  }))
  const made = await answer('POST', '/policies', {
    name: 'clerk',
    admin_access: false,
    app_access: false,
    permissions: may,
  })
  if (!made) return false
  const { data } = JSON.parse(made) as { data: { id: string } }
  const clerk = { email: 'clerk@example.com', token: clerkToken, policies: [{ policy: data.id }] }
  return ask('POST', '/users', clerk)
}

async function answers(withinMs: number): Promise<boolean> {
  const until = performance.now() + withinMs
  while (performance.now() < until) {
    if (await ask('GET', '/server/ping')) return true
    await new Promise((resolve) => setTimeout(resolve, 250))
  }
  return false
}

/** The same columns that a new member has in the product. */
const members = {
  collection,
  schema: {},
  meta: {},
  fields: [
    { field: 'id', type: 'integer', schema: { is_primary_key: true, has_auto_increment: true } },
    ...['team_id', 'unit_id'].map((field) => ({ field, type: 'integer', schema: {} })),
    ...['full_name', 'role', 'phone', 'note'].map((field) => ({ field, type: 'string', schema: {} })),
    { field: 'joined_on', type: 'date', schema: {} },
  ],
}

function addMembers(seconds: number): Promise<Measurement> {
  let number = 0
  return loadHttp(`http://127.0.0.1:${port}`, seconds, () => {
    number += 1
    const { fullName, phone } = madeUpPerson(number)
    const body = { team_id: 1, unit_id: 1, full_name: fullName, role: 'member', phone, note: '' }
    return {
      method: 'POST',
      path: `/items/${collection}`,
      body: { ...body, joined_on: '2022-12-31' },
      headers: { authorization: `Bearer ${clerkToken}` },
    }
  })
}

/**
 * How many times as fast as Directus the product creates a record. Directus (a user with a token and rights to this
 * collection alone, its own activity log) is installed
 * outside the repository, in the folder that DIRECTUS_FOLDER names.
 */
export async function directusGoal(options: {
  ownerUrl: string
  ours: (seconds: number) => Promise<Measurement>
  rounds: number
}): Promise<Goal> {
  const asked = { work: 'create over HTTP against Directus', goal: '≥ 5 ×' }
  const folder = process.env.DIRECTUS_FOLDER ?? ''
  if (!existsSync(path.join(folder, 'node_modules', 'directus', 'cli.js')))
    return { ...asked, reached: 'DIRECTUS_FOLDER names no installation' }
  await newDatabase(options.ownerUrl)
  const made = run(folder, options.ownerUrl, 'bootstrap')
  await new Promise((resolve) => made.once('close', resolve))
  const server = run(folder, options.ownerUrl, 'start')
  const ended = new Promise((resolve) => server.once('close', resolve))
  try {
    if (!(await answers(60_000)) || !(await ask('POST', '/collections', members)) || !(await makeClerk()))
      return { ...asked, reached: 'Directus does not answer' }
    await addMembers(2)
    await options.ours(2)
    const ratios: number[] = []
    const theirs: number[] = []
    for (let round = 0; round < options.rounds; round += 1) {
      const directus = await addMembers(4)
      const ours = await options.ours(4)
      theirs.push(directus.perSecond)
      ratios.push(ours.perSecond / directus.perSecond)
    }
    const ratio = median(ratios)
    return {
      ...asked,
      reached: `${ratio.toFixed(1)} × (Directus ${median(theirs).toFixed(0)}/s)`,
      isMet: ratio >= 5,
    }
  } finally {
    server.kill('SIGTERM')
    await ended
  }
}
