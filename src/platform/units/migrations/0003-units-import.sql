-- A whole country from published lists: what they say of each unit, and what a person has said since.

insert into units.kind (key, name_vi, name_en, is_area, rank) values
  ('provincial_city', 'Thành phố thuộc tỉnh', 'City of a province', true, 20),
  ('urban_district', 'Quận', 'Urban district', true, 20);

-- What a list says a unit was formed from, in its own words.
create table units.formation (
  unit_id bigint primary key references units.unit,
  event_id bigint not null references units.event,
  words text not null
);

-- How we know where a unit that ended went. Where it went stands in units.succession.
create table units.link (
  from_unit_id bigint primary key references units.unit,
  event_id bigint not null references units.event,
  on_day date not null,
  -- certain: given by the text; assumed: worked out and not contradicted; open: a person has to say.
  certainty text not null check (certainty in ('certain', 'assumed', 'open')),
  reason text not null,
  -- The words that speak of it: [{"unitId": the new unit whose text it is, "words": …}].
  said jsonb not null,
  -- New units to choose from, the likeliest first.
  candidates bigint[] not null,
  settled_at timestamptz,
  settled_by bigint,
  -- What stood before a person settled it, so that this can be taken back: [{"unitId": …, "isWhole": …, "certainty": …}].
  replaced jsonb,
  revision int not null default 1,
  check ((settled_at is null) = (replaced is null))
);
create index link_waiting on units.link (from_unit_id) where settled_at is null and certainty <> 'certain';

-- Adds the versions of many units and where units went, each in one statement, and works out ancestry and places once for
-- all (units.note_changes, units.place_noted: 0004). The policies of the tables ask for units above, which come in the
-- same statement; so the right is asked for once, over the whole tree.
create function units.load_country(versions jsonb, successions jsonb, event bigint, day date) returns void
  language plpgsql security definer set search_path = pg_catalog as $$
begin
  if exists (select 1 from units.unit_version v where v.parent_id is null
             and not access.permits('units.change', v.unit_id)) then
    raise exception 'units: loading a list needs the right to change every unit'
      using errcode = 'insufficient_privilege';
  end if;
  perform units.note_changes();
  insert into units.unit_version
    (unit_id, kind, code, name, parent_id, valid_from, valid_until, legal_basis, name_is_ours, search)
  select "unitId", kind, code, name, "parentId", "validFrom", "validUntil", "legalBasis", "nameIsOurs", search
  from jsonb_to_recordset(versions) as r("unitId" bigint, kind text, code text, name text, "parentId" bigint,
    "validFrom" date, "validUntil" date, "legalBasis" text, "nameIsOurs" boolean, search text);
  insert into units.succession (event_id, from_unit_id, to_unit_id, on_day, is_whole, certainty)
  select event, "fromId", "toId", day, "isWhole", certainty
  from jsonb_to_recordset(successions) as r("fromId" bigint, "toId" bigint, "isWhole" boolean, certainty text);
  perform units.place_noted();
end $$;
