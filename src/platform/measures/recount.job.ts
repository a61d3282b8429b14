import type { Actor } from '../actor/actor.ts'
import { audit } from '../audit/index.ts'
import { today } from '../calendar/index.ts'
import type { Database, Tx } from '../db/database.ts'
import { refuse } from '../http/refusal.ts'
import { enqueue, type JobDeclaration, mayManageJobs } from '../jobs/index.ts'
import type { Words } from '../part.ts'
import { rootId } from '../units/index.ts'
import { basesOf } from './bases.ts'
import { figures, rowsHeld } from './figures.ts'
import { compare, fraction } from './fraction.ts'
import { recount } from './recount.ts'
import { declaredMeasures } from './registry.ts'

type Difference = { measure: string; title: Words; shown: string; counted: string }
type Recounted = { asOf: string; unitId: string; measures: number; differences: Difference[] }

/**
 * Counts every base measure anew from its rows, for the whole country today, and compares: the amounts, and the rows in
 * force. All in one snapshot, so that work going on meanwhile makes no difference.
 */
async function recountAll(tx: Tx): Promise<Recounted> {
  const asOf = await today(tx)
  const unitId = await rootId(tx)
  const bases = [
    ...new Map(
      declaredMeasures()
        .flatMap(basesOf)
        .map((base) => [base.name, base]),
    ).values(),
  ]
  const shown = await figures(
    tx,
    bases.map((measure) => ({ measure, unitId, asOf })),
  )
  const differences: Difference[] = []
  for (const [at, base] of bases.entries()) {
    const counted = await recount(tx, base, { unitId, asOf })
    const rows = await rowsHeld(tx, { measure: base, unitId, asOf })
    const amount = shown[at]?.numerator ?? '0'
    if (compare(fraction(amount), fraction(counted.amount)) !== 0) {
      differences.push({ measure: base.name, title: base.title, shown: amount, counted: counted.amount })
    } else if (String(rows) !== counted.rows) {
      differences.push({
        measure: base.name,
        title: base.title,
        shown: `${rows} dòng`,
        counted: `${counted.rows} dòng`,
      })
    }
  }
  return { asOf, unitId, measures: bases.length, differences }
}

async function record(database: Database, actor: Actor, found: Recounted): Promise<void> {
  const { unitId, ...after } = found
  await database.write(actor, (tx) =>
    audit(tx, actor, {
      action: 'measures.recounted',
      subject: 'measures.measure',
      subjectId: 'all',
      unitId,
      after,
    }),
  )
}

/** Puts the figures to the proof every night; what does not agree makes it fail, naming the measures. */
export const recountJob: JobDeclaration = {
  name: 'measures.recount',
  title: { vi: 'Đếm lại mọi chỉ số từ hồ sơ', en: 'Count every measure again from the records' },
  schedule: '30 2 * * *',
  // Counting once more comes to the same; the night after counts again.
  attempts: 1,
  run: async ({ database, actor }) => {
    const found = await database.read(actor, recountAll)
    await record(database, actor, found)
    if (found.differences.length === 0) return
    const list = (language: keyof Words) =>
      found.differences
        .map(({ title, shown, counted }) => `«${title[language]}»: ${shown} ≠ ${counted}`)
        .join('; ')
    refuse('measures.figures_differ', {
      vi: `Con số đang hiện không khớp với số đếm lại từ hồ sơ. ${list('vi')}. Hãy báo người vận hành phần mềm; hồ sơ không bị mất.`,
      en: `Figures shown differ from the recount. ${list('en')}. Tell whoever runs the program; no record is lost.`,
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
