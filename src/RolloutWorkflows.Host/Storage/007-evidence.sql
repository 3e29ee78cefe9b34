-- Evidence of runs: appended, never changed. The key decides where two deliveries of one call make the same document.
CREATE TABLE evidence (
  run       TEXT NOT NULL,
  number    INTEGER NOT NULL,
  sha256    TEXT NOT NULL,
  previous  TEXT,
  kind      TEXT NOT NULL,
  stage     TEXT,
  attempt   INTEGER,
  at        INTEGER NOT NULL,
  summary   TEXT NOT NULL,
  last_line INTEGER NOT NULL,
  json      TEXT NOT NULL,
  markdown  TEXT NOT NULL,
  record    TEXT NOT NULL,
  signature TEXT,
  PRIMARY KEY (run, number)
);
