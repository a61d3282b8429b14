-- Writes the entry of a deed that is done by one statement of the database: what src/platform/audit/index.ts writes for all
-- others. Runs with the rights of whoever calls it.
create function audit.add_entry(its_unit bigint, its_action text, its_subject text, its_subject_id text,
    state_before jsonb, state_after jsonb, request text, from_address text)
  returns void language plpgsql set search_path = pg_catalog as $$
begin
  insert into audit.entry (actor_id, unit_id, action, subject, subject_id, before, after, request_id, address)
  values (access.current_account(), its_unit, its_action, its_subject, its_subject_id, state_before, state_after, request,
    from_address);
end $$;
