import type { Actor } from '../../platform/actor/actor.ts'
import type { Tx } from '../../platform/db/database.ts'
import { refuseNotFound } from '../../platform/http/refusal.ts'
import { lockTeamForMember, type TeamForMember } from './member.store.ts'
import { mayChangeTeams, mayRemoveRecord } from './teams.policy.ts'
import { refuseDissolved, refuseRemoval, refuseScope } from './teams.refusals.ts'
import { lockTeam, teamIsVisible } from './teams.store.ts'
import type { Team } from './teams.tables.ts'

/** A team that the actor may change, held for this transaction, with the day it is. */
export type TeamInHand = { team: Team; path: string[]; today: string }

/**
 * Takes a team in hand. Refuses one that the actor may not see as not found, one that they may not change as out of
 * scope. Writers to the same team wait for each other, so that what was checked still holds when it is written.
 */
export async function takeTeam(tx: Tx, actor: Actor, teamId: string): Promise<TeamInHand> {
  return requireRights(tx, actor, teamId, await lockTeam(tx, teamId))
}

async function requireRights<Locked extends { path: string[] }>(
  tx: Tx,
  actor: Actor,
  teamId: string,
  locked: Locked | null,
): Promise<Locked> {
  if (!locked) return (await teamIsVisible(tx, teamId)) ? refuseScope() : refuseNotFound()
  if (!mayChangeTeams(actor, locked.path)) refuseScope()
  return locked
}

/** Like `takeTeam`, for a team that has not been dissolved. */
export async function takeLivingTeam(tx: Tx, actor: Actor, teamId: string): Promise<TeamInHand> {
  const inHand = await takeTeam(tx, actor, teamId)
  if (inHand.team.dissolved_on !== null) refuseDissolved(inHand.team.dissolved_on)
  return inHand
}

/** Like `takeLivingTeam`, with what adding this member asks for. */
export async function takeTeamForMember(
  tx: Tx,
  actor: Actor,
  teamId: string,
  newcomer: Parameters<typeof lockTeamForMember>[2],
): Promise<TeamForMember> {
  const inHand = await requireRights(tx, actor, teamId, await lockTeamForMember(tx, teamId, newcomer))
  if (inHand.team.dissolved_on !== null) refuseDissolved(inHand.team.dissolved_on)
  return inHand
}

/**
 * Takes in hand the team of a row below it. The row is read again once the team is held: another writer may have
 * changed it while we waited. A row that is not there, or not the reader's, is refused as not found.
 */
export async function takeTeamOf<Row extends { team_id: string }>(
  tx: Tx,
  actor: Actor,
  find: () => Promise<Row | null>,
): Promise<TeamInHand & { row: Row }> {
  const seen = await find()
  if (!seen) refuseNotFound()
  const inHand = await takeTeam(tx, actor, seen.team_id)
  const row = await find()
  if (!row) refuseNotFound()
  return { ...inHand, row }
}

/** Refuses to remove what was recorded on an earlier day, except for those who may. */
export function requireRemovable(actor: Actor, inHand: TeamInHand, recordedOn: string): void {
  if (!mayRemoveRecord(actor, inHand.path, recordedOn, inHand.today)) refuseRemoval()
}

/** What a row repeats of its team. */
export function ofTeam(team: Pick<Team, 'id' | 'unit_id' | 'kind' | 'level' | 'formed_on'>) {
  return {
    team_id: team.id,
    unit_id: team.unit_id,
    kind: team.kind,
    level: team.level,
    team_formed_on: team.formed_on,
  }
}

/** Empty text is kept as nothing. */
export function orNull(text: string): string | null {
  return text === '' ? null : text
}
