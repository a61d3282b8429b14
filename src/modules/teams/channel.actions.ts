import type { Actor } from '../../platform/actor/actor.ts'
import { type AuditEntry, audit } from '../../platform/audit/index.ts'
import type { Tx } from '../../platform/db/database.ts'
import type { CloseChannelInput, OpenChannelInput } from './contract.ts'
import { ofTeam, requireRemovable, takeLivingTeam, takeTeamOf } from './team.guard.ts'
import * as refusals from './teams.refusals.ts'
import { overlaps, readZaloLink, refuseBeginning, refuseEnd } from './teams.rules.ts'
import * as store from './teams.store.ts'
import type { Channel } from './teams.tables.ts'

const entry = (action: string, channel: Pick<Channel, 'id' | 'unit_id'>) =>
  ({
    action: `teams.${action}`,
    subject: 'teams.channel',
    subjectId: channel.id,
    unitId: channel.unit_id,
  }) satisfies Partial<AuditEntry>

/** Writes down the Zalo group of a team from a day on. Refuses links that are not https of Zalo. */
export async function openChannel(
  tx: Tx,
  actor: Actor,
  teamId: string,
  input: OpenChannelInput,
): Promise<{ id: string }> {
  const { team, today } = await takeLivingTeam(tx, actor, teamId)
  const url = readZaloLink(input.url)
  if (url === null) refusals.refuseLink()
  const reason = refuseBeginning(input.openedOn, today, team.formed_on)
  refusals.refuseDay(reason, 'openedOn', reason === 'inFuture' ? today : team.formed_on)
  const same = (await store.channelsEver(tx, teamId)).some(
    (one) =>
      one.url === url &&
      overlaps({ from: input.openedOn, until: null }, { from: one.opened_on, until: one.closed_on }),
  )
  if (same) refusals.refuseLinkThere()
  const row = { ...ofTeam(team), url, opened_on: input.openedOn, closed_on: null, end_recorded_on: null }
  const [id = ''] = await store.insertChannels(tx, [row])
  await audit(tx, actor, { ...entry('channel_opened', { id, unit_id: team.unit_id }), after: row })
  return { id }
}

/** Closes a Zalo group: `on` is the first day on which it is no longer open. */
export async function closeChannel(
  tx: Tx,
  actor: Actor,
  channelId: string,
  input: CloseChannelInput,
): Promise<{ id: string }> {
  const { today, row: channel } = await takeTeamOf(tx, actor, () => store.findChannel(tx, channelId))
  if (channel.closed_on !== null) refusals.refuseEnded()
  const reason = refuseEnd(input.on, channel.opened_on, today)
  refusals.refuseDay(reason, 'on', reason === 'endInFuture' ? today : channel.opened_on)
  const end = { closed_on: input.on, end_recorded_on: today }
  await store.updateChannel(tx, channelId, end)
  await audit(tx, actor, { ...entry('channel_closed', channel), before: { closed_on: null }, after: end })
  return { id: channelId }
}

/** Removes a link entered by mistake. */
export async function removeChannel(tx: Tx, actor: Actor, channelId: string): Promise<{ id: string }> {
  const { row: channel, ...inHand } = await takeTeamOf(tx, actor, () => store.findChannel(tx, channelId))
  requireRemovable(actor, inHand, channel.recorded_on)
  await store.deleteRow(tx, 'teams.channel', channelId)
  await audit(tx, actor, { ...entry('channel_removed', channel), before: channel })
  return { id: channelId }
}
