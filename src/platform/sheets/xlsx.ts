import { createRequire } from 'node:module'

const require = createRequire(import.meta.url)

/** The library that reads Excel files, loaded with the first of them: it takes thirty megabytes and slows every start. */
export const xlsx = () => require('@e965/xlsx') as typeof import('@e965/xlsx')
