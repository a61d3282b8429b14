import { type RawBuilder, sql } from 'kysely'
import { today } from '../../platform/calendar/index.ts'
import type { Tx } from '../../platform/db/database.ts'
import { fold } from '../../platform/text/index.ts'
import type { TeamRowAnswer, TeamsExportFilter, TeamsFilter } from './contract.ts'

/**
 * SQL: the version `v` of unit `unit` on a day, and `p` of the unit above it; `gone`: how it is shown where it is no more
 * or is a part of one.
 */
export const unitOn = (unit: RawBuilder<unknown>, day: string) => sql`
  left join units.unit_version v on v.unit_id = ${unit} and v.valid_from <= ${day}::date
    and (v.valid_until is null or v.valid_until > ${day}::date)
  left join units.unit_version p on p.unit_id = v.parent_id and p.valid_from <= ${day}::date
    and (p.valid_until is null or p.valid_until > ${day}::date)
  left join lateral (
    select g.* from units.shown(${unit}, ${day}::date) g where v.unit_id is null or v.kind = 'part') gone on true`

const unitName = sql`coalesce(gone.name, v.name, '')`
const within = sql`coalesce(gone.within_name, p.name, '')`

/** SQL: the unit of a team as lists show it, after `unitOn`. */
export const unitJson = sql`jsonb_build_object('id', t.unit_id::text, 'name', ${unitName},
  'kind', coalesce(gone.kind, v.kind, ''), 'within', ${within}, 'lastOn', gone.last_on)`

const memberNow = (day: string) =>
  sql`m.joined_on <= ${day}::date and (m.left_on is null or m.left_on > ${day}::date)`

type Filter = Pick<TeamsFilter, 'unitId' | 'kind' | 'level' | 'state' | 'zalo' | 'search'>

function where(filter: Filter, day: string): RawBuilder<unknown> {
  const conditions = [sql`true`]
  const current = sql`(t.formed_on <= ${day}::date and (t.dissolved_on is null or t.dissolved_on > ${day}::date))`
  if (filter.unitId) {
    // As figures count them: what was recorded in a unit that has ended stands where that unit's records count now.
    conditions.push(sql`t.unit_id in (
      select p.leaf_id from units.place p where p.unit_id = ${filter.unitId}::bigint and p.days @> ${day}::date)`)
  }
  if (filter.kind) conditions.push(sql`t.kind = ${filter.kind}`)
  if (filter.level) conditions.push(sql`t.level = ${filter.level}`)
  if (filter.state === 'current') conditions.push(current)
  if (filter.state === 'dissolved') conditions.push(sql`not ${current}`)
  if (filter.zalo) {
    const open = sql`exists (select from teams.channel c where c.team_id = t.id and c.opened_on <= ${day}::date
      and (c.closed_on is null or c.closed_on > ${day}::date))`
    conditions.push(filter.zalo === 'yes' ? open : sql`not ${open}`)
  }
  const typed = fold(filter.search)
  if (typed !== '') {
    const like = `%${typed.replaceAll(' ', '%')}%`
    conditions.push(sql`(t.name_folded like ${like} or v.search like ${like} or exists (
      select from teams.member m where m.team_id = t.id and (m.name_folded like ${like} or m.phone like ${like})))`)
  }
  return sql.join(conditions, sql` and `)
}

function order(filter: TeamsFilter, members: RawBuilder<unknown>): RawBuilder<unknown> {
  const way = filter.descending ? sql`desc` : sql`asc`
  switch (filter.sort) {
    case 'name':
      return sql`t.name_folded ${way}, t.id`
    case 'members':
      return sql`${members} ${way}, t.id`
    case 'formed':
      return sql`t.formed_on ${way}, t.id`
    default:
      return sql`v.code ${way}, t.kind, t.id`
  }
}

/** One page of the teams that fit a filter, as they stand today, and how many fit in all. */
export async function listTeams(
  tx: Tx,
  filter: TeamsFilter,
): Promise<{ today: string; total: number; teams: TeamRowAnswer[] }> {
  const day = await today(tx)
  const fitting = where(filter, day)
  const members = sql`(select count(*)::int from teams.member m where m.team_id = t.id and ${memberNow(day)})`
  const { rows: counted } = await sql<{ total: number }>`
    select count(*)::int as total from teams.team t ${unitOn(sql`t.unit_id`, day)} where ${fitting}`.execute(
    tx,
  )
  const { rows } = await sql<TeamRowAnswer>`
    select t.id::text, ${unitJson} as unit, t.kind, t.level, t.name, t.formed_on as "formedOn",
           t.dissolved_on as "dissolvedOn", ${members} as members, head.full_name as "headName",
           head.phone as "headPhone",
           exists (select from teams.channel c where c.team_id = t.id and c.opened_on <= ${day}::date
             and (c.closed_on is null or c.closed_on > ${day}::date)) as "hasZalo"
    from teams.team t
    ${unitOn(sql`t.unit_id`, day)}
    left join lateral (
      select m.full_name, m.phone from teams.member m
      where m.team_id = t.id and m.role = 'head' and ${memberNow(day)} limit 1) head on true
    where ${fitting}
    order by ${order(filter, members)}
    limit ${filter.limit} offset ${filter.offset}`.execute(tx)
  return { today: day, total: counted[0]?.total ?? 0, teams: rows }
}

export type ExportedTeam = {
  unitName: string
  within: string
  name: string
  kind: string
  level: string
  formedOn: string
  dissolvedOn: string | null
  decisionNo: string | null
  members: number
  headName: string | null
  headPhone: string | null
  zalo: string | null
}

/** The teams that fit a filter, for a file; one more than `most` says that there are too many. */
export async function teamsForExport(
  tx: Tx,
  filter: TeamsExportFilter,
  most: number,
): Promise<ExportedTeam[]> {
  const day = await today(tx)
  const { rows } = await sql<ExportedTeam>`
    select ${unitName} as "unitName", ${within} as within, t.name, t.kind, t.level,
           t.formed_on as "formedOn", t.dissolved_on as "dissolvedOn", t.decision_no as "decisionNo",
           (select count(*)::int from teams.member m where m.team_id = t.id and ${memberNow(day)}) as members,
           head.full_name as "headName", head.phone as "headPhone",
           (select c.url from teams.channel c where c.team_id = t.id and c.opened_on <= ${day}::date
              and (c.closed_on is null or c.closed_on > ${day}::date) order by c.opened_on desc limit 1) as zalo
    from teams.team t
    ${unitOn(sql`t.unit_id`, day)}
    left join lateral (
      select m.full_name, m.phone from teams.member m
      where m.team_id = t.id and m.role = 'head' and ${memberNow(day)} limit 1) head on true
    where ${where(filter, day)}
    order by v.code, t.kind, t.id limit ${most + 1}`.execute(tx)
  return rows
}

export type ExportedMember = {
  commune: string | null
  village: string
  fullName: string
  role: string
  phone: string | null
  joinedOn: string
  leftOn: string | null
  kind: string
  note: string | null
}

/** The present members of the teams that fit a filter, for a file, in the order of their teams and names. */
export async function membersForExport(
  tx: Tx,
  filter: TeamsExportFilter,
  most: number,
): Promise<ExportedMember[]> {
  const day = await today(tx)
  const { rows } = await sql<ExportedMember>`
    select ${unitName} as village, case when t.level = 'village' then ${within} end as commune, m.full_name as "fullName", m.role, m.phone,
           m.joined_on as "joinedOn", m.left_on as "leftOn", t.kind, m.note
    from teams.team t
    join teams.member m on m.team_id = t.id and ${memberNow(day)}
    ${unitOn(sql`t.unit_id`, day)}
    where ${where(filter, day)}
    order by v.code, t.kind, t.id, m.sort_key, m.id limit ${most + 1}`.execute(tx)
  return rows
}
