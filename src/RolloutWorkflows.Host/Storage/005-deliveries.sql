-- What counterparts delivered and was dealt with, so that a second delivery is left out. The id is an unsigned header, so
-- the body's digest belongs to it. It saves work and no more: what counts is counted once by the run.
CREATE TABLE deliveries (
    id     TEXT NOT NULL,
    digest TEXT NOT NULL,
    at     INTEGER NOT NULL,
    PRIMARY KEY (id, digest)
) WITHOUT ROWID;

CREATE INDEX deliveries_by_age ON deliveries (at);
