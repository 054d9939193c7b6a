-- What the judge records. Hypertables by the time the thing happened: an event's time is part of its identity and is
-- never re-stamped (a unique index of a hypertable must hold the time column).

-- Where the judge of a partition is. committed: all effects of messages up to here are recorded. resume: the offset of
-- the first message of the oldest encounter that was still open then; recovery reads again from there. epoch: the fence;
-- a judge that finds another epoch than its own has been replaced and stops.
CREATE TABLE judge_cursor (
  partition        integer PRIMARY KEY,
  epoch            bigint  NOT NULL,
  committed_offset bigint  NOT NULL,
  resume_offset    bigint  NOT NULL
);

CREATE TABLE verdict (
  id              uuid        NOT NULL,
  occurred_at     timestamptz NOT NULL,
  recorded_at     timestamptz NOT NULL,
  kind            text        NOT NULL, -- encounter | report
  site            text        NOT NULL, -- site id, or <operator>/<train>
  device          text        NOT NULL,
  outcome         text        NOT NULL, -- infraction | clear | undecided
  reason          text        NOT NULL, -- of the finding that decided the outcome
  profile         text        NOT NULL,
  profile_version text        NOT NULL,
  vehicle_track   text,
  partition       integer     NOT NULL,
  log_offset      bigint      NOT NULL, -- the message that completed it
  body            jsonb       NOT NULL,
  PRIMARY KEY (id, occurred_at)
);
SELECT create_hypertable('verdict', by_range('occurred_at', INTERVAL '1 day'));
CREATE INDEX verdict_site ON verdict (site, occurred_at DESC);

-- The paths of an encounter, for replay. Short-lived where nothing was found (promise 9).
CREATE TABLE track_segment (
  verdict_id  uuid        NOT NULL,
  occurred_at timestamptz NOT NULL,
  outcome     text        NOT NULL,
  segments    bytea       NOT NULL,  -- deflated JSON (app/record/packed-tracks.ts)
  PRIMARY KEY (verdict_id, occurred_at)
);
ALTER TABLE track_segment ALTER COLUMN segments SET STORAGE EXTERNAL;
SELECT create_hypertable('track_segment', by_range('occurred_at', INTERVAL '6 hours'));

CREATE TABLE infraction (
  id               uuid        NOT NULL,
  occurred_at      timestamptz NOT NULL,
  recorded_at      timestamptz NOT NULL,
  verdict_id       uuid        NOT NULL,
  kind             text        NOT NULL,
  site             text        NOT NULL,
  rule             text        NOT NULL,
  profile          text        NOT NULL,
  profile_version  text        NOT NULL,
  vehicle_track    text,
  pedestrian_tracks text[]     NOT NULL,
  account          text,                 -- null: nobody could be identified; nothing is held
  points           integer     NOT NULL,
  origin           text        NOT NULL, -- camera | recording | simulation | handheld
  explanation      text        NOT NULL,
  measures         jsonb       NOT NULL,
  PRIMARY KEY (id, occurred_at)
);
SELECT create_hypertable('infraction', by_range('occurred_at', INTERVAL '7 days'));
CREATE INDEX infraction_recent ON infraction (occurred_at DESC, id);
CREATE INDEX infraction_site ON infraction (site, occurred_at DESC);

-- Evidence as it was sealed; a chain a partition. body is the exact canonical text that was hashed.
CREATE TABLE evidence (
  infraction_id   uuid    PRIMARY KEY,
  chain           text    NOT NULL,
  position        bigint  NOT NULL,
  body            text    NOT NULL,
  body_sha256     text    NOT NULL,
  previous_sha256 text,
  link_sha256     text    NOT NULL,
  key_id          text    NOT NULL,
  signature       text    NOT NULL,
  UNIQUE (chain, position)
);
