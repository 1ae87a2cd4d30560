CREATE TABLE identity_link (
    hash TEXT PRIMARY KEY,
    tenant TEXT NOT NULL,
    kind TEXT NOT NULL,
    person TEXT,
    level TEXT NOT NULL,
    reason TEXT NOT NULL,
    made_by TEXT NOT NULL,
    made_at BIGINT NOT NULL,
    until BIGINT NOT NULL,
    used_at BIGINT
);
CREATE TABLE identity_passkey (
    id TEXT PRIMARY KEY,
    tenant TEXT NOT NULL,
    person TEXT NOT NULL,
    credential_id TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    credential TEXT NOT NULL,
    level TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    used_at BIGINT
);
CREATE INDEX identity_passkey_person ON identity_passkey (person);
CREATE TABLE identity_ceremony (
    id TEXT PRIMARY KEY,
    tenant TEXT NOT NULL,
    kind TEXT NOT NULL,
    state TEXT NOT NULL,
    until BIGINT NOT NULL
);
CREATE TABLE identity_recovery (
    hash TEXT PRIMARY KEY,
    tenant TEXT NOT NULL,
    person TEXT NOT NULL,
    made_at BIGINT NOT NULL,
    used_at BIGINT
);
CREATE INDEX identity_recovery_person ON identity_recovery (person);
CREATE TABLE identity_role (
    tenant TEXT NOT NULL,
    name TEXT NOT NULL,
    title TEXT NOT NULL,
    permissions TEXT NOT NULL,
    changed_at BIGINT NOT NULL,
    PRIMARY KEY (tenant, name)
);
CREATE TABLE identity_organisation (
    id TEXT PRIMARY KEY,
    tenant TEXT NOT NULL,
    way TEXT NOT NULL,
    subject_hash TEXT NOT NULL,
    name TEXT NOT NULL,
    facts TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    seen_at BIGINT NOT NULL,
    UNIQUE (way, subject_hash)
);
CREATE TABLE identity_affiliation (
    organisation TEXT NOT NULL,
    person TEXT NOT NULL,
    tenant TEXT NOT NULL,
    since BIGINT NOT NULL,
    seen_at BIGINT NOT NULL,
    PRIMARY KEY (organisation, person)
);
CREATE INDEX identity_affiliation_person ON identity_affiliation (person);
CREATE TABLE identity_setting (
    tenant TEXT PRIMARY KEY,
    settings TEXT NOT NULL,
    changed_at BIGINT NOT NULL
);
CREATE TABLE identity_approval (
    id TEXT PRIMARY KEY,
    tenant TEXT NOT NULL,
    permission TEXT NOT NULL,
    act TEXT NOT NULL,
    requester TEXT NOT NULL,
    requested_at BIGINT NOT NULL,
    until BIGINT NOT NULL,
    decision TEXT,
    decided_by TEXT,
    decided_at BIGINT,
    used_at BIGINT
);
CREATE INDEX identity_approval_requester ON identity_approval (requester);
CREATE TABLE identity_alarm (
    id TEXT PRIMARY KEY,
    tenant TEXT NOT NULL,
    at BIGINT NOT NULL,
    reason TEXT NOT NULL,
    link_hash TEXT NOT NULL,
    person TEXT,
    active_until BIGINT NOT NULL,
    acknowledged_by TEXT,
    acknowledged_at BIGINT
);
