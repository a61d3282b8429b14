import pg from 'pg'
import { parts } from '../src/app.ts'
import { refuseUnfinishedRestore } from '../src/platform/backup/unfinished.ts'
import { migrationsOf } from '../src/platform/install/migrate.ts'
import { countedOf } from '../src/platform/measures/bases.ts'
import { buildFigures } from '../src/platform/measures/install.ts'
import { recountAll } from '../src/platform/measures/recount.all.ts'
import { recountLines } from '../src/platform/measures/recount.words.ts'
import { declaredMeasures, registerMeasures } from '../src/platform/measures/registry.ts'
import { readSettings } from '../src/platform/settings.ts'
import { StartRefusal } from '../src/platform/start-refusal.ts'
import { openInstallation } from './installation.ts'
import { progress, runTask } from './task.ts'

/** The measures named, or none where all are meant; refuses names that are not declared. */
function measuresNamed(args: readonly string[]): string[] {
  const names = args.filter((arg) => arg !== '--rebuild')
  const known = new Set(declaredMeasures().map(({ name }) => name))
  const unknown = names.filter((name) => !known.has(name))
  if (unknown.length > 0)
    throw new StartRefusal(
      `Không có chỉ số: ${unknown.join(', ')}. Cách dùng: npm run recount -- [--rebuild] [CHỈ_SỐ…]. Các chỉ số: ${declaredMeasures()
        .map(({ name }) => name)
        .join(', ')}`,
      `No such measure: ${unknown.join(', ')}. Usage: npm run recount -- [--rebuild] [MEASURE…]`,
    )
  return names
}

/** What is counted row by row for these measures. */
function basesNamed(names: readonly string[]): string[] {
  return countedOf(declaredMeasures().filter(({ name }) => names.includes(name))).map(({ name }) => name)
}

/** Whether the database is as this program makes it; a measure that is not there yet would look like a difference. */
async function requireSameVersion(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ id: string }>(`select id from platform.migration where id like '%/%'`)
  const done = new Set(rows.map(({ id }) => id))
  const wanted = (await migrationsOf(parts)).map(({ id }) => id)
  if (wanted.length === done.size && wanted.every((id) => done.has(id))) return
  throw new StartRefusal(
    'Dữ liệu này thuộc phiên bản khác của phần mềm. Hãy chạy "npm start" một lần trước.',
    'These data belong to another version of the program. Run "npm start" once first.',
  )
}

/** `npm run recount -- [--rebuild] [MEASURE…]`: compares every figure with the rows; ends with 1 where one differs. */
await runTask(async (args) => {
  registerMeasures(parts)
  const names = measuresNamed(args)
  const installation = await openInstallation(readSettings(process.env), {
    holder: 'recount',
    vi: 'đếm lại',
    en: 'recount',
  })
  const client = new pg.Client({
    connectionString: installation.ownerUrl,
    application_name: 'banlang recount',
  })
  client.on('error', () => {})
  try {
    await refuseUnfinishedRestore(installation.ownerUrl)
    await client.connect()
    await requireSameVersion(client)
    if (args.includes('--rebuild')) {
      progress('Đếm lại từ hồ sơ vào bảng mới… / building anew…')
      const { built } = await buildFigures(client, parts, {
        again: names.length > 0 ? basesNamed(names) : true,
        progress: (table) => progress(`  ${table}`),
      })
      progress(`Đã đếm lại ${built.length} chỉ số gốc. / ${built.length} base measures built.`)
    }
    progress('So từng con số với hồ sơ… / comparing every figure with the rows…')
    const found = await recountAll(client, declaredMeasures(), {
      only: names,
      progress: (line) => progress(`  ${line}`),
    })
    for (const line of recountLines(found)) progress(line)
    if (found.different > 0 || found.faults.length > 0) process.exitCode = 1
  } finally {
    await client.end().catch(() => {})
    await installation.close()
  }
})
