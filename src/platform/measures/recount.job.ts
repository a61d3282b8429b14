import pg from 'pg'
import type { Actor } from '../actor/actor.ts'
import { audit } from '../audit/index.ts'
import type { Database, Tx } from '../db/database.ts'
import { refuse } from '../http/refusal.ts'
import { enqueue, type JobDeclaration, mayManageJobs } from '../jobs/index.ts'
import type { Words } from '../part.ts'
import { rootId } from '../units/index.ts'
import { recountAll } from './recount.all.ts'
import type { RecountResult } from './recount.tally.ts'
import { declaredMeasures } from './registry.ts'

/** Differences that are kept on record; how many there were is kept whole. */
const mostRecorded = 50
const mostTold = 5

/** Compares on a connection of its own, as the owner: the recount must see every row. */
async function compare(database: Database): Promise<RecountResult> {
  const client = new pg.Client({ connectionString: database.ownerUrl, application_name: 'banlang recount' })
  client.on('error', () => {})
  await client.connect()
  try {
    return await recountAll(client, declaredMeasures())
  } finally {
    await client.end().catch(() => {})
  }
}

async function record(database: Database, actor: Actor, found: RecountResult): Promise<void> {
  await database.write(actor, async (tx) =>
    audit(tx, actor, {
      action: 'measures.recounted',
      subject: 'measures.measure',
      subjectId: 'all',
      unitId: await rootId(tx),
      after: { ...found, differences: found.differences.slice(0, mostRecorded) },
    }),
  )
}

/** Puts the figures to the proof every night; what does not agree makes it fail, naming measure, unit, instant and both numbers. */
export const recountJob: JobDeclaration = {
  name: 'measures.recount',
  title: { vi: 'Đếm lại mọi chỉ số từ hồ sơ', en: 'Count every measure again from the records' },
  schedule: '30 2 * * *',
  // Counting once more comes to the same; the night after counts again.
  attempts: 1,
  run: async ({ database, actor }) => {
    const found = await compare(database)
    await record(database, actor, found)
    if (found.different === 0 && found.faults.length === 0)
      return {
        vi: `Khớp: đã so ${found.figures.toLocaleString('vi-VN')} con số của ${found.measures} chỉ số tại ${found.instants} thời điểm với hồ sơ, không có chỗ nào khác.`,
        en: `All agree: ${found.figures.toLocaleString('en-GB')} figures of ${found.measures} measures at ${found.instants} instants were compared with the records.`,
      }
    const list = (language: keyof Words) =>
      [
        ...found.differences
          .slice(0, mostTold)
          .map(
            ({ title, unit, at, shown, counted }) =>
              `«${title[language]}», ${unit}${at === '' ? '' : `, ${at}`}: ${shown} ≠ ${counted}`,
          ),
        ...found.faults.slice(0, mostTold),
      ].join('; ')
    refuse('measures.figures_differ', {
      vi: `Con số đang hiện không khớp với số đếm lại từ hồ sơ (${found.different} chỗ). ${list('vi')}. Hãy báo người vận hành phần mềm chạy "npm run recount -- --rebuild"; hồ sơ không bị mất.`,
      en: `Figures shown differ from the recount (${found.different} places). ${list('en')}. Tell whoever runs the program to run "npm run recount -- --rebuild"; no record is lost.`,
    })
  },
}

/** Queues a recount in the transaction of the writer; one that still waits is not doubled. */
export function enqueueRecount(tx: Tx): Promise<{ jobId: string }> {
  return enqueue(tx, recountJob.name, {}, { key: 'asked', attempts: 1 })
}

/** Queues a recount because somebody asked for it. */
export async function askRecount(tx: Tx, actor: Actor): Promise<{ jobId: string }> {
  const queued = await enqueueRecount(tx)
  await audit(tx, actor, {
    action: 'measures.recount_asked',
    subject: 'graphile_worker.jobs',
    subjectId: queued.jobId,
    unitId: mayManageJobs(actor) ?? (await rootId(tx)),
  })
  return queued
}
