import type pg from 'pg'
import type { Counted } from './bases.ts'
import {
  bulkTable,
  formerBodies,
  imageColumns,
  imageTable,
  type Ledger,
  ledgerTriggersFire,
  type StandingLedger,
  triggerBodies,
} from './ledger.sql.ts'
import { columnsOfTable } from './ledger.state.ts'

type Facts = { plain: boolean; kept: boolean; children: boolean; unit: boolean; virtual: string[] }

/**
 * Refuses a table whose rows could change without the triggers that count them, or could be counted nowhere: partitions
 * and inheritance (rows written to another table), unlogged (emptied after a crash), rows without a unit, columns that
 * triggers do not see or cannot compare, values that do not add up exactly.
 */
export async function requireCountable(
  client: pg.ClientBase,
  table: string,
  counts: readonly Counted[],
): Promise<void> {
  const columns = await columnsOfTable(client, table)
  const read = imageColumns(counts, columns)
  const { rows } = await client.query<Facts>(
    `select c.relkind = 'r' and not c.relispartition as plain, c.relpersistence = 'p' as kept,
       exists (select from pg_inherits i where i.inhparent = c.oid or i.inhrelid = c.oid) as children,
       exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = $2 and a.attnotnull) as unit,
       array(select a.attname::text from pg_attribute a
         where a.attrelid = c.oid and a.attgenerated = 'v' and a.attname = any($3)) as virtual
     from pg_class c where c.oid = $1::regclass`,
    [table, counts[0]?.of.unit ?? '', [...read.keys()]],
  )
  const facts = rows[0]
  const refuse = (why: string) => {
    throw new Error(`measures: ${table} cannot be counted: ${why}`)
  }
  if (!facts?.plain) refuse('it is partitioned; rows written to a partition would slip past the counting')
  if (facts?.children)
    refuse('it inherits or is inherited; rows of the other table would slip past the counting')
  if (!facts?.kept) refuse('it is unlogged; a crash would empty it past the counting')
  if (!facts?.unit) refuse(`its column ${counts[0]?.of.unit} may be null; such a row would count nowhere`)
  if (facts?.virtual.length) refuse(`triggers do not see the virtual column ${facts.virtual.join(', ')}`)
  const odd = [...read].filter(([, type]) => /^(json|xml)$/.test(type)).map(([name]) => name)
  if (odd.length > 0) refuse(`values of ${odd.join(', ')} cannot be compared`)
  for (const counted of counts) {
    if (counted.kind === 'distinct' || counted.value === 1) continue
    const { fields } = await client.query(`select (${counted.value}) from ${table} limit 0`)
    // smallint, integer, bigint, numeric: sums of these are exact, whatever comes and goes.
    if (![20, 21, 23, 1700].includes(fields[0]?.dataTypeID ?? 0))
      refuse(`${counted.name} adds up ${counted.value}, which is no exact number`)
  }
}

/** A ledger as it stands; no columns where there is none. */
async function standingLedger(client: pg.ClientBase, ledger: { id: number }): Promise<StandingLedger> {
  const [image, bulk] = [imageTable(ledger), bulkTable(ledger)]
  const epochOf = (table: string) => `coalesce((select pg_get_expr(d.adbin, d.adrelid) from pg_attrdef d
         join pg_attribute a on a.attrelid = d.adrelid and a.attnum = d.adnum and a.attname = 'epoch'
         where d.adrelid = to_regclass(${table})), '')`
  const { rows } = await client.query<{ checks: string[]; epoch: string; bulkEpoch: string }>(
    `select array(select conname::text from pg_constraint where conrelid = to_regclass($1) and contype = 'c') as checks,
       ${epochOf('$1')} as epoch, ${epochOf('$2')} as "bulkEpoch"`,
    [image, bulk],
  )
  const { checks = [], epoch = '', bulkEpoch = '' } = rows[0] ?? {}
  return {
    columns: await columnsOfTable(client, image),
    bulkColumns: await columnsOfTable(client, bulk),
    checks: new Set(checks),
    epoch,
    bulkEpoch,
  }
}

/** The triggers that are no longer those installed: made anew, or switched off and on again. None where nobody noted them. */
async function triggersTouched(client: pg.ClientBase, { id }: { id: number }): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(
    `select trigger.name from measures.counted c
     cross join lateral (
       select name, was.state as was, now.state as now from jsonb_each_text(c.triggers) was(name, state)
       full join jsonb_each_text(measures.triggers_of(c.name)) now(name, state) using (name)
     ) trigger
     where c.id = $1 and c.triggers is not null and was is distinct from now`,
    [id],
  )
  return rows.map(({ name }) => name)
}

/**
 * What of a ledger is not as it was installed: a trigger switched off, if only for a while (a restore of data does so), a function
 * changed, a column of another type. `doubted`: those that rows may have slipped past; a ledger that is new or was just
 * restored has none. `isGrown`: columns are lacking that a new declaration reads; `isFormer`: it is as a former program
 * installed it. Empty where all is well.
 */
export async function ledgerFaults(
  client: pg.ClientBase,
  ledger: Ledger,
): Promise<{
  faults: string[]
  doubted: string[]
  isGrown: boolean
  isFormer: boolean
  standing: StandingLedger
}> {
  const standing = await standingLedger(client, ledger)
  const lacking = [...ledger.columns.keys()].filter((name) => !standing.columns.has(name))
  const { rows: triggers } = await client.query<{ name: string; state: string }>(
    `select tgname as name, tgenabled::text as state from pg_trigger where tgrelid = $1::regclass and tgname = any($2)`,
    [ledger.table, [...ledgerTriggersFire.keys()]],
  )
  const touched = await triggersTouched(client, ledger)
  const off = [...ledgerTriggersFire]
    .filter(
      ([name, fires]) =>
        touched.includes(name) || triggers.find((trigger) => trigger.name === name)?.state !== fires,
    )
    .map(([name]) => name)
  // What the functions were to say before the ledger grew.
  const columns = new Map([...ledger.columns].filter(([name]) => standing.columns.has(name)))
  const bodies = Object.entries(triggerBodies({ ...ledger, columns }))
  const former = new Map(Object.entries(formerBodies({ ...ledger, columns })))
  const { rows: functions } = await client.query<{ name: string; body: string }>(
    `select proname as name, prosrc as body from pg_proc
     where pronamespace = 'counting'::regnamespace and proname = any($1)`,
    [bodies.map(([deed]) => `${deed}_${ledger.id}`)],
  )
  const bodyOf = (deed: string) => functions.find(({ name }) => name === `${deed}_${ledger.id}`)?.body
  const unlike = bodies.filter(([deed, body]) => bodyOf(deed) !== body)
  const changed = unlike.filter(([deed]) => bodyOf(deed) !== former.get(deed))
  const others = [...columns].filter(([name, type]) => standing.columns.get(name) !== type)
  const isNew = standing.columns.size === 0
  const isRestored = triggers.length === 0 && functions.length === 0 && standing.epoch === ''
  const wrong = [
    ...off.map((name) => `trigger ${name}`),
    ...changed.map(([deed]) => `function ${deed}_${ledger.id}`),
    ...others.map(([name]) => `column ${name}`),
  ]
  return {
    standing,
    isGrown: lacking.length > 0 && !isNew,
    isFormer: unlike.length > changed.length || standing.bulkEpoch !== String(ledger.epoch),
    doubted: isNew || isRestored ? [] : wrong,
    faults: [...wrong, ...(standing.epoch === String(ledger.epoch) ? [] : ['epoch'])],
  }
}
