-- Which run a start with an Idempotency-Key made, so that the same start again makes no other.
CREATE TABLE start_keys (
  actor  TEXT NOT NULL,
  key    TEXT NOT NULL,
  digest TEXT NOT NULL,
  run    TEXT NOT NULL,
  at     INTEGER NOT NULL,
  PRIMARY KEY (actor, key)
) WITHOUT ROWID;
