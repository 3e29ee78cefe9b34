-- The last rehearsal of each stage's way back.
CREATE TABLE rehearsals (
  playbook TEXT NOT NULL,
  stage    TEXT NOT NULL,
  digest   TEXT NOT NULL,
  at       INTEGER NOT NULL,
  actor    TEXT NOT NULL,
  passed   INTEGER NOT NULL,
  cause    TEXT NOT NULL,
  problems TEXT NOT NULL,
  PRIMARY KEY (playbook, stage)
) WITHOUT ROWID;
