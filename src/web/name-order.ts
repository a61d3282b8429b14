const collator = new Intl.Collator('vi', { numeric: true, sensitivity: 'variant' })

/** Orders any two texts as a Vietnamese dictionary does, numbers by size ('Thôn 2' before 'Thôn 10'). */
export function compareText(a: string, b: string): number {
  return collator.compare(a, b)
}

/** Orders people by given name (the last word), then by the whole name, as office lists do. */
export function comparePeople(a: string, b: string): number {
  const given = (name: string) => name.trim().split(/\s+/).at(-1) ?? ''
  return collator.compare(given(a), given(b)) || collator.compare(a, b)
}

/** Lower case without marks, so that a filter finds «Nậm Búng» from 'nam bung'. */
export function foldText(text: string): string {
  return text.normalize('NFD').replaceAll(/\p{M}/gu, '').replaceAll(/[đĐ]/g, 'd').toLowerCase()
}
