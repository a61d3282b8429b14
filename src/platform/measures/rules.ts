import type pg from 'pg'
import { type Counted, feeds } from './bases.ts'
import { definitionHash } from './columns.ts'

/** Writes how a row feeds each of these definitions, as far as it is not written yet. */
export async function putRules(client: pg.ClientBase, counted: readonly Counted[]): Promise<void> {
  await client.query(
    `insert into measures.rule as was (measure_id, counted, unit, feeds, begins, ends, amount, key)
     select m.id, r.counted, r.unit, r.feeds, r.begins, r.ends, r.amount, r.key
     from jsonb_to_recordset($1) as r(name text, hash text, counted text, unit text, feeds text, begins text, ends text, amount text, key text)
     join measures.measure m on m.name = r.name and m.definition_hash = r.hash
     on conflict (measure_id) do update set counted = excluded.counted, unit = excluded.unit, feeds = excluded.feeds,
       begins = excluded.begins, ends = excluded.ends, amount = excluded.amount, key = excluded.key
     where (was.*) is distinct from (excluded.*)`,
    [JSON.stringify(counted.map(ruleOf))],
  )
}

function ruleOf(counted: Counted) {
  return {
    name: counted.name,
    hash: definitionHash(counted),
    counted: counted.of.table,
    unit: counted.of.unit,
    feeds: feeds(counted),
    begins: 'from' in counted ? counted.from : counted.on,
    ends: 'from' in counted ? counted.until : null,
    amount: counted.kind === 'distinct' ? '1' : String(counted.value),
    key: counted.kind === 'distinct' ? counted.key : null,
  }
}
