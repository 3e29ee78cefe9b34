-- Instances have a growing number besides their id, and all rows of an instance are stored under it: instances that run
-- at the same time then lie on the same few pages, which keeps a transaction over many of them small.
--
-- Times are .NET ticks in UTC. Columns declared without a type hold a text or blob, or the integer 1 when the value is
-- large and lies in the table payload.

CREATE TABLE meta (
    name  TEXT PRIMARY KEY,
    value INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TABLE instance (
    number           INTEGER PRIMARY KEY,
    id               TEXT NOT NULL UNIQUE,
    name             TEXT NOT NULL,
    version          TEXT NOT NULL,
    execution        TEXT NOT NULL,
    status           INTEGER NOT NULL,
    created          INTEGER NOT NULL,
    updated          INTEGER NOT NULL,
    completed        INTEGER,
    start_at         INTEGER,
    last_sequence    INTEGER NOT NULL,
    -- 1 from creation or continuation to the first turn; kept apart from last_sequence so that a turn touches no index.
    is_new           INTEGER NOT NULL,
    attempts         INTEGER NOT NULL,
    parked           TEXT,
    wait_summary     TEXT,
    parent_id        TEXT,
    parent_execution TEXT,
    parent_task      INTEGER,
    parent_name      TEXT,
    tags,
    input,
    output,
    failure,
    custom_status
);

CREATE INDEX instance_created ON instance (created, id);
CREATE INDEX instance_status ON instance (status, created, id);
CREATE INDEX instance_new ON instance (start_at) WHERE is_new = 1;
CREATE INDEX instance_parked ON instance (created, id) WHERE parked IS NOT NULL;
CREATE INDEX instance_parent ON instance (parent_id, created, id) WHERE parent_id IS NOT NULL;

-- One row per turn.
CREATE TABLE history (
    instance    INTEGER NOT NULL,
    execution   TEXT NOT NULL,
    sequence    INTEGER NOT NULL,
    event_count INTEGER NOT NULL,
    events      NOT NULL,
    PRIMARY KEY (instance, execution, sequence)
) WITHOUT ROWID;

-- AUTOINCREMENT makes SQLite remember the highest number ever stored, whatever has been consumed since.
CREATE TABLE inbox (
    sequence    INTEGER PRIMARY KEY AUTOINCREMENT,
    instance    INTEGER NOT NULL,
    execution   TEXT,
    keep        INTEGER NOT NULL,
    payload     NOT NULL
);

CREATE INDEX inbox_instance ON inbox (instance);

CREATE TABLE timer (
    due         INTEGER NOT NULL,
    instance    INTEGER NOT NULL,
    execution   TEXT NOT NULL,
    task        INTEGER NOT NULL,
    PRIMARY KEY (due, instance, execution, task)
) WITHOUT ROWID;

CREATE INDEX timer_instance ON timer (instance, task);

CREATE TABLE activity (
    instance    INTEGER NOT NULL,
    execution   TEXT NOT NULL,
    task        INTEGER NOT NULL,
    added       INTEGER NOT NULL,
    name        TEXT NOT NULL,
    version     TEXT NOT NULL,
    attempts    INTEGER NOT NULL,
    tags        TEXT,
    input,
    PRIMARY KEY (instance, execution, task)
) WITHOUT ROWID;

-- Values too large for the rows above. kind and n say which value of the instance it is.
CREATE TABLE payload (
    instance    INTEGER NOT NULL,
    kind        INTEGER NOT NULL,
    execution   TEXT NOT NULL,
    n           INTEGER NOT NULL,
    bytes       BLOB NOT NULL,
    PRIMARY KEY (instance, kind, execution, n)
);

CREATE TABLE dead_letter (
    sequence    INTEGER PRIMARY KEY,
    instance_id TEXT NOT NULL,
    reason      TEXT NOT NULL,
    payload     BLOB NOT NULL
);

INSERT INTO meta (name, value) VALUES ('boot_epoch', 0), ('clean', 1);
