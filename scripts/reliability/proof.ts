import pg from 'pg'
import { bodyOf } from './caller.ts'
import { firstListNumber, type Ledger, type Office, rowsOfList } from './office.ts'

/** Where a run began: what was there before its first write. */
export type Beginning = { memberId: string; entryId: string }

/** Runs `work` on a connection of the owner; one of its own, because servers and backends are killed between two uses. */
export async function onDatabase<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 })
  client.on('error', () => {})
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end().catch(() => {})
  }
}

export function beginning(url: string): Promise<Beginning> {
  return onDatabase(url, async (client) => {
    const { rows } = await client.query<Beginning>(
      `select (select max(id) from teams.member)::text as "memberId", (select max(id) from audit.entry)::text as "entryId"`,
    )
    if (!rows[0]) throw new Error('The demonstration is not there.')
    return rows[0]
  })
}

const added = `action = 'teams.member_added' and subject = 'teams.member'`

const questions = (
  ledger: Ledger,
  since: Beginning,
): [complaint: string, text: string, values: unknown[]][] => [
  [
    'members acknowledged and lost',
    'select id from unnest($1::bigint[]) id where not exists (select from teams.member m where m.id = id.id)',
    [ledger.added],
  ],
  [
    'ends acknowledged and lost',
    `select id from unnest($1::bigint[]) id where not exists (
       select from teams.member m where m.id = id.id and m.left_on is not null)`,
    [ledger.ended],
  ],
  [
    'jobs acknowledged and lost',
    `select id from unnest($1::bigint[]) id where not exists (select from graphile_worker.jobs j where j.id = id.id)
       and not exists (select from jobs.finished f where f.job_id = id.id)`,
    [ledger.jobs],
  ],
  [
    'members without their audit entry',
    `select m.id from teams.member m where m.id > $1 and m.id::text not in (
       select subject_id from audit.entry where id > $2 and ${added})`,
    [since.memberId, since.entryId],
  ],
  [
    'audit entries without their member',
    `select subject_id as id from audit.entry where id > $2 and ${added}
       and subject_id not in (select id::text from teams.member where id > $1)`,
    [since.memberId, since.entryId],
  ],
  [
    'ends without their audit entry',
    `select m.id from teams.member m where m.id > $1 and m.left_on is not null and m.id::text not in (
       select subject_id from audit.entry where id > $2 and action = 'teams.member_ended')`,
    [since.memberId, since.entryId],
  ],
  [
    'lists imported by half',
    `select substr(phone, 1, 8) as id from teams.member where id > $1 and phone >= $2
       group by 1 having count(*) <> $3`,
    [since.memberId, `09${firstListNumber}`, rowsOfList],
  ],
  [
    'lists acknowledged and lost',
    `select n as id from unnest($1::bigint[]) n where not exists (
       select from teams.member where phone = '09' || ($2::bigint + n * 100)::text)`,
    [ledger.lists, firstListNumber],
  ],
  [
    'lists without their audit entry',
    `select 'lists and entries' as id where
       (select count(distinct substr(phone, 1, 8)) from teams.member where id > $1 and phone >= $2) <>
       (select count(*) from audit.entry where id > $3 and action = 'teams.members_imported')`,
    [since.memberId, `09${firstListNumber}`, since.entryId],
  ],
  [
    'recounts that found a difference',
    `select last_error as id from graphile_worker.jobs where last_error like '%≠%'`,
    [],
  ],
]

/**
 * What is wrong, in words; nothing where everything acknowledged is there, nothing is there by half, and the figure on
 * the page is the number of rows. The office must pause.
 */
export async function complaints(url: string, office: Office, since: Beginning): Promise<string[]> {
  const found: string[] = []
  const counted = await onDatabase(url, async (client) => {
    await client.query('begin isolation level repeatable read read only')
    for (const [complaint, text, values] of questions(office.ledger, since)) {
      const { rows } = await client.query<{ id: string }>(text, values)
      const some = rows.slice(0, 5).map((row) => row.id)
      if (rows.length > 0) found.push(`${rows.length} ${complaint}: ${some.join(', ')}`)
    }
    const { rows } = await client.query<{ count: string }>(
      `select count(*) from teams.member where kind = 'community_team' and level = 'village'
         and joined_on <= calendar.today() and (left_on is null or left_on > calendar.today())`,
    )
    await client.query('commit')
    return rows[0]?.count
  })
  const shown = bodyOf<{ figure: { numerator: string | null } }>(await office.readFigure()).figure.numerator
  if (shown !== counted) found.push(`the page shows ${shown}, the rows are ${counted}`)
  found.push(...office.ledger.faults.map((fault) => `answered ${fault}`))
  return found
}

/** Has every figure recounted by the product's own job and waits for its end: it fails where a figure differs. */
export async function recounted(url: string, office: Office, withinMs: number): Promise<string[]> {
  const { jobId } = bodyOf<{ jobId: string }>(await office.askRecount())
  const until = performance.now() + withinMs
  while (performance.now() < until) {
    const [state] = await onDatabase(url, async (client) => {
      const { rows } = await client.query<{ done: boolean; error: string | null }>(
        `select exists (select from jobs.finished where job_id = $1) as done,
                (select last_error from graphile_worker.jobs where id = $1) as error`,
        [jobId],
      )
      return rows
    })
    if (state?.done) return []
    if (state?.error) return [`the recount failed: ${state.error}`]
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  return [`the recount asked for (job ${jobId}) was not done within ${withinMs} ms`]
}
