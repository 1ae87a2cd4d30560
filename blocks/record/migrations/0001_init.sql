CREATE TABLE record_witnessed (
    peer TEXT PRIMARY KEY,
    tenant TEXT NOT NULL,
    origin TEXT NOT NULL,
    size BIGINT NOT NULL,
    root TEXT NOT NULL,
    token TEXT NOT NULL,
    cosignature TEXT NOT NULL,
    seen_at BIGINT NOT NULL,
    visited_at BIGINT NOT NULL,
    fault TEXT NOT NULL
);
CREATE INDEX record_witnessed_origin ON record_witnessed (origin);
CREATE TABLE record_receipt (
    peer TEXT PRIMARY KEY,
    tenant TEXT NOT NULL,
    size BIGINT NOT NULL,
    token TEXT NOT NULL,
    cosignature TEXT NOT NULL,
    seen_at BIGINT NOT NULL,
    visited_at BIGINT NOT NULL,
    fault TEXT NOT NULL
);
