import { z } from 'zod'
import type { Part } from '../part.ts'
import { type RouteDeclaration, routeKey } from './route.ts'

/**
 * Refuses to start on a route that does not say whom it serves, asks for a capability nobody declared, accepts
 * undeclared fields, or stands twice.
 */
export function checkRoutes(parts: readonly Part[]): void {
  const capabilities = new Set(parts.flatMap((part) => (part.capabilities ?? []).map((one) => one.name)))
  const seen = new Set<string>()
  for (const declared of parts.flatMap((part) => part.routes ?? [])) {
    const key = routeKey(declared)
    const audience: string | undefined = declared.audience
    if (!audience) throw new Error(`${key}: chưa khai \`audience\`. / The route does not say whom it serves.`)
    if (audience !== 'anyone' && audience !== 'signed_in' && !capabilities.has(audience)) {
      throw new Error(`${key}: không phần nào khai quyền «${audience}». / No part declares this capability.`)
    }
    if (seen.has(key)) throw new Error(`${key}: khai hai lần. / Declared twice.`)
    seen.add(key)
    for (const [place, schema] of inputs(declared)) {
      const loose = looseObject(schema, place)
      if (loose)
        throw new Error(`${key}: ${loose} nhận trường lạ; dùng z.strictObject. / Accepts undeclared fields.`)
    }
  }
}

function inputs(declared: RouteDeclaration): [string, z.ZodType][] {
  const found: [string, z.ZodType][] = []
  if (declared.params) found.push(['params', declared.params])
  if (declared.query) found.push(['query', declared.query])
  if (declared.body) found.push(['body', declared.body])
  if (declared.uploadFields) found.push(['uploadFields', declared.uploadFields])
  return found
}

/** Path of the first object in a schema that lets undeclared fields through, or null. */
export function looseObject(schema: z.ZodType, path: string): string | null {
  const def = schema.def as unknown as Record<string, unknown> & { type: string }
  if (schema instanceof z.ZodObject) {
    const catchall = schema.def.catchall
    if (!(catchall instanceof z.ZodNever)) return path
    for (const [key, inner] of Object.entries(schema.shape)) {
      const loose = looseObject(inner as z.ZodType, `${path}.${key}`)
      if (loose) return loose
    }
    return null
  }
  for (const key of ['element', 'innerType', 'in', 'out', 'valueType', 'left', 'right', 'rest']) {
    const inner = def[key]
    if (inner instanceof z.ZodType) {
      const loose = looseObject(inner, path)
      if (loose) return loose
    }
  }
  // Choices of a union, places of a tuple.
  for (const inner of [def.options, def.items].flatMap((list) => (Array.isArray(list) ? list : []))) {
    if (!(inner instanceof z.ZodType)) continue
    const loose = looseObject(inner, path)
    if (loose) return loose
  }
  return null
}
