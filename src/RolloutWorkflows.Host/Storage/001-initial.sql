-- Flags: the state is one JSON document, because every store decides by the same rule on the whole of it.
CREATE TABLE flags (
  name  TEXT PRIMARY KEY,
  state TEXT NOT NULL
) WITHOUT ROWID;

-- The highest fence that a flag has seen of a run: lower ones are refused.
CREATE TABLE flag_fences (
  flag     TEXT NOT NULL,
  run      TEXT NOT NULL,
  epoch    INTEGER NOT NULL,
  sequence INTEGER NOT NULL,
  PRIMARY KEY (flag, run)
) WITHOUT ROWID;

CREATE TABLE flag_audit (
  number INTEGER PRIMARY KEY,
  flag   TEXT NOT NULL,
  entry  TEXT NOT NULL
);
CREATE INDEX flag_audit_by_flag ON flag_audit (flag, number);

CREATE TABLE effects (
  effect_id TEXT PRIMARY KEY,
  run       TEXT NOT NULL,
  sequence  INTEGER NOT NULL,
  record    TEXT NOT NULL
);
CREATE UNIQUE INDEX effects_by_run ON effects (run, sequence);

-- Each run's epoch and the last number that it gave out.
CREATE TABLE run_effects (
  run      TEXT PRIMARY KEY,
  epoch    INTEGER NOT NULL,
  sequence INTEGER NOT NULL
) WITHOUT ROWID;

-- Grid times are UTC ticks, so that they order and compare exactly.
CREATE TABLE measurements (
  run         TEXT NOT NULL,
  grid        INTEGER NOT NULL,
  guardrail   TEXT NOT NULL,
  stage       TEXT NOT NULL,
  attempt     INTEGER NOT NULL,
  measurement TEXT NOT NULL,
  PRIMARY KEY (run, grid, guardrail, stage, attempt)
) WITHOUT ROWID;

CREATE TABLE run_log (
  position   INTEGER PRIMARY KEY,
  entry_id   TEXT NOT NULL UNIQUE,
  run        TEXT NOT NULL,
  command_id TEXT,
  entry      TEXT NOT NULL
);
CREATE INDEX run_log_by_run ON run_log (run, position);
CREATE INDEX run_log_by_command ON run_log (command_id, position) WHERE command_id IS NOT NULL;

-- Runs by their first line, for listing.
CREATE TABLE runs (
  first INTEGER PRIMARY KEY,
  last  INTEGER NOT NULL,
  run   TEXT NOT NULL UNIQUE
);
