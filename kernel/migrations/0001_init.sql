CREATE TABLE IF NOT EXISTS kernel_migration (
    block TEXT NOT NULL,
    version BIGINT NOT NULL,
    checksum TEXT NOT NULL,
    PRIMARY KEY (block, version)
);
CREATE TABLE IF NOT EXISTS kernel_audit (
    id TEXT PRIMARY KEY,
    at BIGINT NOT NULL,
    tenant TEXT NOT NULL,
    actor TEXT NOT NULL,
    event TEXT NOT NULL,
    subject TEXT NOT NULL,
    request TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS kernel_outbox (
    id TEXT PRIMARY KEY,
    at BIGINT NOT NULL,
    tenant TEXT NOT NULL,
    topic TEXT NOT NULL,
    body TEXT NOT NULL,
    attempts BIGINT NOT NULL,
    due_at BIGINT NOT NULL,
    lease_until BIGINT NOT NULL
);
CREATE INDEX IF NOT EXISTS kernel_outbox_due ON kernel_outbox (due_at);
CREATE TABLE IF NOT EXISTS kernel_job (
    name TEXT PRIMARY KEY,
    due_at BIGINT NOT NULL,
    lease_until BIGINT NOT NULL,
    failures BIGINT NOT NULL
);
