-- What is left of verdicts that found nothing, once they are forgotten (promise 9): how many there were.
CREATE TABLE verdict_hour (
  site     text        NOT NULL,
  hour     timestamptz NOT NULL,
  outcome  text        NOT NULL, -- clear | undecided
  verdicts bigint      NOT NULL CHECK (verdicts > 0),
  PRIMARY KEY (site, hour, outcome)
);
CREATE INDEX verdict_hour_time ON verdict_hour (hour);
CREATE INDEX verdict_forgettable ON verdict (recorded_at) WHERE outcome <> 'infraction';
