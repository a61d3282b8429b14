import type { FastifyDynamicSwaggerOptions } from '@fastify/swagger'
import type { FastifySwaggerUiOptions } from '@fastify/swagger-ui'
import { jsonSchemaTransform } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { Part } from '../part.ts'
import { type RouteDeclaration, routeKey } from './route.ts'

const binary = { type: 'string', format: 'binary' } as const

/** How the API is described: OpenAPI 3.1, from the declarations of the routes. */
export function describeApi(
  parts: readonly Part[],
  options: { version: string; sessionCookie: string },
): FastifyDynamicSwaggerOptions {
  const declared = new Map(
    parts.flatMap((part) => part.routes ?? []).map((one) => [routeKey(one), one] as const),
  )
  return {
    openapi: {
      openapi: '3.1.0',
      info: { title: 'Bản Làng Số', version: options.version, description: 'API của Bản Làng Số' },
      components: {
        securitySchemes: { session: { type: 'apiKey', in: 'cookie', name: options.sessionCookie } },
      },
    },
    transform: (document) => {
      const described = jsonSchemaTransform(document)
      const route = declared.get(routeKey({ method: String(document.route.method), path: document.url }))
      return route
        ? { ...described, schema: { ...described.schema, ...additions(route, described) } }
        : described
    },
  }
}

/** What zod schemas cannot say: files in and out, and who must be signed in. */
function additions(route: RouteDeclaration, described: { schema: unknown }): object {
  const { response } = described.schema as { response?: object }
  return {
    security: route.audience === 'anyone' ? [] : [{ session: [] }],
    ...(route.upload && { consumes: ['multipart/form-data'], body: formOf(route) }),
    ...(route.reply === 'file' && {
      response: { ...response, [route.status ?? 200]: { description: 'Tệp', content: contentOf(route) } },
    }),
  }
}

function formOf(route: RouteDeclaration): object {
  const fields = route.uploadFields
    ? (z.toJSONSchema(route.uploadFields, { io: 'input' }) as { properties?: object; required?: string[] })
    : {}
  return {
    type: 'object',
    properties: { ...fields.properties, file: binary },
    required: [...(fields.required ?? []), 'file'],
    additionalProperties: false,
  }
}

function contentOf(route: RouteDeclaration): object {
  const mediaTypes = route.mediaTypes ?? [mediaTypeByEnding(route.path)]
  return Object.fromEntries(mediaTypes.map((mediaType) => [mediaType, { schema: binary }]))
}

function mediaTypeByEnding(path: string): string {
  if (path.endsWith('.xlsx')) return 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
  if (path.endsWith('.csv')) return 'text/csv'
  return 'application/octet-stream'
}

const name = `<svg xmlns="http://www.w3.org/2000/svg" width="190" height="40" viewBox="0 0 190 40" role="img"
aria-label="Bản Làng Số"><text x="0" y="27" font-family="sans-serif" font-size="22" font-weight="600"
fill="#fff">Bản Làng Số</text></svg>`

/** The page on which the description is read carries the name of the product. */
export const readerOfApi: Pick<FastifySwaggerUiOptions, 'theme' | 'logo'> = {
  theme: { title: 'Bản Làng Số · API' },
  logo: { type: 'image/svg+xml', content: name, href: '/', target: '_self' },
}
