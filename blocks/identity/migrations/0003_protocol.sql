-- An authorization request: pushed or begun in a browser.
CREATE TABLE identity_request (
    id TEXT PRIMARY KEY,
    tenant TEXT NOT NULL,
    client TEXT NOT NULL,
    request TEXT NOT NULL,
    made_at BIGINT NOT NULL,
    until BIGINT NOT NULL,
    browser_hash TEXT,
    begun_at BIGINT,
    ended_at BIGINT
);
-- What a client was given in a person's name; its code and its tokens hang on it.
CREATE TABLE identity_grant (
    id TEXT PRIMARY KEY,
    tenant TEXT NOT NULL,
    client TEXT NOT NULL,
    person TEXT NOT NULL,
    session TEXT NOT NULL,
    request TEXT NOT NULL,
    scope TEXT NOT NULL,
    level TEXT NOT NULL,
    way TEXT NOT NULL,
    proved_at BIGINT NOT NULL,
    code_hash TEXT NOT NULL UNIQUE,
    code_until BIGINT NOT NULL,
    code_used_at BIGINT,
    -- What the holder of the refresh token must prove; empty for nothing.
    confirmation TEXT NOT NULL,
    generation BIGINT NOT NULL,
    made_at BIGINT NOT NULL,
    until BIGINT NOT NULL,
    revoked_at BIGINT
);
CREATE INDEX identity_grant_session ON identity_grant (session);
CREATE INDEX identity_grant_person ON identity_grant (person, client);
CREATE TABLE identity_consent (
    person TEXT NOT NULL,
    client TEXT NOT NULL,
    tenant TEXT NOT NULL,
    scope TEXT NOT NULL,
    given_at BIGINT NOT NULL,
    PRIMARY KEY (person, client)
);
-- Clients that still have to hear that a session is over.
CREATE TABLE identity_farewell (
    id TEXT PRIMARY KEY,
    tenant TEXT NOT NULL,
    client TEXT NOT NULL,
    subject TEXT NOT NULL,
    session TEXT NOT NULL,
    attempts BIGINT NOT NULL,
    due_at BIGINT NOT NULL
);
CREATE INDEX identity_farewell_due ON identity_farewell (due_at);
