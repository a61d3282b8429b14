import type { PageDeclaration, PagesOfPart } from '../pages.ts'

// The shell names no module: whatever folder declares pages has them in the product.
const found = import.meta.glob<PagesOfPart>(
  ['../../modules/*/pages/index.tsx', '../../platform/*/pages/index.tsx'],
  {
    eager: true,
  },
)

/** Every declared page. Two pages with one path are a mistake of building, so it is said at once. */
export const declaredPages: readonly PageDeclaration[] = Object.values(found).flatMap(({ pages }) => pages)

const paths = declaredPages.map(({ path }) => path)
const twice = paths.find((path, index) => paths.indexOf(path) !== index)
if (twice !== undefined) throw new Error(`two pages declare the path ${twice}`)
