-- What several processes share: who has what, and what a log outside of Postgres needs to know each message once.

-- The highest sequence of a device that is durable in the log, over all its boots (a sequence never goes back). Intakes
-- that share the devices of a broker wait by it, so that a device's messages stand in the log in the device's order.
ALTER TABLE device ADD COLUMN last_sequence bigint NOT NULL DEFAULT 0;

-- true: the messages stand in Kafka, and next_offset is what intake and judge have seen of it.
ALTER TABLE log_partition ADD COLUMN external boolean NOT NULL DEFAULT false;

-- Messages that intake has answered as stored, where the log itself cannot say (Kafka). Written after Kafka has them.
CREATE TABLE log_identity (
  device  text           NOT NULL,
  boot_id text           NOT NULL,
  seen    int8multirange NOT NULL,
  PRIMARY KEY (device, boot_id)
);
-- Messages that a judge has passed; and the places where one stands in the log a second time (an intake died between
-- Kafka and Postgres, and the device sent again). The judge leaves those out, also when it reads them again.
CREATE TABLE judge_identity (
  device  text           NOT NULL,
  boot_id text           NOT NULL,
  seen    int8multirange NOT NULL,
  PRIMARY KEY (device, boot_id)
);
CREATE TABLE log_copy (
  partition  integer NOT NULL,
  log_offset bigint  NOT NULL,
  PRIMARY KEY (partition, log_offset)
);

-- Who works at what. Times are the database's own, so that no clock of a process matters.
CREATE TABLE lease (
  name       text        PRIMARY KEY, -- judge/3, intake/0
  holder     text        NOT NULL,
  expires_at timestamptz NOT NULL
);
CREATE TABLE lease_member (
  kind       text        NOT NULL, -- judge, intake
  holder     text        NOT NULL,
  expires_at timestamptz NOT NULL,
  PRIMARY KEY (kind, holder)
);
