const collator = new Intl.Collator('vi', { numeric: true, sensitivity: 'variant' })

/** Orders any two texts as a Vietnamese dictionary does, numbers by size ('Thôn 2' before 'Thôn 10'). */
export function compareText(a: string, b: string): number {
  return collator.compare(a, b)
}
