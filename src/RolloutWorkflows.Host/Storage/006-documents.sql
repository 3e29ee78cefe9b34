-- What people and programs attached to runs: every version, as it came. The bytes are only ever handed out again.
CREATE TABLE documents (
    run      TEXT NOT NULL,
    name     TEXT NOT NULL,
    version  INTEGER NOT NULL,
    document TEXT NOT NULL,
    content  BLOB NOT NULL,
    UNIQUE (run, name, version)
);
