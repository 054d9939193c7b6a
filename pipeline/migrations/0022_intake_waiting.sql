-- Messages that intakes hold behind a gap, so that all of them let the earlier one in first, and one that comes again by
-- another intake does not begin to wait anew (docs/decisions/0013). Times are the database's own. Rows live for minutes.
CREATE TABLE intake_waiting (
  device   text        NOT NULL,
  sequence bigint      NOT NULL,
  since    timestamptz NOT NULL, -- first held, by whomever
  told_at  timestamptz NOT NULL, -- last told by who holds it
  PRIMARY KEY (device, sequence)
);
