import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestServer, type TestServer } from '../testing/server.ts'
import { type RouteDeclaration, routeKey } from './route.ts'

type Operation = {
  security?: object[]
  requestBody?: {
    content: Record<string, { schema: { properties: Record<string, object>; required: string[] } }>
  }
  responses: Record<string, { content?: Record<string, { schema: object }> }>
}

let server: TestServer
let described: {
  openapi: string
  paths: Record<string, Record<string, Operation>>
  components: { securitySchemes: object }
}
beforeAll(async () => {
  server = await startTestServer()
  described = (await server.anonymous.get('/api/openapi.json')).body
})
afterAll(() => server.close())

const routes = (): RouteDeclaration[] => server.parts.flatMap((part) => [...(part.routes ?? [])])
const operation = (route: RouteDeclaration): Operation | undefined =>
  described.paths[route.path.replace(/:(\w+)/g, '{$1}')]?.[route.method.toLowerCase()]

test('is OpenAPI 3.1 and lists every route', () => {
  expect(described.openapi).toMatch(/^3\.1\./)
  expect(
    routes()
      .filter((route) => !operation(route))
      .map(routeKey),
  ).toEqual([])
})

test('says of every route whether one must be signed in, and by which cookie', () => {
  expect(described.components.securitySchemes).toEqual({
    session: { type: 'apiKey', in: 'cookie', name: 'banlang_session' },
  })
  for (const route of routes()) {
    const wanted = route.audience === 'anyone' ? [] : [{ session: [] }]
    expect([routeKey(route), operation(route)?.security]).toEqual([routeKey(route), wanted])
  }
})

test('says what kind of file an answer is', () => {
  const files = routes().filter((route) => route.reply === 'file')
  expect(files.length).toBeGreaterThan(5)
  for (const route of files) {
    const content = operation(route)?.responses['200']?.content ?? {}
    expect(Object.keys(content), routeKey(route)).not.toEqual([])
    expect(Object.keys(content), routeKey(route)).not.toContain('application/octet-stream')
    for (const { schema } of Object.values(content))
      expect(schema).toEqual({ type: 'string', format: 'binary' })
  }
})

test('says how a file is sent, with the fields beside it', () => {
  const uploads = routes().filter((route) => route.upload)
  expect(uploads.length).toBeGreaterThan(2)
  for (const route of uploads) {
    const form = operation(route)?.requestBody?.content['multipart/form-data']?.schema
    expect(form?.properties.file, routeKey(route)).toEqual({ type: 'string', format: 'binary' })
    expect(form?.required).toContain('file')
  }
  const check = uploads.find((route) => route.path === '/api/teams/import/check')
  const fields = check && operation(check)?.requestBody?.content['multipart/form-data']?.schema.properties
  expect(Object.keys(fields ?? {}).toSorted()).toEqual(['file', 'joinedOn', 'unitId'])
})

test('has a reader that carries the name of the product', async () => {
  const answer = await server.anonymous.get('/api/docs/')
  expect([answer.status, answer.headers['content-type']?.split(';')[0]]).toEqual([200, 'text/html'])
  expect(answer.text).toContain('<title>Bản Làng Số · API</title>')
  const { text } = await server.anonymous.get('/api/docs/static/swagger-initializer.js')
  expect(text).toContain('image/svg+xml')
  expect(text).not.toContain('fastify.dev')
})
