-- A target whose unit was split is given to one of its successors: what hangs on it goes along, and its history says so.

alter table programme.path_point drop constraint path_point_target_id_unit_id_fkey,
  add constraint path_point_target_id_unit_id_fkey foreign key (target_id, unit_id)
    references programme.target (id, unit_id) on update cascade;
alter table programme.target_revision drop constraint target_revision_target_id_unit_id_fkey,
  add constraint target_revision_target_id_unit_id_fkey foreign key (target_id, unit_id)
    references programme.target (id, unit_id) on update cascade;

alter table programme.target_revision drop constraint target_revision_deed_check,
  add constraint target_revision_deed_check check (deed in ('set', 'changed', 'removed', 'moved'));

create function programme.note_move() returns trigger
  language plpgsql security definer set search_path = pg_catalog as $$
declare
  names text[];
begin
  select array_agg((
    select v.name from units.unit_version v where v.unit_id = one.id order by v.valid_from desc limit 1) order by one.place)
    into names from unnest(array[old.unit_id, new.unit_id]) with ordinality as one(id, place);
  insert into programme.target_revision (target_id, unit_id, deed, revised_by, revised_by_name, before, after)
  values (new.id, new.unit_id, 'moved', access.current_account(),
    coalesce(access.display_name(access.current_account()), ''),
    jsonb_build_object('unit', names[1]), jsonb_build_object('unit', names[2]));
  return null;
end $$;
create trigger move_is_noted after update of unit_id on programme.target
  for each row when (old.unit_id is distinct from new.unit_id) execute function programme.note_move();
