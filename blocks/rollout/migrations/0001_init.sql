-- Whose roll-out it is: how many versions it has, and whether only its keeper sees it.
CREATE TABLE rollout_keeper (
    tenant TEXT NOT NULL PRIMARY KEY,
    version BIGINT NOT NULL,
    hidden_at BIGINT
);

-- A file that was read, or an undoing. Without a number it is a preview; with one it is a version and never changes again.
CREATE TABLE rollout_import (
    id TEXT NOT NULL PRIMARY KEY,
    tenant TEXT NOT NULL,
    number BIGINT,
    kind TEXT NOT NULL,
    undoes BIGINT,
    file_name TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    content TEXT NOT NULL,
    lines BIGINT NOT NULL,
    note TEXT NOT NULL,
    decision TEXT NOT NULL,
    made_at BIGINT NOT NULL,
    made_by TEXT NOT NULL,
    snapshot TEXT
);

CREATE UNIQUE INDEX rollout_import_number ON rollout_import (tenant, number);
CREATE INDEX rollout_import_made ON rollout_import (made_at);

-- What an import says about one thing: the changes or counts of a public service, its name and level, the values of a base.
-- The text lies packed in the import's content, from `start` on.
CREATE TABLE rollout_set (
    import TEXT NOT NULL,
    tenant TEXT NOT NULL,
    kind TEXT NOT NULL,
    subject TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    lines BIGINT NOT NULL,
    start BIGINT NOT NULL,
    length BIGINT NOT NULL,
    PRIMARY KEY (import, kind, subject)
);

CREATE INDEX rollout_set_sha256 ON rollout_set (tenant, sha256);

-- Submissions that were sent off on this node, by public service and day.
CREATE TABLE rollout_submission (
    tenant TEXT NOT NULL,
    public_service TEXT NOT NULL,
    day TEXT NOT NULL,
    count BIGINT NOT NULL,
    PRIMARY KEY (tenant, public_service, day)
);

-- Events that were counted, so that none counts twice.
CREATE TABLE rollout_heard (
    event TEXT NOT NULL PRIMARY KEY,
    tenant TEXT NOT NULL,
    heard_at BIGINT NOT NULL
);

CREATE INDEX rollout_heard_at ON rollout_heard (heard_at);
