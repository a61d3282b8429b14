create schema files;

-- The same bytes are kept once, however often they are attached; the bytes lie in the data folder under their hash.
create table files.stored (
  sha256 text primary key check (sha256 ~ '^[0-9a-f]{64}$'),
  size int not null check (size > 0),
  media_type text not null,
  stored_at timestamptz not null default now()
);

create table files.attachment (
  id uuid primary key default gen_random_uuid(),
  unit_id bigint not null references units.unit,
  sha256 text not null references files.stored,
  name text not null check (name <> '' and name is nfc normalized and name !~ '[/\\[:cntrl:]]'),
  -- Both name a capability over the owner unit: who may open it, who may take it away.
  view_capability text not null check (view_capability ~ '^[a-z0-9_]+\.[a-z0-9_]+$'),
  change_capability text not null check (change_capability ~ '^[a-z0-9_]+\.[a-z0-9_]+$'),
  attached_by bigint references access.account,
  attached_at timestamptz not null default now(),
  removed_at timestamptz
);
create index attachment_sha256 on files.attachment (sha256);
create index attachment_unit on files.attachment (unit_id);

-- Until the transaction ends the sweep leaves these bytes alone: it takes the same lock exclusively. Called before the
-- bytes are written, so that the sweep cannot come in between.
create function files.hold(sha256 text) returns void
  language sql set search_path = pg_catalog as $$
  select pg_advisory_xact_lock_shared(4711, ('x' || left(sha256, 8))::bit(32)::int)
$$;

create function files.keep(sha256 text, size int, media_type text) returns void
  language sql security definer set search_path = pg_catalog as $$
  insert into files.stored (sha256, size, media_type) values (keep.sha256, keep.size, keep.media_type)
  on conflict do nothing
$$;

-- What is known of the bytes of the attachments that the reader may see; row-level security decides which these are.
create function files.facts_of(wanted text[]) returns table (sha256 text, size int, media_type text)
  language sql stable security definer set search_path = pg_catalog as $$
  select s.sha256, s.size, s.media_type from files.stored s where s.sha256 = any(wanted)
$$;
