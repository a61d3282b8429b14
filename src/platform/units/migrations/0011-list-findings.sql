-- What a list says of a new unit that matches no unit of the old list: kept with the import until a person has looked.
create table units.list_finding (
  unit_id bigint primary key references units.unit,
  event_id bigint not null references units.event,
  on_day date not null,
  -- Words in the unit's row that name no old unit.
  words text[] not null,
  -- Whether no old unit at all is known of which it was formed.
  is_alone boolean not null,
  settled_at timestamptz,
  settled_by bigint,
  -- none: no old unit stands behind it; linked: a person has said which old unit went there.
  verdict text check (verdict in ('none', 'linked')),
  revision int not null default 1,
  check ((settled_at is null) = (verdict is null))
);

-- Old units of the level of a list, by the day on which their version ended.
create index unit_version_ended_on on units.unit_version (valid_until) where valid_until is not null;
