CREATE TABLE conformance_conformance (
    id TEXT PRIMARY KEY,
    tenant TEXT NOT NULL,
    made_at BIGINT NOT NULL
);
