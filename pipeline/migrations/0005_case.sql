-- Cases: one an infraction, from the camera to posted or released points (pipeline/src/domain/case/table.ts draws the way).
-- Locks, always in this order: case_file (one row), hold_due, balance (by account). A transition, the head of its case and
-- the move of points it brings are one transaction.

-- Every wording of a law process that cases were opened under; a case stays under its own.
CREATE TABLE law_process (
  id         text        NOT NULL,
  version    text        NOT NULL,
  body       jsonb       NOT NULL,
  first_seen timestamptz NOT NULL,
  PRIMARY KEY (id, version)
);

-- The head of a case: the fold of its transitions (body), and what is searched by. `wayside verify` can fold again.
CREATE TABLE case_file (
  id              uuid        PRIMARY KEY, -- derived from the infraction
  infraction_id   uuid        NOT NULL UNIQUE,
  occurred_at     timestamptz NOT NULL,
  opened_at       timestamptz NOT NULL,
  process         text        NOT NULL,
  process_version text        NOT NULL,
  site            text        NOT NULL,
  device          text        NOT NULL,
  rule            text        NOT NULL,
  account         text,                 -- whose points they are: the keeper's until a driver is named
  state           text        NOT NULL,
  version         integer     NOT NULL CHECK (version > 0), -- position of the last transition
  due_at          timestamptz,          -- when the scheduler looks again; null: only a person can go on
  assigned_to     text,
  assigned_until  timestamptz,
  finding         text        CHECK (finding IN ('right', 'wrong')), -- about the device
  found_at        timestamptz,
  body            jsonb       NOT NULL,
  FOREIGN KEY (process, process_version) REFERENCES law_process (id, version),
  CHECK ((assigned_to IS NULL) = (assigned_until IS NULL)),
  CHECK ((finding IS NULL) = (found_at IS NULL)),
  CHECK (due_at IS NULL OR state NOT IN ('posted', 'released'))
);
CREATE INDEX case_due ON case_file (due_at, id) WHERE due_at IS NOT NULL;
CREATE INDEX case_waiting ON case_file (state, due_at, id) WHERE state NOT IN ('posted', 'released');
CREATE INDEX case_found ON case_file (device, found_at DESC) WHERE finding IS NOT NULL;
CREATE INDEX case_same_event ON case_file (account, site, rule, occurred_at);

-- Every step, as it was taken. Nothing is ever changed or removed.
CREATE TABLE case_transition (
  case_id         uuid        NOT NULL REFERENCES case_file,
  position        integer     NOT NULL CHECK (position > 0),
  event           text        NOT NULL,
  from_state      text,                 -- null: the case was opened
  to_state        text        NOT NULL,
  actor_kind      text        NOT NULL CHECK (actor_kind IN ('officer', 'keeper', 'driver', 'system')),
  actor_id        text        NOT NULL,
  at              timestamptz NOT NULL,
  reason          text        NOT NULL, -- one of contracts/src/case.ts
  note            text,
  profile         text        NOT NULL, -- under which rules
  profile_version text        NOT NULL,
  process_version text        NOT NULL,
  details         jsonb       NOT NULL,
  PRIMARY KEY (case_id, position),
  CHECK ((from_state IS NULL) = (position = 1))
);
CREATE INDEX case_transition_actor ON case_transition (actor_id, at DESC) WHERE actor_kind = 'officer';
-- A case ends once: its points are posted or released, never both.
CREATE UNIQUE INDEX case_end ON case_transition (case_id) WHERE to_state IN ('posted', 'released');

-- A device that is wrong too often is suspended by the house and trusted again by a person; the newest row says which.
CREATE TABLE device_trust (
  device   text        NOT NULL,
  position integer     NOT NULL CHECK (position > 0),
  trusted  boolean     NOT NULL,
  at       timestamptz NOT NULL,
  actor_id text        NOT NULL,
  note     text        NOT NULL,
  decided  integer     NOT NULL, -- what the rate was made of
  wrong    integer     NOT NULL,
  PRIMARY KEY (device, position)
);

-- How far infractions have been looked through for cases to open. One row.
CREATE TABLE case_sweep (
  only_row boolean     PRIMARY KEY DEFAULT true CHECK (only_row),
  swept_to timestamptz NOT NULL
);
INSERT INTO case_sweep (swept_to) VALUES ('-infinity');
CREATE INDEX infraction_recorded ON infraction (recorded_at, id);

CREATE FUNCTION refuse_rewriting() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'rows of % are immutable: what happened stays written', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER case_transition_immutable BEFORE UPDATE OR DELETE ON case_transition FOR EACH ROW EXECUTE FUNCTION refuse_rewriting();
CREATE TRIGGER case_transition_kept BEFORE TRUNCATE ON case_transition FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewriting();
CREATE TRIGGER case_file_kept BEFORE DELETE ON case_file FOR EACH ROW EXECUTE FUNCTION refuse_rewriting();
CREATE TRIGGER device_trust_immutable BEFORE UPDATE OR DELETE ON device_trust FOR EACH ROW EXECUTE FUNCTION refuse_rewriting();
CREATE TRIGGER device_trust_kept BEFORE TRUNCATE ON device_trust FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewriting();
CREATE TRIGGER law_process_immutable BEFORE UPDATE OR DELETE ON law_process FOR EACH ROW EXECUTE FUNCTION refuse_rewriting();
