import { type FileFormat, fileFormats } from './file-kinds.ts'

const longest = 150

/**
 * A name fit to be kept and sent: NFC, without folders, control characters, marks that turn text around, or characters
 * that some systems refuse. Never empty.
 */
export function cleanFileName(given: string): string {
  const last = given.normalize('NFC').split(/[/\\]/).at(-1) ?? ''
  const clean = last
    .replaceAll(/[\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Zl}\p{Zp}\p{Cs}]/gu, '')
    .replaceAll(/[<>:"|?*]/g, '_')
    .replaceAll(/\s+/g, ' ')
    .replace(/^[. ]+/, '')
    .replace(/[. ]+$/, '')
  if (clean === '') return 'tep'
  if (clean.length <= longest) return clean
  const ending = endingOf(clean)
  const tail = ending === '' ? '' : `.${ending}`
  return `${[...clean].slice(0, longest - tail.length).join('')}${tail}`
}

/** The part after the last dot, in lower case; '' if there is none or it is no ending. */
export function endingOf(name: string): string {
  return /[^.]\.([A-Za-z0-9]{1,8})$/.exec(name)?.[1]?.toLowerCase() ?? ''
}

/** The name with the first ending of its format, if it has none that a person would take for one. */
export function namedAs(name: string, format: FileFormat): string {
  const { endings } = fileFormats[format]
  const own = endingOf(name)
  if (endings.includes(own)) return name
  return `${name}.${endings[0]}`
}
