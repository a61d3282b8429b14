import { z } from 'zod'
import { Day, Id } from '../http/schemas.ts'
import { FigureSchema, WordsSchema } from '../measures/contract.ts'

/** No page shows more figures that move by themselves; what stands beyond that is read again with the page. */
export const mostFiguresWatched = 400

/** A figure that a page shows, as the routes of figures ask for it. Without `asOf` it is that of today, whichever day that is. */
export const WatchedFigure = z.strictObject({
  measure: z.string().min(1).max(120),
  unitId: Id,
  asOf: Day.optional(),
  from: Day.nullish(),
  /** On the map of its own time, of today, or of a day. */
  map: z.union([z.enum(['then', 'today']), Day]).optional(),
})
export type WatchedFigureInput = z.infer<typeof WatchedFigure>

export const Watch = z.strictObject({ figures: z.array(WatchedFigure).max(mostFiguresWatched) })

/** Event without a name: in which parts of the product something was written. */
export const TopicsChanged = z.object({ topics: z.array(z.string()) })

/** Event `figures`: what has moved, all of it true at one instant. `at` is the place in the list that was sent. */
export const FiguresMoved = z.object({
  readAt: z.iso.datetime(),
  figures: z.array(z.object({ at: z.int(), figure: FigureSchema })),
})
export type FiguresMovedEvent = z.infer<typeof FiguresMoved>

/** Event `dropped`: figures that the reader may no longer see, and why, in words. */
export const FiguresDropped = z.object({ at: z.array(z.int()), message: WordsSchema })
