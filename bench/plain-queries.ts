// Every query takes the district as $1 and the day as $2.
const inForce = (from: string, until: string) =>
  `${from} <= $2::date and (${until} is null or ${until} > $2::date)`
const villages = `u.district_id = $1 and u.kind in ('village', 'residential_group')`
const hasTeam = (
  level: string,
) => `exists (select from team t where t.unit_id = u.id and t.kind = 'community_team'
  and t.level = '${level}' and ${inForce('t.formed_on', 't.dissolved_on')})`
const hasZalo = (
  level: string,
) => `exists (select from channel c where c.unit_id = u.id and c.kind = 'community_team'
  and c.level = '${level}' and ${inForce('c.opened_on', 'c.closed_on')})`

/** Members of village teams of a district on a day, counted row by row. */
export const countMembers = `
  select count(*) from member m join unit u on u.id = m.unit_id and u.district_id = $1
  where m.kind = 'community_team' and m.level = 'village' and ${inForce('m.joined_on', 'm.left_on')}`

/** Villages with a team out of all villages of a district on a day. */
export const countVillages = `
  select count(*) as units, count(*) filter (where ${hasTeam('village')}) as covered from unit u where ${villages}`

/** All that the overview of a district and its communes counts, each figure once for all communes. */
export const aggregatesOfOverview = {
  targets: `
    select t.*, u.name as unit_name from target t join unit u on u.id = t.unit_id
    where u.district_id = $1 and extract(year from t.ends_on) = extract(year from $2::date)`,
  villages: `
    select u.commune_id, count(*) as units, count(*) filter (where ${hasTeam('village')}) as with_team,
           count(*) filter (where ${hasZalo('village')}) as with_zalo
    from unit u where ${villages} group by 1`,
  communes: `
    select count(*) as units, count(*) filter (where ${hasTeam('commune')}) as with_team,
           count(*) filter (where ${hasZalo('commune')}) as with_zalo
    from unit u where u.district_id = $1 and u.kind in ('commune', 'township', 'ward')`,
  members: `
    select u.commune_id, m.kind, m.level, count(*) from member m join unit u on u.id = m.unit_id and u.district_id = $1
    where ${inForce('m.joined_on', 'm.left_on')} group by 1, 2, 3`,
  teams: `
    select u.commune_id, t.kind, t.level, count(*) from team t join unit u on u.id = t.unit_id and u.district_id = $1
    where ${inForce('t.formed_on', 't.dissolved_on')} group by 1, 2, 3`,
  activities: `
    select u.commune_id, count(*), sum(a.people_helped) as people_helped
    from activity a join unit u on u.id = a.unit_id and u.district_id = $1
    where a.held_on between date_trunc('year', $2::date) and $2::date group by 1`,
} as const
