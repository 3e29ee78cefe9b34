-- Which run may change a target. The key decides a race: one transaction takes all targets of a run or none.
CREATE TABLE leases (
  target   TEXT PRIMARY KEY,
  run      TEXT NOT NULL,
  playbook TEXT NOT NULL,
  since    INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX leases_by_run ON leases (run);
