-- Points. Every move is a new row of transfer; nothing is ever changed or removed (triggers below). Double entry: a
-- transfer takes `points` from the debit account and puts them on the credit account, so the sum over all is zero.

-- Written in the transaction that records an infraction: that a hold is due. The queue only says "look now"; what no
-- job woke, the sweeper finds here. placed_at is the one column that changes, once, in the transaction of the hold.
CREATE TABLE hold_due (
  hold_id       uuid        PRIMARY KEY, -- derived from the infraction; also the id of the transfer
  infraction_id uuid        NOT NULL,
  account       text        NOT NULL,
  scheme        text        NOT NULL, -- law profile
  points        integer     NOT NULL CHECK (points > 0),
  detected_at_ms bigint     NOT NULL, -- when the completing message was sent, epoch ms, device clock
  due_at        timestamptz NOT NULL,
  placed_at     timestamptz
);
CREATE INDEX hold_due_waiting ON hold_due (due_at) WHERE placed_at IS NULL;
CREATE INDEX hold_due_infraction ON hold_due (infraction_id);

CREATE TABLE account (
  id        text        PRIMARY KEY, -- road:plate_… | rail:ticket_…
  scheme    text        NOT NULL,
  counts    text        NOT NULL CHECK (counts IN ('down', 'up')),
  initial   integer     NOT NULL,
  max_points integer    NOT NULL,
  opened_at timestamptz NOT NULL
);

-- debit and credit name a pocket of an account: '<account>#available' or '#held' or '#posted', or the scheme's own
-- contra '<scheme>#authority', which keeps no running balance (it would be the hottest row of all).
CREATE TABLE transfer (
  id            uuid        PRIMARY KEY,  -- derived from its cause
  kind          text        NOT NULL CHECK (kind IN ('award', 'hold', 'post', 'release', 'reverse', 'expire', 'restore')),
  account       text        NOT NULL REFERENCES account,
  debit         text        NOT NULL,
  credit        text        NOT NULL,
  points        integer     NOT NULL CHECK (points > 0),
  hold_id       uuid        REFERENCES transfer, -- the hold that a post or release resolves
  infraction_id uuid,
  cause         text        NOT NULL,
  created_at    timestamptz NOT NULL,
  CHECK (debit <> credit),
  CHECK ((kind IN ('post', 'release')) = (hold_id IS NOT NULL))
);
CREATE INDEX transfer_account ON transfer (account, created_at);
CREATE INDEX transfer_infraction ON transfer (infraction_id);
-- One hold is resolved once: posted or released, never both.
CREATE UNIQUE INDEX transfer_resolution ON transfer (hold_id) WHERE hold_id IS NOT NULL;

CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'rows of % are immutable: write a new transfer instead', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER transfer_immutable BEFORE UPDATE OR DELETE ON transfer FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER transfer_kept BEFORE TRUNCATE ON transfer FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER evidence_immutable BEFORE UPDATE OR DELETE ON evidence FOR EACH ROW EXECUTE FUNCTION refuse_change();

-- The fold of transfer, kept for reading and for locking (in order of account). `wayside verify` folds again and compares.
CREATE TABLE balance (
  account text    PRIMARY KEY REFERENCES account,
  held    integer NOT NULL DEFAULT 0 CHECK (held >= 0),
  posted  integer NOT NULL DEFAULT 0 CHECK (posted >= 0)
);
