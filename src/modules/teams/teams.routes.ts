import type { RouteDeclaration } from '../../platform/http/route.ts'

export const teamsRoutes: readonly RouteDeclaration[] = []
