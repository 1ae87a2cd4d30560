CREATE TABLE identity_person (
    id TEXT PRIMARY KEY,
    tenant TEXT NOT NULL,
    name TEXT NOT NULL,
    folded TEXT NOT NULL,
    claims TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    seen_at BIGINT,
    locked_at BIGINT
);
CREATE INDEX identity_person_folded ON identity_person (folded);
CREATE TABLE identity_login (
    id TEXT PRIMARY KEY,
    tenant TEXT NOT NULL,
    person TEXT NOT NULL,
    way TEXT NOT NULL,
    issuer TEXT NOT NULL,
    subject_hash TEXT NOT NULL,
    level TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    used_at BIGINT,
    UNIQUE (way, issuer, subject_hash)
);
CREATE INDEX identity_login_person ON identity_login (person);
CREATE TABLE identity_membership (
    person TEXT NOT NULL,
    tenant TEXT NOT NULL,
    role TEXT NOT NULL,
    given_by TEXT NOT NULL,
    given_at BIGINT NOT NULL,
    until BIGINT,
    PRIMARY KEY (person, tenant, role)
);
CREATE INDEX identity_membership_tenant ON identity_membership (tenant);
CREATE TABLE identity_session (
    id TEXT PRIMARY KEY,
    token_hash TEXT NOT NULL UNIQUE,
    tenant TEXT NOT NULL,
    person TEXT NOT NULL,
    way TEXT NOT NULL,
    issuer TEXT NOT NULL,
    upstream TEXT,
    level TEXT NOT NULL,
    device TEXT NOT NULL,
    began_at BIGINT NOT NULL,
    proved_at BIGINT NOT NULL,
    seen_at BIGINT NOT NULL,
    until BIGINT NOT NULL,
    revoked_at BIGINT
);
CREATE INDEX identity_session_person ON identity_session (person);
CREATE TABLE identity_attempt (
    id TEXT PRIMARY KEY,
    tenant TEXT NOT NULL,
    browser_hash TEXT NOT NULL,
    level TEXT NOT NULL,
    client TEXT,
    destination TEXT NOT NULL,
    adds_to TEXT,
    device TEXT NOT NULL,
    began_at BIGINT NOT NULL,
    until BIGINT NOT NULL,
    ended_at BIGINT
);
CREATE TABLE identity_client (
    id TEXT PRIMARY KEY,
    tenant TEXT NOT NULL,
    name TEXT NOT NULL,
    -- Name and id in small letters, for searching.
    folded TEXT NOT NULL,
    -- sender, subscriber, owner; space separated.
    roles TEXT NOT NULL,
    -- How it proves itself: client_secret_post and others of OpenID Connect.
    auth_method TEXT NOT NULL,
    -- SHA-256 of the secret, base64url; empty where it has none.
    secret_hash TEXT NOT NULL,
    -- Redirect addresses, keys and switches as JSON.
    settings TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    rotated_at BIGINT NOT NULL
);
CREATE INDEX identity_client_tenant ON identity_client (tenant, created_at);
