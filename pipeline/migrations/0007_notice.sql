-- Letters. One is written in the transaction of the step that it tells of, and sent afterwards until it is delivered or
-- given up. Only delivery starts a clock. Locks, always in this order: case_file (one row), notice (one row).
CREATE TABLE notice (
  id              uuid        PRIMARY KEY,       -- derived from its cause
  case_id         uuid        REFERENCES case_file, -- null: about an account
  position        integer,                       -- the transition it tells of
  kind            text        NOT NULL,          -- one of contracts/src/notice.ts
  account         text        NOT NULL,          -- to whom
  queued_at       timestamptz NOT NULL,
  details         jsonb       NOT NULL,          -- what only its cause knows
  letter          jsonb,                         -- what it says, kept from the first attempt on
  language        text        CHECK (language IN ('en', 'zh')),
  state           text        NOT NULL CHECK (state IN ('due', 'handed-over', 'delivered', 'failed', 'withdrawn')),
  next_attempt_at timestamptz,
  attempts        integer     NOT NULL DEFAULT 0 CHECK (attempts >= 0),
  channel         text,
  delivered_at    timestamptz,
  failure         text,
  CHECK ((case_id IS NULL) = (position IS NULL)),
  CHECK ((state = 'due') = (next_attempt_at IS NOT NULL)),
  CHECK ((state = 'delivered') = (delivered_at IS NOT NULL)),
  CHECK ((letter IS NULL) = (language IS NULL))
);
CREATE INDEX notice_due ON notice (next_attempt_at, id) WHERE state = 'due';
CREATE INDEX notice_of_case ON notice (case_id, position);
CREATE INDEX notice_of_account ON notice (account, queued_at DESC);

-- Every attempt, as it came out. Nothing is ever changed or removed.
CREATE TABLE notice_attempt (
  notice_id uuid        NOT NULL REFERENCES notice,
  attempt   integer     NOT NULL CHECK (attempt > 0),
  at        timestamptz NOT NULL,
  channel   text        NOT NULL,
  outcome   text        NOT NULL CHECK (outcome IN ('delivered', 'handed-over', 'not-now', 'never')),
  detail    text        NOT NULL,
  PRIMARY KEY (notice_id, attempt, outcome)
);

-- What a letter's reference opens: one case for one account, or all cases of an account. The PIN that goes with it is
-- derived under a key that is not in this database, so that there is none here to steal.
CREATE TABLE portal_access (
  reference  text        PRIMARY KEY,
  case_id    uuid        REFERENCES case_file,
  account    text        NOT NULL,
  created_at timestamptz NOT NULL,
  revoked_at timestamptz
);
CREATE INDEX portal_access_account ON portal_access (account);

CREATE TRIGGER notice_attempt_immutable BEFORE UPDATE OR DELETE ON notice_attempt FOR EACH ROW EXECUTE FUNCTION refuse_rewriting();
CREATE TRIGGER notice_attempt_kept BEFORE TRUNCATE ON notice_attempt FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewriting();
CREATE TRIGGER notice_kept BEFORE DELETE ON notice FOR EACH ROW EXECUTE FUNCTION refuse_rewriting();
