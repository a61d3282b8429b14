-- The queue itself is graphile-worker's and is installed before this file (install.ts).
create schema jobs;

-- Signs of life of the pools that run jobs, one row a server process. Whoever stays silent is taken for dead.
create table jobs.worker (
  pool text primary key,
  started_at timestamptz not null default now(),
  seen_at timestamptz not null default now()
);

-- What the running version of the program says of its jobs; written when a server starts.
create table jobs.declared (
  name text primary key,
  title_vi text not null,
  title_en text not null,
  attempts int not null check (attempts between 1 and 100),
  schedule text
);

-- The queue forgets a job that is done; one row a job, so that a job that ran twice was done once.
create table jobs.finished (
  job_id bigint primary key,
  name text not null,
  attempts int not null,
  duration_ms int not null,
  finished_at timestamptz not null default clock_timestamp()
);
create index finished_at on jobs.finished (finished_at);

-- The role that serves people owns nothing and cannot reach the queue; this is its one door, inside its transaction.
create function jobs.enqueue(name text, payload json, key text, run_at timestamptz, attempts int) returns bigint
  language plpgsql security definer set search_path = pg_catalog as $$
begin
  if enqueue.name !~ '^[a-z0-9_]+\.[a-z0-9_]+$' then
    raise exception 'not the name of a job: %', enqueue.name using errcode = 'check_violation';
  end if;
  return (graphile_worker.add_job(
    identifier := enqueue.name,
    payload := enqueue.payload,
    run_at := enqueue.run_at,
    max_attempts := coalesce(
      enqueue.attempts, (select d.attempts from jobs.declared d where d.name = enqueue.name), 8),
    -- A key is the affair of its job: two jobs may use the same one.
    job_key := enqueue.name || ':' || enqueue.key)).id;
end $$;

-- What stands in the queue, with its state; payloads are not shown, they may name people.
create function jobs.queued() returns table (
    job_id bigint, name text, title_vi text, title_en text, state text, attempts int, max_attempts int,
    last_error text, queued_at timestamptz, run_at timestamptz, locked_at timestamptz, is_declared boolean)
  language sql stable security definer set search_path = pg_catalog as $$
  select j.id, j.task_identifier, d.title_vi, d.title_en,
         case when j.locked_at is not null then 'running'
              when j.attempts >= j.max_attempts then 'failed'
              else 'waiting' end,
         j.attempts, j.max_attempts, j.last_error, j.created_at, j.run_at, j.locked_at, d.name is not null
  from graphile_worker.jobs j
  left join jobs.declared d on d.name = j.task_identifier
  where (select access.holds('jobs.view'))
$$;

create function jobs.finished_since(since timestamptz) returns table (
    job_id bigint, name text, title_vi text, title_en text, attempts int, duration_ms int, finished_at timestamptz)
  language sql stable security definer set search_path = pg_catalog as $$
  select f.job_id, f.name, d.title_vi, d.title_en, f.attempts, f.duration_ms, f.finished_at
  from jobs.finished f
  left join jobs.declared d on d.name = f.name
  where f.finished_at >= since and (select access.holds('jobs.view'))
$$;

-- All tries again, from now on. Null if the job is not there, runs just now, or is not the person's to touch.
create function jobs.retry(wanted bigint) returns table (name text, attempts int, last_error text)
  language plpgsql security definer set search_path = pg_catalog as $$
begin
  return query
    with before as (
      select j.id, j.task_identifier, j.attempts, j.last_error from graphile_worker.jobs j
      where j.id = wanted and access.holds('jobs.manage')),
    done as (
      select r.id from before b, graphile_worker.reschedule_jobs(array[b.id], run_at := now(), attempts := 0) r)
    select b.task_identifier, b.attempts::int, b.last_error from before b join done on done.id = b.id;
  if found then
    -- The words by which a worker hears of a new job; without them it would look again only after a while.
    perform pg_notify('jobs:insert', '{"r":' || random()::text || ',"count":1}');
  end if;
end $$;

-- Takes a job that does not run just now out of the queue for good.
create function jobs.give_up(wanted bigint) returns table (name text, attempts int, last_error text)
  language sql security definer set search_path = pg_catalog as $$
  with before as (
    select j.id, j.task_identifier, j.attempts, j.last_error from graphile_worker.jobs j
    where j.id = wanted and access.holds('jobs.manage')),
  done as (select c.id from before b, graphile_worker.complete_jobs(array[b.id]) c)
  select b.task_identifier, b.attempts::int, b.last_error from before b join done on done.id = b.id
$$;
