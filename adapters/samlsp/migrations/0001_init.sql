CREATE TABLE samlsp_request (
    id TEXT PRIMARY KEY,
    tenant TEXT NOT NULL,
    connection TEXT NOT NULL,
    attempt TEXT NOT NULL,
    state TEXT NOT NULL,
    until BIGINT NOT NULL
);
CREATE TABLE samlsp_seen (
    assertion_hash TEXT PRIMARY KEY,
    tenant TEXT NOT NULL,
    until BIGINT NOT NULL
);
CREATE TABLE samlsp_landing (
    handle_hash TEXT PRIMARY KEY,
    tenant TEXT NOT NULL,
    connection TEXT NOT NULL,
    sealed BLOB NOT NULL,
    until BIGINT NOT NULL
);
CREATE TABLE samlsp_provider (
    connection TEXT PRIMARY KEY,
    tenant TEXT NOT NULL,
    entity_id TEXT NOT NULL,
    since BIGINT NOT NULL
);
