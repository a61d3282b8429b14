-- Who is refused as a namesake is found without reading everybody whom the team ever had.
create index member_namesake on teams.member (team_id, name_folded);

-- Takes a team in hand for a new member in one trip to the database: holds it until the end of the transaction, and says
-- what of it decides, the day, who led it or goes by that (folded) name, and the id that the new member gets. Volatile: what
-- is read once the team is held sees what other writers committed while we waited.
-- Gives nothing where the policies of teams.team would give nothing to hold; it says what they say (see teams.scope) with the
-- units above looked up once, as each policy looks them up anew. The insert itself stays under the policy of its table.
create function teams.take_for_member(asked_id bigint, folded text)
  returns table (id bigint, unit_id bigint, kind text, level text, formed_on date, dissolved_on date, today date,
    path text[], others json, member_id bigint)
  language plpgsql security definer set search_path = pg_catalog as $$
#variable_conflict use_column
declare
  held teams.team;
  above bigint[];
begin
  select t.* into held from teams.team t where t.id = asked_id for update of t;
  if not found then return; end if;
  above := array(select s.ancestor_id from units.standing s where s.unit_id = held.unit_id);
  if (access.everywhere('teams.view') or above && access.roots('teams.view'))
      and (access.everywhere('teams.change') or above && access.roots('teams.change')) then
    return query select held.id, held.unit_id, held.kind, held.level, held.formed_on, held.dissolved_on, calendar.today(),
      above::text[],
      (select json_agg(json_build_object('full_name', m.full_name, 'name_folded', m.name_folded, 'phone', m.phone,
                'role', m.role, 'joined_on', m.joined_on, 'left_on', m.left_on) order by m.id)
       from teams.member m where m.team_id = held.id and (m.role = 'head' or m.name_folded = folded)),
      nextval('teams.member_id_seq');
  end if;
end $$;
