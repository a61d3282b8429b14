import { z } from 'zod'

/** An id as it travels: the digits of a positive bigint. */
export const Id = z.string().regex(/^[1-9]\d{0,17}$/)

/** A day 'YYYY-MM-DD' that exists. */
export const Day = z.iso.date()
