import { compareText } from '../platform/text/dictionary-order.ts'

export { compareText }

/** Orders people by given name (the last word), then by the whole name, as office lists do. */
export function comparePeople(a: string, b: string): number {
  const given = (name: string) => name.trim().split(/\s+/).at(-1) ?? ''
  return compareText(given(a), given(b)) || compareText(a, b)
}

/** Lower case without marks, so that a filter finds «Nậm Búng» from 'nam bung'. */
export function foldText(text: string): string {
  return text.normalize('NFD').replaceAll(/\p{M}/gu, '').replaceAll(/[đĐ]/g, 'd').toLowerCase()
}
