import { createHash } from 'node:crypto'
import type pg from 'pg'
import type { Counted } from './bases.ts'
import { type Block, totalTable } from './block.sql.ts'
import { definitionHash } from './columns.ts'
import { distinctFunctions } from './keys.sql.ts'
import { currentEpoch, ledgerOf } from './ledger.state.ts'
import { coverFunctions, partsFunction, readFunction } from './read.sql.ts'
import { settledFunction } from './since.sql.ts'

/** What reads the figures of a block, as this program writes it. */
function readingFunctions(block: Block): string[] {
  // A block may hold nothing but keys that are counted once.
  const totals =
    block.bases.length > 0
      ? [partsFunction(block), readFunction(block), ...coverFunctions(block), settledFunction(block)]
      : []
  return [...totals, ...distinctFunctions(block)]
}

/** Makes what reads the figures of a block, and keeps with its totals which text of it that was. */
export async function makeReadingFunctions(client: pg.ClientBase, block: Block): Promise<void> {
  const texts = readingFunctions(block)
  for (const text of texts) await client.query(text)
  await client.query(`comment on table ${totalTable(block)} is '${hashOf(texts)}'`)
}

const hashOf = (texts: readonly string[]) => createHash('sha256').update(texts.join('\n')).digest('hex')

type Standing = {
  block: number
  made: string | null
  ids: number[]
  names: string[]
  hashes: string[]
  covered: boolean[]
}

/**
 * Makes anew what reads the figures of blocks that an older program built, where this program reads them otherwise. Blocks that
 * also hold definitions of another program are left as they are.
 */
export async function renewReadingFunctions(
  client: pg.ClientBase,
  tables: ReadonlyMap<string, readonly Counted[]>,
): Promise<void> {
  const epoch = await currentEpoch(client)
  for (const [table, counts] of tables) {
    const known = new Map(counts.map((counted) => [`${counted.name} ${definitionHash(counted)}`, counted]))
    const { rows } = await client.query<Standing>(
      `select b.id as block, obj_description(to_regclass('counting.total_' || b.id), 'pg_class') as made,
         array_agg(m.id order by a.attnum, m.id) as ids, array_agg(m.name order by a.attnum, m.id) as names,
         array_agg(m.definition_hash order by a.attnum, m.id) as hashes, array_agg(m.is_covered order by a.attnum, m.id) as covered
       from measures.block b
       join measures.counted c on c.id = b.counted_id and c.name = $1
       join measures.measure m on m.block_id = b.id
       left join pg_attribute a on a.attrelid = to_regclass('counting.total_' || b.id) and a.attname = format('m%s_rows', m.id)
       where b.retired_at is null group by b.id`,
      [table],
    )
    for (const row of rows) {
      const block = await blockOf(client, table, counts, epoch, row, known)
      if (block && hashOf(readingFunctions(block)) !== row.made) await makeReadingFunctions(client, block)
    }
  }
}

async function blockOf(
  client: pg.ClientBase,
  table: string,
  counts: readonly Counted[],
  epoch: number,
  { block, ids, names, hashes, covered }: Standing,
  known: ReadonlyMap<string, Counted>,
): Promise<Block | null> {
  const bases: { id: number; base: Exclude<Counted, { kind: 'distinct' }> }[] = []
  const distincts: { id: number; distinct: Extract<Counted, { kind: 'distinct' }> }[] = []
  for (const [at, id] of ids.entries()) {
    const counted = known.get(`${names[at]} ${hashes[at]}`)
    if (!counted) return null
    if (counted.kind === 'distinct') distincts.push({ id, distinct: counted })
    else bases.push({ id, base: counted })
  }
  const stocks = bases.flatMap(({ id }) => (covered[ids.indexOf(id)] ? [id] : []))
  const ledger = await ledgerOf(client, table, counts, epoch)
  return { id: block, ledger, bases, distincts, covered: new Set(stocks) }
}
