-- Takes a team in hand for a new member in one trip to the database: holds it until the end of the transaction, and says
-- what of it decides, the day, who of the team may be the same person or a second head (whenever they were in it), and the id
-- that the new member gets. Volatile: what is read once the team is held sees what other writers committed while we waited.
-- Gives nothing where the policies of teams.team would give nothing to hold; it says what they say (see teams.scope) with the
-- units above looked up once, as each policy looks them up anew. The insert itself stays under the policy of its table.
create function teams.take_for_member(asked_id bigint, folded text, new_phone text, new_role text)
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
       from teams.member m
       where m.team_id = held.id and (new_role = 'head' and m.role = 'head'
         or m.name_folded = folded and coalesce(m.phone = new_phone, true))),
      nextval('teams.member_id_seq');
  end if;
end $$;
drop function teams.take_for_member(bigint, text);

-- Adds a member with the audit entry in one trip and one transaction, where nothing stands in the way: the writer may change
-- the team, it has not been dissolved, the day lies within it, and nobody of it may clash. Gives nothing otherwise, and has
-- written nothing: whoever calls then goes the long way, which finds out what stands in the way and says so. Runs with the
-- rights of the writer, who is named first, so the policies of the tables hold for what it inserts.
create function teams.add_member_at_once(account text, asked_team bigint, new_name text, folded text, new_sort_key text,
    new_role text, new_phone text, joins_on date, new_note text, request text, from_address text)
  returns bigint language plpgsql set search_path = pg_catalog as $$
declare
  held record;
begin
  perform set_config('banlang.account', account, true);
  select * into held from teams.take_for_member(asked_team, folded, new_phone, new_role);
  if not found or held.dissolved_on is not null or joins_on not between held.formed_on and held.today
    or held.others is not null
  then
    return null;
  end if;
  insert into teams.member (id, team_id, unit_id, kind, level, team_formed_on, full_name, name_folded, sort_key, role, phone,
    joined_on, note)
  values (held.member_id, held.id, held.unit_id, held.kind, held.level, held.formed_on, new_name, folded, new_sort_key,
    new_role, new_phone, joins_on, new_note);
  perform audit.add_entry(held.unit_id, 'teams.member_added', 'teams.member', held.member_id::text, null,
    jsonb_build_object('team_id', held.id::text, 'unit_id', held.unit_id::text, 'kind', held.kind, 'level', held.level,
      'team_formed_on', held.formed_on, 'full_name', new_name, 'name_folded', folded, 'sort_key', new_sort_key,
      'phone', new_phone, 'role', new_role, 'joined_on', joins_on, 'left_on', null, 'left_reason', null, 'note', new_note,
      'end_recorded_on', null),
    request, from_address);
  return held.member_id;
end $$;
