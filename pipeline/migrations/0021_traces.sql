-- The message that completed the encounter, `<device>/<bootid>/<sequence>`: by its name alone the worker's span finds the
-- trace that intake and judge have told of (docs/decisions/0010). Null in rows of before.
ALTER TABLE hold_due ADD COLUMN message_id text;
