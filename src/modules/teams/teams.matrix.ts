import { sql } from 'kysely'
import type { Actor } from '../../platform/actor/actor.ts'
import { audit } from '../../platform/audit/index.ts'
import type { Tx } from '../../platform/db/database.ts'
import type { Planted, Probe, ProbePlace, Probes } from '../../platform/testing/matrix.ts'
import { fold } from '../../platform/text/index.ts'
import { addActivityPhoto } from './activity.actions.ts'
import { checkImport } from './import.actions.ts'
import { ofTeam } from './team.guard.ts'
import { readName } from './teams.rules.ts'
import * as store from './teams.store.ts'

const began = '2022-05-01'
const words = (unique: string) => unique.replace(/[^a-z]/gi, (sign) => 'ghijklmnop'.charAt(Number(sign) || 0))
const personName = ({ unique }: ProbePlace) =>
  `Vàng ${words(unique).replace(/^./, (first) => first.toUpperCase())}`

/** A club, because a unit may have many of them: each request of a route that writes gets its own. */
async function plantTeam(tx: Tx, actor: Actor, place: ProbePlace): Promise<Planted> {
  const name = `Câu lạc bộ ${place.unique}`
  const row = {
    unit_id: place.unitId,
    level: 'office',
    kind: 'digital_club',
    name,
    name_folded: fold(name),
    formed_on: began,
    dissolved_on: null,
    dissolved_reason: null,
    decision_no: null,
    decision_on: null,
    decision_file: null,
    note: null,
    end_recorded_on: null,
  } as const
  const [teamId = ''] = await store.insertTeams(tx, [row])
  await audit(tx, actor, {
    action: 'teams.team_loaded',
    subject: 'teams.team',
    subjectId: teamId,
    unitId: place.unitId,
  })
  return { teamId, name }
}

async function plantAll(tx: Tx, actor: Actor, place: ProbePlace): Promise<Planted> {
  const { teamId = '', name = '' } = await plantTeam(tx, actor, place)
  const team = (await store.lockTeam(tx, teamId))?.team
  const person = readName(personName(place))
  if (!team || !person) throw new Error('the probe planted nothing')
  const [memberId = ''] = await store.insertMembers(tx, [
    {
      ...ofTeam(team),
      full_name: person.fullName,
      name_folded: person.nameFolded,
      sort_key: person.sortKey,
      role: 'member',
      phone: null,
      joined_on: began,
      left_on: null,
      left_reason: null,
      note: null,
      end_recorded_on: null,
    },
  ])
  const link = {
    url: `https://zalo.me/g/${teamId}`,
    opened_on: began,
    closed_on: null,
    end_recorded_on: null,
  }
  const [channelId = ''] = await store.insertChannels(tx, [{ ...ofTeam(team), ...link }])
  const deed = {
    held_on: began,
    title: 'Buổi thử',
    topic: 'other',
    people_helped: null,
    description: null,
  } as const
  const [activityId = ''] = await store.insertActivities(tx, [{ ...ofTeam(team), ...deed }])
  return { teamId, name, memberId, channelId, activityId }
}

async function plantEnded(tx: Tx, actor: Actor, place: ProbePlace): Promise<Planted> {
  const planted = await plantAll(tx, actor, place)
  await sql`update teams.member set left_on = calendar.today(), end_recorded_on = calendar.today()
            where id = ${planted.memberId}::bigint`.execute(tx)
  return planted
}

async function plantDissolved(tx: Tx, actor: Actor, place: ProbePlace): Promise<Planted> {
  const planted = await plantTeam(tx, actor, place)
  await sql`update teams.team set dissolved_on = calendar.today(), end_recorded_on = calendar.today()
            where id = ${planted.teamId}::bigint`.execute(tx)
  return planted
}

async function plantPhoto(tx: Tx, actor: Actor, place: ProbePlace): Promise<Planted> {
  const planted = await plantAll(tx, actor, place)
  const { fileId } = await addActivityPhoto(tx, actor, planted.activityId ?? '', picture)
  return { ...planted, fileId }
}

/** The smallest picture there is: one transparent point. */
const picture = {
  name: 'anh.png',
  bytes: new Uint8Array(
    Buffer.from(
      'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
      'base64',
    ),
  ),
}

function listFor(place: ProbePlace, unitName: string, kind: string) {
  const lines = [
    'Thôn, bản;Họ và tên;Ngày tham gia;Loại tổ',
    `${unitName};${personName(place)};01/06/2022;${kind}`,
  ]
  return { name: 'danh-sach.csv', bytes: new TextEncoder().encode(lines.join('\r\n')) }
}

async function plantCheck(tx: Tx, actor: Actor, place: ProbePlace): Promise<Planted> {
  const { rows } = await sql<{ name: string; is_area: boolean }>`
    select v.name, k.is_area from units.unit_version v join units.kind k on k.key = v.kind
    where v.unit_id = ${place.unitId}::bigint`.execute(tx)
  if (!rows[0]?.is_area)
    await sql`delete from teams.member where unit_id = ${place.unitId}::bigint`.execute(tx)
  for (const table of ['activity', 'channel', 'team']) {
    if (!rows[0]?.is_area)
      await sql`delete from teams.${sql.ref(table)} where unit_id = ${place.unitId}::bigint`.execute(tx)
  }
  const kind = rows[0]?.is_area ? 'Tổ công nghệ số cộng đồng' : 'Câu lạc bộ chuyển đổi số'
  const file = listFor(place, rows[0]?.name ?? '', kind)
  const { fileId, digest } = await checkImport(tx, actor, file, { unitId: place.unitId, joinedOn: null })
  return { fileId, digest }
}

const ofTeamPath: Probe = {
  plant: plantTeam,
  request: (_, planted) => ({ params: { teamId: planted.teamId ?? '' } }),
}
const inTeam = (body: object): Probe => ({
  plant: plantTeam,
  request: (_, planted) => ({ params: { teamId: planted.teamId ?? '' }, body }),
})
const onRow = (key: 'memberId' | 'channelId' | 'activityId', body?: object): Probe => ({
  plant: plantAll,
  request: (_, planted) => ({ params: { [key]: planted[key] ?? '' }, ...(body ? { body } : {}) }),
})
const exported: Probe = {
  plant: plantTeam,
  request: ({ unitId }) => ({ query: { unitId } }),
}
const deed = { heldOn: '2022-06-01', title: 'Buổi giúp bà con', topic: 'vneid' }

export const probes: Probes = {
  'GET /api/teams': {
    plant: plantTeam,
    request: ({ unique }) => ({ query: { search: unique } }),
    served: (answer, planted) =>
      answer.body?.teams?.some((team: { id: string }) => team.id === planted.teamId) ?? false,
  },
  'GET /api/teams/export.xlsx': exported,
  'GET /api/teams/export.csv': exported,
  'POST /api/teams': {
    plant: async (tx, actor, place) => {
      const subject = { subject: 'teams.team', subjectId: '0', unitId: place.unitId }
      await sql`delete from teams.team where unit_id = ${place.unitId}::bigint and kind = 'project06_group'`.execute(
        tx,
      )
      await audit(tx, actor, { action: 'teams.team_removed', ...subject })
      const { rows } = await sql<{ is_area: boolean }>`
        select k.is_area from units.unit_version v join units.kind k on k.key = v.kind
        where v.unit_id = ${place.unitId}::bigint`.execute(tx)
      return { kind: rows[0]?.is_area ? 'project06_group' : 'digital_club' }
    },
    request: ({ unitId }, planted) => ({ body: { unitId, kind: planted.kind, formedOn: began } }),
  },
  'GET /api/teams/:teamId': ofTeamPath,
  'PATCH /api/teams/:teamId': inTeam({
    revision: 1,
    name: 'Tên mới',
    formedOn: began,
    decisionNo: '',
    decisionOn: null,
    note: '',
  }),
  'POST /api/teams/:teamId/dissolve': inTeam({ on: '2022-07-01', members: 0, channels: 0 }),
  'POST /api/teams/:teamId/restore': { ...ofTeamPath, plant: plantDissolved },
  'DELETE /api/teams/:teamId': ofTeamPath,
  'POST /api/teams/:teamId/decision': {
    plant: plantTeam,
    request: (_, planted) => ({ params: { teamId: planted.teamId ?? '' }, upload: picture }),
  },
  'GET /api/teams/:teamId/activities': ofTeamPath,
  'POST /api/teams/:teamId/members': inTeam({ fullName: 'Lò Thị Thử', joinedOn: began }),
  'PATCH /api/teams/members/:memberId': onRow('memberId', {
    revision: 1,
    fullName: 'Lò Thị Sửa',
    role: 'deputy',
    phone: '',
    joinedOn: began,
    note: '',
  }),
  'POST /api/teams/members/:memberId/end': onRow('memberId', { on: '2022-07-01' }),
  'POST /api/teams/members/:memberId/reopen': {
    plant: plantEnded,
    request: (_, planted) => ({ params: { memberId: planted.memberId ?? '' } }),
  },
  'POST /api/teams/members/:memberId/role': onRow('memberId', { role: 'head', on: '2022-07-01' }),
  'DELETE /api/teams/members/:memberId': onRow('memberId'),
  'POST /api/teams/:teamId/channels': inTeam({ url: 'https://zalo.me/g/thu', openedOn: began }),
  'POST /api/teams/channels/:channelId/close': onRow('channelId', { on: '2022-07-01' }),
  'DELETE /api/teams/channels/:channelId': onRow('channelId'),
  'POST /api/teams/:teamId/activities': inTeam(deed),
  'PATCH /api/teams/activities/:activityId': onRow('activityId', { ...deed, revision: 1 }),
  'DELETE /api/teams/activities/:activityId': onRow('activityId'),
  'POST /api/teams/activities/:activityId/photos': {
    plant: plantAll,
    request: (_, planted) => ({ params: { activityId: planted.activityId ?? '' }, upload: picture }),
  },
  'DELETE /api/teams/activities/:activityId/photos/:fileId': {
    plant: plantPhoto,
    request: (_, planted) => ({
      params: { activityId: planted.activityId ?? '', fileId: planted.fileId ?? '' },
    }),
  },
  'GET /api/teams/import/template.xlsx': { request: ({ unitId }) => ({ query: { unitId } }) },
  'POST /api/teams/import/check': {
    request: (place) => ({
      upload: {
        ...listFor(place, 'Không rõ', 'Tổ công nghệ số cộng đồng'),
        fields: { unitId: place.unitId },
      },
    }),
  },
  'GET /api/teams/import/marked.xlsx': {
    plant: plantCheck,
    request: ({ unitId }, planted) => ({ query: { unitId, fileId: planted.fileId ?? '' } }),
  },
  'POST /api/teams/import/apply': {
    plant: plantCheck,
    request: ({ unitId }, planted) => ({ body: { unitId, fileId: planted.fileId, digest: planted.digest } }),
  },
}
