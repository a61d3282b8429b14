import { randomInt } from 'node:crypto'
import { hash, verify } from '@node-rs/argon2'

// RFC 9106, second recommended option scaled to a small server (OWASP's first choice): 19 MiB, 2 passes, 1 lane.
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const

/** The argon2id hash of a password, composed first: the same signs typed on another keyboard give the same hash. */
export function hashPassword(password: string): Promise<string> {
  return hash(password.normalize('NFC'), cost)
}

let noOnesHash: Promise<string> | undefined

/**
 * Whether a password belongs to a hash. Without a hash (nobody has that login name) the same work is done in vain, so
 * that the time of the answer does not tell which names exist.
 */
export async function isPassword(password: string, kept: string | null): Promise<boolean> {
  noOnesHash ??= hashPassword('a name that nobody has')
  const fits = await verify(kept ?? (await noOnesHash), password.normalize('NFC'))
  return kept !== null && fits
}

// Without the signs that are mistaken for each other when read aloud or copied from paper (0 o, 1 l i).
const signs = 'abcdefghjkmnpqrstuvwxyz23456789'

/** A password to hand over once, of about 79 bits: four groups of four signs. */
export function makeOneTimePassword(): string {
  const group = () => Array.from({ length: 4 }, () => signs[randomInt(signs.length)]).join('')
  return [group(), group(), group(), group()].join('-')
}
