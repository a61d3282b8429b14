import { StartRefusal } from '../../src/platform/start-refusal.ts'

/** One name in the forms that the house writes it, and what people read. */
export type ModuleName = {
  /** kebab-case: the folder, the files and the addresses. */
  folder: string
  /** snake_case: the PostgreSQL schema, and what capabilities, measures and audit entries begin with. */
  schema: string
  /** camelCase: the identifier in code. */
  camel: string
  titleVi: string
  titleEn: string
}

const longest = 40
const example = 'npm run new-module smart-homes "Nhà thông minh" "Smart homes"'

// What PostgreSQL keeps for itself as the name of a schema, and TypeScript as the name of a constant.
const reserved = new Set(
  `all analyse analyze and any array as asc asymmetric authorization binary both case cast check collate collation
  column concurrently constraint create cross default deferrable desc distinct do else end except false fetch for
  foreign freeze from full grant group having ilike in initially inner intersect into is isnull join lateral leading
  left like limit localtime localtimestamp natural not notnull null offset on only or order outer overlaps placing
  primary references returning right select similar some symmetric table tablesample then to trailing true union
  unique user using variadic verbose when where window with
  arguments await break catch class const continue debugger delete enum eval export extends finally function if
  implements import instanceof interface let new package private protected public return static super switch this
  throw try typeof undefined var void while yield
  api assets information platform`.split(/\s+/),
)

/**
 * Reads a module's name, and its titles where they are given, as typed on the command line. Refuses with StartRefusal
 * what is not lower-case English words joined by - or _, and what PostgreSQL or TypeScript keep for themselves.
 */
export function readModuleName(args: readonly string[]): ModuleName {
  const [typed, titleVi, titleEn, ...more] = args.map((text) => text.normalize('NFC').trim())
  if (!typed || more.length > 0)
    throw new StartRefusal(
      `Hãy cho một tên mô-đun, và nếu muốn thì tên gọi tiếng Việt, tiếng Anh. Ví dụ: ${example}`,
      `Give a name for the module and, if you like, its titles in Vietnamese and English. For example: ${example}`,
    )
  if (!/^[a-z][a-z0-9]*([-_][a-z0-9]+)*$/.test(typed) || typed.length < 3 || typed.length > longest)
    throw new StartRefusal(
      `Tên «${typed}» không dùng được. Hãy đặt bằng từ tiếng Anh viết thường, nối bằng gạch ngang, từ 3 đến ${longest} ký tự. Ví dụ: ${example}`,
      `“${typed}” cannot be used. Take lower-case English words joined by hyphens, 3 to ${longest} characters. For example: ${example}`,
    )
  const words = typed.split(/[-_]/)
  const schema = words.join('_')
  if (reserved.has(schema) || schema.startsWith('pg_'))
    throw new StartRefusal(
      `Tên «${typed}» đã được ngôn ngữ lập trình hoặc cơ sở dữ liệu dùng riêng. Hãy đặt tên khác, ví dụ ${typed}-register.`,
      `“${typed}” is reserved by the language or the database. Take another name, for example ${typed}-register.`,
    )
  const english = words.join(' ')
  const fallback = english.charAt(0).toUpperCase() + english.slice(1)
  return {
    folder: words.join('-'),
    schema,
    camel: words.map((word, at) => (at === 0 ? word : word.charAt(0).toUpperCase() + word.slice(1))).join(''),
    titleVi: readTitle(titleVi) ?? fallback,
    titleEn: readTitle(titleEn) ?? fallback,
  }
}

function readTitle(title: string | undefined): string | undefined {
  if (title === undefined || title === '') return undefined
  if (title.length > 60 || !/^[\p{L}\p{N} ,()–-]+$/u.test(title))
    throw new StartRefusal(
      `Tên gọi «${title}» không dùng được. Hãy dùng chữ, số, dấu cách và dấu phẩy, tối đa 60 ký tự.`,
      `The title “${title}” cannot be used. Take letters, digits, spaces and commas, at most 60 characters.`,
    )
  return title
}

/** A title within a sentence: «Nhà thông minh» → «nhà thông minh»; abbreviations (OCOP) keep their capitals. */
export function withinSentence(title: string): string {
  return /^\p{Lu}\p{Lu}/u.test(title) ? title : title.charAt(0).toLocaleLowerCase('vi') + title.slice(1)
}
