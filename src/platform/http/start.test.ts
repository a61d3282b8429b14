import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import type { Part } from '../part.ts'
import { checkRoutes } from './check.ts'
import { type RouteDeclaration, route } from './route.ts'

const declared = (change: Partial<RouteDeclaration>): Part => ({
  name: 'toy',
  title: { vi: 'Thử', en: 'Toy' },
  folder: import.meta.dirname,
  capabilities: [{ name: 'toy.view', title: { vi: 'Xem', en: 'View' }, roles: ['leader'] }],
  routes: [
    {
      ...route({
        method: 'POST',
        path: '/api/toy',
        summary: 'Thử.',
        audience: 'toy.view',
        reply: z.object({}),
        handle: async () => ({}),
      }),
      ...change,
    },
  ],
})

describe('the server does not start', () => {
  const loose = z.object({ name: z.string() })
  const rows: readonly [string, Partial<RouteDeclaration>, RegExp][] = [
    ['on a route that does not say whom it serves', { audience: undefined as unknown as string }, /audience/],
    ['on an empty audience', { audience: '' }, /audience/],
    ['on a capability that nobody declares', { audience: 'toy.veiw' }, /toy\.veiw/],
    ['on a body that takes undeclared fields', { body: loose }, /body/],
    ['on a query that takes undeclared fields', { query: loose }, /query/],
    ['on parameters that take undeclared fields', { params: loose }, /params/],
    [
      'on such a field deep inside',
      { body: z.strictObject({ team: z.strictObject({ head: loose }) }) },
      /body\.team\.head/,
    ],
    ['on such a list', { body: z.strictObject({ people: z.array(loose) }) }, /body\.people/],
    [
      'on such an optional field',
      { body: z.strictObject({ head: loose.optional().default({ name: '' }) }) },
      /body\.head/,
    ],
    ['on such a choice', { body: z.union([z.strictObject({}), loose]) }, /body/],
    ['on such a pair', { body: z.strictObject({ pair: z.tuple([z.string(), loose]) }) }, /body\.pair/],
    [
      'on such a value of a table',
      { body: z.strictObject({ table: z.record(z.string(), loose) }) },
      /body\.table/,
    ],
    ['on a schema that lets all through', { body: z.looseObject({}) }, /body/],
  ]
  test.each(rows)('%s', (_, change, words) => {
    expect(() => checkRoutes([declared(change)])).toThrow(words)
  })

  test('on a route that stands twice', () => {
    const part = declared({})
    expect(() => checkRoutes([part, part])).toThrow(/POST \/api\/toy/)
  })

  test('and starts on one that is whole', () => {
    const body = z.strictObject({ name: z.string(), head: z.strictObject({ name: z.string() }).nullable() })
    expect(() => checkRoutes([declared({ body })])).not.toThrow()
  })
})
