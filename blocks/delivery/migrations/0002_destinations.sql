CREATE TABLE delivery_destination (
    id TEXT PRIMARY KEY,
    tenant TEXT NOT NULL,
    owner TEXT NOT NULL,
    status TEXT NOT NULL,
    name TEXT NOT NULL,
    folded TEXT NOT NULL,
    encryption_kid TEXT NOT NULL,
    public_services TEXT NOT NULL,
    metadata_versions TEXT NOT NULL,
    reply_channels TEXT,
    contact TEXT NOT NULL,
    callback_url TEXT,
    callback_secret TEXT,
    revision BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    changed_at BIGINT NOT NULL
);
CREATE INDEX delivery_destination_owner ON delivery_destination (owner, created_at);
CREATE INDEX delivery_destination_tenant ON delivery_destination (tenant, created_at);
CREATE TABLE delivery_key (
    destination_id TEXT NOT NULL,
    kid TEXT NOT NULL,
    tenant TEXT NOT NULL,
    purpose TEXT NOT NULL,
    jwk TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    subject TEXT NOT NULL,
    not_before BIGINT NOT NULL,
    not_after BIGINT NOT NULL,
    findings TEXT NOT NULL,
    by_switch BIGINT NOT NULL,
    added_at BIGINT NOT NULL,
    PRIMARY KEY (destination_id, kid)
);
CREATE TABLE delivery_client (
    id TEXT PRIMARY KEY,
    tenant TEXT NOT NULL,
    name TEXT NOT NULL,
    folded TEXT NOT NULL,
    roles TEXT NOT NULL,
    secret_hash TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    rotated_at BIGINT NOT NULL
);
CREATE INDEX delivery_client_tenant ON delivery_client (tenant, created_at);
CREATE TABLE delivery_client_destination (
    client_id TEXT NOT NULL,
    destination_id TEXT NOT NULL,
    tenant TEXT NOT NULL,
    linked_by TEXT NOT NULL,
    linked_at BIGINT NOT NULL,
    PRIMARY KEY (client_id, destination_id)
);
CREATE INDEX delivery_client_destination_other ON delivery_client_destination (destination_id);
CREATE TABLE delivery_callback (
    id TEXT PRIMARY KEY,
    tenant TEXT NOT NULL,
    destination_id TEXT NOT NULL,
    case_id TEXT NOT NULL,
    subject TEXT NOT NULL,
    kind TEXT NOT NULL,
    url TEXT NOT NULL,
    secret TEXT NOT NULL,
    attempts BIGINT NOT NULL,
    last_fault TEXT,
    created_at BIGINT NOT NULL,
    due_at BIGINT NOT NULL,
    lease_until BIGINT NOT NULL
);
CREATE INDEX delivery_callback_due ON delivery_callback (due_at);
