-- Whether any of these rows points at a unit or at a part of it, said to whoever may settle its records: those that were
-- settled meanwhile are told from those that were never its own.
create function units.was_ever_of(target_table text, unit_column text, of_unit bigint, row_ids bigint[]) returns boolean
  language plpgsql stable security definer set search_path = pg_catalog as $$
declare
  found boolean;
begin
  if not access.permits('units.change', of_unit) then
    raise exception 'units: the unit is not given to the actor' using errcode = 'insufficient_privilege';
  end if;
  execute format('
    select exists (select from %s t where t.id = any($2) and (t.%I = $1 or exists (
      select from units.unit_version part where part.unit_id = t.%I and part.kind = ''part'' and part.parent_id = $1)))',
    target_table::regclass, unit_column, unit_column) into found using of_unit, row_ids;
  return found;
end $$;
