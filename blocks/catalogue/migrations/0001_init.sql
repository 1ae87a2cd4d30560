CREATE TABLE catalogue_catalogue (
    id TEXT PRIMARY KEY,
    tenant TEXT NOT NULL,
    made_at BIGINT NOT NULL
);
