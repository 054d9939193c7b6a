-- What the two sides put into the one file of a case. Nothing is ever changed or removed.
CREATE TABLE case_comment (
  id         uuid        PRIMARY KEY,
  case_id    uuid        NOT NULL REFERENCES case_file,
  about      text        NOT NULL,  -- which item: case, picture:entry, measure:petSeconds, upload:<id>
  actor_kind text        NOT NULL CHECK (actor_kind IN ('officer', 'keeper', 'driver')),
  actor_id   text        NOT NULL,
  at         timestamptz NOT NULL,
  body       text        NOT NULL
);
CREATE INDEX case_comment_of ON case_comment (case_id, at, id);

-- The bytes lie in the data folder under their digest.
CREATE TABLE case_upload (
  id         uuid        PRIMARY KEY,
  case_id    uuid        NOT NULL REFERENCES case_file,
  sha256     text        NOT NULL CHECK (sha256 ~ '^[0-9a-f]{64}$'),
  name       text        NOT NULL,
  media_type text        NOT NULL,
  bytes      integer     NOT NULL CHECK (bytes > 0),
  actor_kind text        NOT NULL CHECK (actor_kind IN ('officer', 'keeper', 'driver')),
  actor_id   text        NOT NULL,
  at         timestamptz NOT NULL,
  UNIQUE (case_id, sha256)
);
CREATE INDEX case_upload_of ON case_upload (case_id, at, id);

-- Wrong PINs since the last right one, by reference. A reference that is none is counted, too: nobody learns which are.
CREATE TABLE portal_attempt (
  reference    text        PRIMARY KEY,
  failures     integer     NOT NULL CHECK (failures >= 0),
  first_at     timestamptz NOT NULL,
  locked_until timestamptz
);

CREATE TRIGGER case_comment_immutable BEFORE UPDATE OR DELETE ON case_comment FOR EACH ROW EXECUTE FUNCTION refuse_rewriting();
CREATE TRIGGER case_comment_kept BEFORE TRUNCATE ON case_comment FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewriting();
CREATE TRIGGER case_upload_immutable BEFORE UPDATE OR DELETE ON case_upload FOR EACH ROW EXECUTE FUNCTION refuse_rewriting();
CREATE TRIGGER case_upload_kept BEFORE TRUNCATE ON case_upload FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewriting();
