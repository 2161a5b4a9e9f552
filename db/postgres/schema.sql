-- Milstolpe on PostgreSQL: run once in the database that shall hold the team's events, by somebody who may create roles:
--
--     milstolpe server sql | psql --set ON_ERROR_STOP=1 DATABASE
--
-- It can be run again: what is there already stays as it is.
--
-- Then a login for everybody, in one of three roles:
--
--     create role anna login password '…' in role milstolpe_user;    -- reads and records
--     create role vera login password '…' in role milstolpe_owner;   -- may erase what is said of a person, too
--     create role rolf login password '…' in role milstolpe_reader;  -- reads
--
-- Whoever leaves loses the login: drop role anna;
begin;

do $$ begin
  if to_regclass('milstolpe.schema') is not null then
    if (select max(version) from milstolpe.schema) > 1 then
      raise exception 'this database is of a newer version of Milstolpe; get the latest version of the program';
    end if;
  end if;
  -- Roles belong to the whole server; they are there already when another of its databases has been set up.
  if not exists (select from pg_roles where rolname = 'milstolpe_reader') then create role milstolpe_reader; end if;
  if not exists (select from pg_roles where rolname = 'milstolpe_user') then create role milstolpe_user in role milstolpe_reader; end if;
  if not exists (select from pg_roles where rolname = 'milstolpe_owner') then create role milstolpe_owner in role milstolpe_user; end if;
end $$;

create schema if not exists milstolpe;

-- The version of all that stands here. A program that knows only older ones reads and does not write.
create table if not exists milstolpe.schema (version int primary key);
insert into milstolpe.schema values (1) on conflict do nothing;

-- One row for each team. Epoch tells one beginning from another; pos is the last position that was given out, and the lock on its row,
-- which is held until the commit, is what makes positions appear in their order.
create table if not exists milstolpe.dataset (
  dataset text primary key check (length(dataset) between 1 and 100),
  epoch   uuid not null default gen_random_uuid(),
  pos     bigint not null default 0
);

-- An event: its key, and its record as FORMAT.md has it, byte for byte. by is the login that sent it, whatever the record says.
create table if not exists milstolpe.event (
  dataset text not null references milstolpe.dataset,
  pos     bigint not null,
  key     bytea not null,
  record  bytea not null,
  by      text not null default session_user,
  primary key (dataset, key)
);
create unique index if not exists event_pos on milstolpe.event (dataset, pos);

-- push is the only way in. An event that is there stays as it is, but for a tombstone (bit 0 of byte 5), which takes the place of content,
-- or of a tombstone that sorts after it, and gets a new position, so that everybody hears of it. Tombstones are written out and never
-- shortened (bit 1): only then do all sort them in the same way. What is wrong is refused as a whole.
create or replace function milstolpe.push(d text, keys bytea[], records bytea[]) returns bigint
language plpgsql security definer set search_path = milstolpe, pg_temp as $$
declare
  n constant int := coalesce(cardinality(keys), 0);
  base bigint;
begin
  if n = 0 or n > 500 or n <> coalesce(cardinality(records), 0) then
    raise exception 'between 1 and 500 keys, and a record for each' using errcode = 'invalid_parameter_value';
  end if;
  if exists (select from unnest(keys, records) u(k, r) where k is null or r is null or octet_length(k) <> 20 or octet_length(r) < 38
             or substr(r, 1, 5) <> '\xa74d536501' or substr(r, 19, 20) <> k or get_byte(r, 5) not in (0, 1, 2)) then
    raise exception 'not a record of this version' using errcode = 'invalid_parameter_value';
  end if;
  if not pg_has_role(session_user, 'milstolpe_owner', 'member')
     and exists (select from unnest(records) r where get_byte(r, 5) & 1 = 1) then
    raise exception 'only milstolpe_owner may erase' using errcode = 'insufficient_privilege';
  end if;
  update dataset set pos = pos + n where dataset = d returning pos - n into base;
  if not found then
    return null;
  end if;
  insert into event (dataset, pos, key, record)
    select d, base + u.n, u.k, u.r from unnest(keys, records) with ordinality u(k, r, n)
    on conflict (dataset, key) do update set record = excluded.record, pos = excluded.pos, by = excluded.by
    where get_byte(excluded.record, 5) & 1 = 1
      and (get_byte(event.record, 5) & 1 = 0 or substr(excluded.record, 39) < substr(event.record, 39));
  perform pg_notify('milstolpe', d);
  return base + n;
end $$;

-- found makes room for a team that moves here; for one that is here it does nothing.
create or replace function milstolpe.found(d text) returns void
language sql security definer set search_path = milstolpe, pg_temp as $$
  insert into dataset (dataset) values (d) on conflict do nothing;
$$;

-- Nobody who uses the program can change or delete a row, or write one by hand.
revoke all on function milstolpe.push, milstolpe.found from public;
grant usage on schema milstolpe to milstolpe_reader;
grant select on milstolpe.schema, milstolpe.dataset, milstolpe.event to milstolpe_reader;
grant execute on function milstolpe.push, milstolpe.found to milstolpe_user;

commit;
