import { spawnSync } from 'node:child_process'
import { existsSync, globSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { projectFolder } from '../src/platform/settings.ts'
import { StartRefusal } from '../src/platform/start-refusal.ts'
import { withModule } from './new-module/app-list.ts'
import { type ModuleName, readModuleName, withinSentence } from './new-module/module-name.ts'
import { progress, runTask } from './task.ts'

const templates = path.join(import.meta.dirname, 'new-module', 'template')

/** Refuses a name that a module, a part of the platform or the address of a page has already. */
function refuseTaken({ folder }: ModuleName): void {
  const parts = ['modules', 'platform'].flatMap((kind) => readdirSync(path.join(projectFolder, 'src', kind)))
  const pages = globSync('src/{modules,platform}/*/pages/index.tsx', { cwd: projectFolder })
  const isAddress = pages.some((file) =>
    readFileSync(path.join(projectFolder, file), 'utf8').includes(`path: '/${folder}'`),
  )
  if (parts.includes(folder) || isAddress)
    throw new StartRefusal(
      `Tên «${folder}» đã có (một mô-đun, một phần của nền tảng hoặc địa chỉ một trang) nên chưa tạo gì. Hãy đặt tên khác.`,
      `The name “${folder}” is taken by a module, a part of the platform or the address of a page; nothing was made.`,
    )
}

/** The module's files, by path within its folder. */
function filesOf(name: ModuleName): Map<string, string> {
  const values: Record<string, string> = {
    ...name,
    titleViLower: withinSentence(name.titleVi),
    titleEnLower: withinSentence(name.titleEn),
  }
  const filled = (text: string) =>
    text.replace(/\{\{(\w+)\}\}/g, (_, key: string) => {
      const value = values[key]
      if (value === undefined) throw new Error(`no value for {{${key}}}`)
      return value
    })
  const found = globSync('**/*.txt', { cwd: templates }).sort()
  return new Map(
    found.map((file) => [
      file.replace('NAME', name.folder).replace(/\.txt$/, ''),
      filled(readFileSync(path.join(templates, file), 'utf8')),
    ]),
  )
}

/** Line breaks and the order of imports depend on the name, so the formatter has the last word. */
function format(...paths: string[]): void {
  const biome = path.join(projectFolder, 'node_modules', '@biomejs', 'biome', 'bin', 'biome')
  const done = spawnSync(process.execPath, [biome, 'check', '--write', ...paths], {
    cwd: projectFolder,
    encoding: 'utf8',
  })
  if (done.status !== 0) process.stderr.write(done.stdout + done.stderr)
}

function sayNext({ folder, schema, titleVi }: ModuleName, files: number): void {
  const place = `src/modules/${folder}`
  progress(`
Đã tạo mô-đun «${titleVi}» ở ${place} (${files} tệp) và thêm vào src/app.ts. Mô-đun chạy được ngay. Việc tiếp theo:
  1. BANLANG_DATA=.data/try npm start: xem trang /${folder} trên dữ liệu thử; xóa .data/try rồi chạy lại mỗi khi sửa bảng.
  2. Sửa bảng trong ${place}/migrations/0001-${folder}.sql cho đúng việc. Khi đã đưa vào nhánh chính thì không sửa
     tệp này nữa: thay đổi sau viết thành 0002-….sql.
  3. Sửa chữ trong texts.ts, tên quyền trong ${folder}.policy.ts, tên chỉ số trong ${folder}.measures.ts.
  4. npm test -- ${folder} rights: mọi kiểm tra, các kiểm thử của mô-đun và ma trận quyền.
  Đọc tiếp: docs/how-to/add-a-module.md

Made the module in ${place} (${files} files) and added it to src/app.ts. It works as it is. What to do next:
  1. BANLANG_DATA=.data/try npm start: look at its page /${folder} on data to throw away; delete .data/try after
     changing the table.
  2. Make the table of ${place}/migrations/0001-${folder}.sql what you need. Once it has landed it is frozen:
     later changes are 0002-….sql.
  3. Write the words: texts.ts, the capabilities (${schema}.view, ${schema}.change), the measure (${schema}.current).
  4. npm test -- ${folder} rights: every check, the tests of the module and the matrix of rights.
  Read on: docs/how-to/add-a-module.md
`)
}

await runTask(async (args) => {
  const name = readModuleName(args)
  refuseTaken(name)
  const app = path.join(projectFolder, 'src', 'app.ts')
  const appText = withModule(readFileSync(app, 'utf8'), name)
  const folder = path.join(projectFolder, 'src', 'modules', name.folder)
  if (existsSync(folder)) throw new Error(`${folder} is there already`)
  const files = filesOf(name)
  for (const [file, text] of files) {
    mkdirSync(path.dirname(path.join(folder, file)), { recursive: true })
    writeFileSync(path.join(folder, file), text)
  }
  writeFileSync(app, appText)
  format(folder, app)
  sayNext(name, files.size)
})
