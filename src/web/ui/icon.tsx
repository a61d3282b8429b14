import type { IconName } from '../pages.ts'

const strokes: Record<IconName, string> = {
  overview: 'M3 17V9m5 8V4m5 13v-6m4 6V7',
  target: 'M10 17a7 7 0 1 0 0-14 7 7 0 0 0 0 14Zm0-4a3 3 0 1 0 0-6 3 3 0 0 0 0 6Z',
  figure: 'M7 3 5 17M15 3l-2 14M3 7.5h14M2.5 12.5h14',
  people:
    'M7.5 9.5a3 3 0 1 0 0-6 3 3 0 0 0 0 6ZM2 17c0-3 2.4-5 5.5-5s5.5 2 5.5 5M13 3.8a3 3 0 0 1 0 5.5M15 12.4c1.9.6 3 2.3 3 4.6',
  person: 'M10 9.5a3.2 3.2 0 1 0 0-6.4 3.2 3.2 0 0 0 0 6.4ZM4 17c0-3 2.6-5 6-5s6 2 6 5',
  place: 'M10 18s6-5.2 6-10A6 6 0 0 0 4 8c0 4.8 6 10 6 10Zm0-8a2 2 0 1 0 0-4 2 2 0 0 0 0 4Z',
  list: 'M7 5h10M7 10h10M7 15h10M3 5h.01M3 10h.01M3 15h.01',
  import: 'M10 3v9m-3.5-3.5L10 12l3.5-3.5M3.5 14v2.5h13V14',
  calendar: 'M3.5 5h13v12h-13zM3.5 8.5h13M7 3v3.5M13 3v3.5',
  key: 'M7 13.5a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7ZM10.5 10H18m-3 0v3',
  jobs: 'M10 3a7 7 0 1 0 7 7M10 6v4l3 2M14 3.5h3.5V7',
  history: 'M3.5 10A6.5 6.5 0 1 0 6 4.9L3.5 7M3.5 3.5V7H7M10 6.5V10l2.5 1.5',
  settings: 'M3 6h8m4 0h2M3 14h2m4 0h8M13 8a2 2 0 1 0 0-4 2 2 0 0 0 0 4ZM7 16a2 2 0 1 0 0-4 2 2 0 0 0 0 4Z',
  book: 'M10 5.5C8.5 4 6 3.5 3 3.5V15c3 0 5.5.5 7 2 1.5-1.5 4-2 7-2V3.5c-3 0-5.5.500-7 2ZM10 5.5V17',
}

/** A line drawing beside words; never alone, so it is hidden from those who listen. */
export function Icon({ name, size = 20 }: { name: IconName; size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 20 20" fill="none" aria-hidden="true" focusable="false">
      <path
        d={strokes[name]}
        stroke="currentColor"
        strokeWidth="1.5"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </svg>
  )
}
