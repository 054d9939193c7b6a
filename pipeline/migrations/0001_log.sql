-- The event log (embedded and one-box server profile), its dead letters, and what intake knows of devices and sites.
-- Locks: an append locks the log_partition rows it writes to, in order of partition, so that offsets are dense and
-- become visible in order (sequence values do not).

CREATE TABLE log_partition (
  partition   integer PRIMARY KEY,
  next_offset bigint  NOT NULL DEFAULT 1
);

CREATE TABLE log_message (
  partition      integer NOT NULL REFERENCES log_partition,
  log_offset     bigint  NOT NULL,
  device         text    NOT NULL,
  boot_id        text    NOT NULL,
  sequence       bigint  NOT NULL,
  type           text    NOT NULL,
  received_at_ms bigint  NOT NULL, -- the house's clock, epoch ms
  payload        text    NOT NULL, -- the envelope as it came, JSON
  PRIMARY KEY (partition, log_offset)
);
-- One message of one device is stored once, however often it is sent.
CREATE UNIQUE INDEX log_message_identity ON log_message (device, boot_id, sequence);

CREATE TABLE dead_letter (
  id          uuid        PRIMARY KEY,
  received_at timestamptz NOT NULL,
  topic       text        NOT NULL,
  client      text        NOT NULL,
  reason      text        NOT NULL,
  detail      text        NOT NULL,
  bytes       integer     NOT NULL, -- length of the whole payload
  sha256      text        NOT NULL, -- of the whole payload
  payload     bytea       NOT NULL  -- its first 4 KiB
);
CREATE INDEX dead_letter_received ON dead_letter (received_at DESC, id);

CREATE TABLE device (
  id           text        PRIMARY KEY,
  kind         text        NOT NULL,
  state        text        NOT NULL,
  software     text        NOT NULL,
  boot_id      text        NOT NULL,
  site_id      text,
  clock_state  text,
  last_seen_at timestamptz NOT NULL
);

-- Every version of a site's geometry that a device was ever set up for; content-addressed, never changed.
CREATE TABLE site_version (
  site_id    text        NOT NULL,
  version    text        NOT NULL, -- SHA-256 of the canonical JSON of body
  body       jsonb       NOT NULL,
  first_seen timestamptz NOT NULL,
  PRIMARY KEY (site_id, version)
);

-- Running totals, written in the transaction of the rows they count: intake.stored, intake.duplicate, judge.judged, …
CREATE TABLE counter (
  name  text   PRIMARY KEY,
  value bigint NOT NULL
);
