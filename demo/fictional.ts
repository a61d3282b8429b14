/**
 * Every person, telephone number, link, decision number and activity of the demo is made up, and every row says so.
 * Real are only the units with their official codes and the figures the rows were built to reproduce.
 */
export const fictionalNote = {
  vi: 'Dữ liệu trình diễn: mọi người, số điện thoại, đường dẫn, số quyết định và hoạt động đều là hư cấu.',
  en: 'Demonstration data: every person, telephone number, link, decision number and activity is fictional.',
} as const

/** The day on which the demo stands; the loader stores it as the working date of the installation. */
export const demoWorkingOn = '2022-12-31'

/** Marks a generated row, so that whoever loads it can show the note beside it. */
export type Fictional = { readonly fictional: true }
