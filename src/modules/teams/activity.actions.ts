import type { Actor } from '../../platform/actor/actor.ts'
import { type AuditEntry, audit } from '../../platform/audit/index.ts'
import type { Tx } from '../../platform/db/database.ts'
import { attach, removeAttachment } from '../../platform/files/index.ts'
import { refuseNotFound } from '../../platform/http/refusal.ts'
import type { ChangeActivityInput, RecordActivityInput } from './contract.ts'
import { deletePhoto, insertPhoto, photosOf } from './photo.store.ts'
import { requireRevision } from './revision.store.ts'
import { ofTeam, orNull, requireRemovable, takeTeam, takeTeamOf } from './team.guard.ts'
import * as refusals from './teams.refusals.ts'
import { refuseBeginning } from './teams.rules.ts'
import * as store from './teams.store.ts'
import type { Activity, Team } from './teams.tables.ts'

const photosAtMost = 10

const entry = (action: string, activity: Pick<Activity, 'id' | 'unit_id'>) =>
  ({
    action: `teams.${action}`,
    subject: 'teams.activity',
    subjectId: activity.id,
    unitId: activity.unit_id,
  }) satisfies Partial<AuditEntry>

function refuseHeldOn(heldOn: string, team: Team, today: string): void {
  const reason = refuseBeginning(heldOn, today, team.formed_on)
  refusals.refuseDay(reason, 'heldOn', reason === 'inFuture' ? today : team.formed_on)
  if (team.dissolved_on !== null && heldOn >= team.dissolved_on) refusals.refuseDissolved(team.dissolved_on)
}

const written = (input: RecordActivityInput) => ({
  held_on: input.heldOn,
  title: input.title,
  topic: input.topic,
  people_helped: input.peopleHelped,
  description: orNull(input.description),
})

/** Writes down what a team did on a day. */
export async function recordActivity(
  tx: Tx,
  actor: Actor,
  teamId: string,
  input: RecordActivityInput,
): Promise<{ id: string }> {
  const { team, today } = await takeTeam(tx, actor, teamId)
  refuseHeldOn(input.heldOn, team, today)
  const row = { ...ofTeam(team), ...written(input) }
  const [id = ''] = await store.insertActivities(tx, [row])
  await audit(tx, actor, { ...entry('activity_recorded', { id, unit_id: team.unit_id }), after: row })
  return { id }
}

/** Corrects an activity. */
export async function changeActivity(
  tx: Tx,
  actor: Actor,
  activityId: string,
  input: ChangeActivityInput,
): Promise<{ id: string }> {
  const { team, today, row } = await takeTeamOf(tx, actor, () => store.findActivity(tx, activityId))
  await requireRevision(tx, 'teams.activity', row, input.revision)
  refuseHeldOn(input.heldOn, team, today)
  const change = written(input)
  await store.updateActivity(tx, activityId, change)
  await audit(tx, actor, { ...entry('activity_changed', row), before: row, after: change })
  return { id: activityId }
}

/** Removes an activity entered by mistake, with its photos. */
export async function removeActivity(tx: Tx, actor: Actor, activityId: string): Promise<{ id: string }> {
  const { row, ...inHand } = await takeTeamOf(tx, actor, () => store.findActivity(tx, activityId))
  requireRemovable(actor, inHand, row.recorded_on)
  const photos = await photosOf(tx, activityId)
  await store.deleteRow(tx, 'teams.activity', activityId)
  for (const fileId of photos) await removeAttachment(tx, actor, fileId)
  await audit(tx, actor, { ...entry('activity_removed', row), before: { ...row, photos } })
  return { id: activityId }
}

/** Adds a photo to an activity; at most ten. */
export async function addActivityPhoto(
  tx: Tx,
  actor: Actor,
  activityId: string,
  file: { bytes: Uint8Array; name: string },
): Promise<{ fileId: string }> {
  const { row } = await takeTeamOf(tx, actor, () => store.findActivity(tx, activityId))
  if ((await photosOf(tx, activityId)).length >= photosAtMost) refusals.refuseTooManyPhotos(photosAtMost)
  const { fileId } = await attach(tx, actor, {
    ...file,
    unitId: row.unit_id,
    viewCapability: 'teams.view',
    changeCapability: 'teams.change',
    kinds: ['image'],
  })
  await insertPhoto(tx, row, fileId)
  await audit(tx, actor, { ...entry('photo_added', row), after: { file: fileId } })
  return { fileId }
}

/** Takes a photo off an activity. */
export async function removeActivityPhoto(
  tx: Tx,
  actor: Actor,
  activityId: string,
  fileId: string,
): Promise<{ id: string }> {
  const { row } = await takeTeamOf(tx, actor, () => store.findActivity(tx, activityId))
  if (!(await photosOf(tx, activityId)).includes(fileId)) refuseNotFound()
  await deletePhoto(tx, activityId, fileId)
  await removeAttachment(tx, actor, fileId)
  await audit(tx, actor, { ...entry('photo_removed', row), before: { file: fileId } })
  return { id: activityId }
}
