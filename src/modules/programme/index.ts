import type { Part } from '../../platform/part.ts'

export const programme: Part = {
  name: 'programme',
  title: { vi: 'Chương trình', en: 'Programme' },
  folder: import.meta.dirname,
}
