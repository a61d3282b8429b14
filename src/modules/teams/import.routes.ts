import type { RouteDeclaration } from '../../platform/http/route.ts'

export const importRoutes: readonly RouteDeclaration[] = []
