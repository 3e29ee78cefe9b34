-- What runs have to say to the outside. A lane is one way out of one run; its messages go out by number.
CREATE TABLE outbox_lanes (
  run              TEXT NOT NULL,
  name             TEXT NOT NULL,
  cursor           INTEGER NOT NULL DEFAULT 0,
  news             INTEGER NOT NULL DEFAULT 0,
  opening          INTEGER NOT NULL DEFAULT 1,
  finished         INTEGER NOT NULL DEFAULT 0,
  refreshed_at     INTEGER,
  failed_refreshes INTEGER NOT NULL DEFAULT 0,
  next_refresh     INTEGER,
  problem          TEXT,
  PRIMARY KEY (run, name)
) WITHOUT ROWID;
CREATE INDEX outbox_lanes_unfinished ON outbox_lanes (run, name) WHERE finished = 0;

CREATE TABLE outbox_messages (
  number     INTEGER PRIMARY KEY,
  message_id TEXT NOT NULL UNIQUE,
  run        TEXT NOT NULL,
  lane       TEXT NOT NULL,
  message    TEXT NOT NULL,
  state      TEXT NOT NULL DEFAULT 'pending',
  attempts   INTEGER NOT NULL DEFAULT 0,
  refusals   INTEGER NOT NULL DEFAULT 0,
  next_try   INTEGER,
  problem    TEXT,
  reference  TEXT,
  stored_at  INTEGER NOT NULL,
  settled_at INTEGER
);
CREATE INDEX outbox_messages_pending ON outbox_messages (run, lane, number) WHERE state = 'pending';
CREATE INDEX outbox_messages_by_run ON outbox_messages (run, number);
CREATE INDEX outbox_messages_by_state ON outbox_messages (state, number);

-- What channels remember of runs. The row's number stays with the first value, so that runs can be told by age.
CREATE TABLE channel_memory (
  number  INTEGER PRIMARY KEY,
  run     TEXT NOT NULL,
  channel TEXT NOT NULL,
  key     TEXT NOT NULL,
  value   TEXT NOT NULL,
  UNIQUE (run, channel, key)
);
CREATE INDEX channel_memory_by_value ON channel_memory (channel, key, value, number);
