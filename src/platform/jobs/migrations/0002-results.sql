-- What a job came to, in one sentence, where it has something to say.
alter table jobs.finished add column result_vi text, add column result_en text;

drop function jobs.finished_since(timestamptz);
create function jobs.finished_since(since timestamptz) returns table (
    job_id bigint, name text, title_vi text, title_en text, attempts int, duration_ms int, finished_at timestamptz,
    result_vi text, result_en text)
  language sql stable security definer set search_path = pg_catalog as $$
  select f.job_id, f.name, d.title_vi, d.title_en, f.attempts, f.duration_ms, f.finished_at, f.result_vi, f.result_en
  from jobs.finished f
  left join jobs.declared d on d.name = f.name
  where f.finished_at >= since and (select access.holds('jobs.view'))
$$;
