/** How a name may begin for a kind: «Thôn, bản» gives «Thôn» and «Bản», a centrally run city is a «Thành phố». */
function wordsOf(kindName: string): string[] {
  return kindName
    .replace(/ trực thuộc .*$/u, '')
    .split(', ')
    .map((word) => word.charAt(0).toLocaleUpperCase('vi') + word.slice(1))
}

/**
 * A name with the word of another kind in front: «Xã Cát Thịnh» as a township is «Thị trấn Cát Thịnh». A name that does
 * not begin with the word of a kind, or begins with the right one, stays. `kindNames`: the Vietnamese names of all kinds
 * of areas; bodies are called as they are called.
 */
export function nameOfKind(name: string, kindNames: readonly string[], kindName: string): string {
  if (!kindNames.includes(kindName)) return name
  const starts = (word: string) => name.toLocaleLowerCase('vi').startsWith(`${word.toLocaleLowerCase('vi')} `)
  const [word = '', ...others] = wordsOf(kindName)
  const found = kindNames
    .flatMap(wordsOf)
    .filter(starts)
    .toSorted((one, other) => other.length - one.length)[0]
  if (found === undefined || [word, ...others].includes(found)) return name
  return `${word} ${name.slice(found.length + 1)}`
}
