import type { RouteDeclaration } from '../../platform/http/route.ts'
import { importRoutes } from './import.routes.ts'
import { activityRoutes, channelRoutes, memberRoutes } from './record.routes.ts'
import { teamRoutes } from './team.routes.ts'

export const teamsRoutes: readonly RouteDeclaration[] = [
  ...teamRoutes,
  ...memberRoutes,
  ...channelRoutes,
  ...activityRoutes,
  ...importRoutes,
]
