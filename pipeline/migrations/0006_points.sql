-- What follows a posted debit: points go up again, mistakes are taken back, and somebody may ask how an account stands.
-- Locks, after those of 0005: balance (by account), then points_clock (by account).

-- Holds that are due are taken in this order; without the second column many of one moment would be sorted for each group.
CREATE INDEX hold_due_order ON hold_due (due_at, hold_id) WHERE placed_at IS NULL;
DROP INDEX hold_due_waiting;

-- A posted debit is an entry. What takes points of it back names it, so that it can never give back more than it took.
-- effective_at: since when it holds by law, where that is earlier than when it was written (created_at).
ALTER TABLE transfer ADD COLUMN entry_id uuid REFERENCES transfer;
ALTER TABLE transfer ADD COLUMN effective_at timestamptz;
ALTER TABLE transfer ADD CHECK ((kind IN ('reverse', 'expire', 'restore')) = (entry_id IS NOT NULL));
ALTER TABLE transfer ADD CHECK (effective_at <= created_at);
CREATE INDEX transfer_entry ON transfer (entry_id) WHERE entry_id IS NOT NULL;

-- The last guard of "no point doubled", whatever the code above it does. The balance is locked first, so that two who
-- take from the same entry wait for each other.
CREATE FUNCTION check_taken_back() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  entry transfer%ROWTYPE;
  taken bigint;
BEGIN
  PERFORM 1 FROM balance WHERE account = NEW.account FOR UPDATE;
  SELECT * INTO entry FROM transfer WHERE id = NEW.entry_id;
  IF entry.kind <> 'post' OR entry.account <> NEW.account THEN
    RAISE EXCEPTION 'transfer % takes back from %, which is no posted debit of %', NEW.id, NEW.entry_id, NEW.account
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  SELECT coalesce(sum(points), 0) INTO taken FROM transfer WHERE entry_id = NEW.entry_id AND id <> NEW.id;
  IF taken + NEW.points > entry.points THEN
    RAISE EXCEPTION 'transfer % would take back % of the % points of %, of which % are taken back',
      NEW.id, NEW.points, entry.points, NEW.entry_id, taken USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER transfer_taken_back BEFORE INSERT ON transfer FOR EACH ROW WHEN (NEW.entry_id IS NOT NULL)
  EXECUTE FUNCTION check_taken_back();

-- Points awarded beyond the opening: a bonus for clean years.
ALTER TABLE balance ADD COLUMN bonus integer NOT NULL DEFAULT 0 CHECK (bonus >= 0);

-- Why a hold took other points than its infraction names: a novice's factor, or the most that one occasion may cost.
CREATE TABLE charge (
  hold_id       uuid        PRIMARY KEY,
  infraction_id uuid        NOT NULL,
  account       text        NOT NULL,
  base          integer     NOT NULL CHECK (base > 0),
  factor        integer     NOT NULL CHECK (factor >= 1),
  room          integer     CHECK (room >= 0), -- what the occasion had left; null: no limit
  charged       integer     NOT NULL CHECK (charged >= 0 AND charged = least(base * factor, coalesce(room, base * factor))),
  at            timestamptz NOT NULL
);

-- When an account must be looked at again, because points may go up then. A row that is missing waits for nothing.
CREATE TABLE points_clock (
  account text        PRIMARY KEY REFERENCES account,
  due_at  timestamptz NOT NULL
);
CREATE INDEX points_clock_due ON points_clock (due_at, account);

-- Facts that other offices tell: since when somebody holds a licence, what was paid, which course was passed.
CREATE TABLE licence (
  account         text        PRIMARY KEY, -- not REFERENCES account: known before the first hold
  first_issued_on date        NOT NULL,
  recorded_at     timestamptz NOT NULL,
  recorded_by     text        NOT NULL
);
CREATE TABLE fine_payment (
  infraction_id uuid        PRIMARY KEY,
  paid_at       timestamptz NOT NULL,
  reference     text        NOT NULL,
  recorded_at   timestamptz NOT NULL,
  recorded_by   text        NOT NULL
);
CREATE TABLE education_credit (
  id           uuid        PRIMARY KEY, -- derived from account, course and certificate
  account      text        NOT NULL REFERENCES account,
  course       text        NOT NULL,
  points       integer     CHECK (points > 0), -- as granted within the cap; null: all
  completed_at timestamptz NOT NULL,
  reference    text        NOT NULL, -- of the certificate
  recorded_at  timestamptz NOT NULL,
  recorded_by  text        NOT NULL
);
CREATE INDEX education_credit_account ON education_credit (account, completed_at);

-- What a person decided about an account: a licence withheld or given back, the purchase of tickets restricted or not.
CREATE TABLE standing_decision (
  id            uuid        PRIMARY KEY, -- derived from what it is about
  account       text        NOT NULL REFERENCES account,
  kind          text        NOT NULL CHECK (kind IN ('withhold-licence', 'return-licence', 'restrict-purchase', 'lift-restriction')),
  case_id       uuid        REFERENCES case_file,          -- the case it rests on
  lifts         uuid        REFERENCES standing_decision,  -- the decision it ends
  operator      text,                                      -- whose tickets; restrictions are an operator's own
  from_at       timestamptz NOT NULL,
  until_at      timestamptz,
  decided_by    text        NOT NULL,
  decided_at    timestamptz NOT NULL,
  reasons       text        NOT NULL CHECK (reasons <> ''),
  CHECK ((kind = 'restrict-purchase') = (until_at IS NOT NULL AND case_id IS NOT NULL AND operator IS NOT NULL)),
  CHECK ((kind IN ('return-licence', 'lift-restriction')) = (lifts IS NOT NULL)),
  CHECK (until_at > from_at)
);
CREATE INDEX standing_decision_account ON standing_decision (account, decided_at);
CREATE UNIQUE INDEX standing_decision_lifted ON standing_decision (lifts) WHERE lifts IS NOT NULL;

-- Who asked how an account stands, why, and what they were told; refused questions too.
CREATE TABLE standing_query (
  id       bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  account  text        NOT NULL,
  as_of    timestamptz NOT NULL,
  office   text        NOT NULL,
  asked_by text        NOT NULL,
  purpose  text        NOT NULL,
  asked_at timestamptz NOT NULL,
  answered boolean     NOT NULL,
  answer   jsonb       NOT NULL
);
CREATE INDEX standing_query_account ON standing_query (account, asked_at);

-- Letters that the points themselves call for, for whoever writes letters to take: each once.
CREATE TABLE points_letter (
  id       uuid        PRIMARY KEY, -- derived from its cause
  account  text        NOT NULL,
  letter   text        NOT NULL, -- a letter of the scheme, or 'reversed'
  cause    text        NOT NULL,
  due_at   timestamptz NOT NULL,
  details  jsonb       NOT NULL,
  taken_at timestamptz
);
CREATE INDEX points_letter_waiting ON points_letter (due_at, id) WHERE taken_at IS NULL;

-- A batch of mistakes taken back, and what became of each.
CREATE TABLE reversal_batch (
  id         text        PRIMARY KEY,
  sha256     text        NOT NULL, -- of its canonical JSON: the same id never stands for another list
  reason     text        NOT NULL,
  decided_by text        NOT NULL,
  begun_at   timestamptz NOT NULL
);
CREATE TABLE reversal_item (
  batch_id      text        NOT NULL REFERENCES reversal_batch,
  infraction_id uuid        NOT NULL,
  outcome       text        NOT NULL CHECK (outcome IN ('reversed', 'released', 'nothing-left')),
  account       text,
  points        integer     NOT NULL,
  at            timestamptz NOT NULL,
  PRIMARY KEY (batch_id, infraction_id)
);

-- UPDATE and DELETE are refused twice: by trigger, and to the role that the house may work under.
CREATE FUNCTION refuse_points_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'rows of % are immutable: what happened stays written', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
END $$;
DO $$
DECLARE
  name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['charge', 'fine_payment', 'education_credit', 'standing_decision', 'standing_query', 'reversal_batch', 'reversal_item'] LOOP
    EXECUTE format('CREATE TRIGGER %1$s_immutable BEFORE UPDATE OR DELETE ON %1$s FOR EACH ROW EXECUTE FUNCTION refuse_points_change()', name);
    EXECUTE format('CREATE TRIGGER %1$s_kept BEFORE TRUNCATE ON %1$s FOR EACH STATEMENT EXECUTE FUNCTION refuse_points_change()', name);
  END LOOP;
END $$;
CREATE TRIGGER evidence_kept BEFORE TRUNCATE ON evidence FOR EACH STATEMENT EXECUTE FUNCTION refuse_points_change();

-- A role is the whole server's, and some servers let nobody make one: then the triggers stand alone.
DO $$
BEGIN
  CREATE ROLE wayside_house NOLOGIN;
EXCEPTION WHEN duplicate_object OR insufficient_privilege OR unique_violation THEN NULL;
END $$;
DO $$
DECLARE
  name text;
BEGIN
  IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'wayside_house') THEN RETURN; END IF;
  EXECUTE format('GRANT USAGE ON SCHEMA %I TO wayside_house', current_schema());
  EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA %I TO wayside_house', current_schema());
  EXECUTE format('GRANT USAGE ON ALL SEQUENCES IN SCHEMA %I TO wayside_house', current_schema());
  EXECUTE format('ALTER DEFAULT PRIVILEGES IN SCHEMA %I GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO wayside_house', current_schema());
  EXECUTE format('ALTER DEFAULT PRIVILEGES IN SCHEMA %I GRANT USAGE ON SEQUENCES TO wayside_house', current_schema());
  FOREACH name IN ARRAY ARRAY['transfer', 'evidence', 'case_transition', 'device_trust', 'law_process', 'charge', 'fine_payment',
    'education_credit', 'standing_decision', 'standing_query', 'reversal_batch', 'reversal_item'] LOOP
    EXECUTE format('REVOKE UPDATE, DELETE, TRUNCATE ON %I FROM wayside_house', name);
  END LOOP;
END $$;
