CREATE TABLE directory_dataset (
    id TEXT NOT NULL PRIMARY KEY,
    tenant TEXT NOT NULL,
    file_name TEXT NOT NULL,
    as_of TEXT NOT NULL,
    content TEXT NOT NULL,
    municipalities BIGINT NOT NULL,
    population BIGINT NOT NULL,
    loaded_at BIGINT NOT NULL,
    activated_at BIGINT
);

-- What is in force: one row `regions` that names the active dataset, one row `entries` that counts changes.
CREATE TABLE directory_state (
    id TEXT NOT NULL PRIMARY KEY,
    tenant TEXT NOT NULL,
    value TEXT NOT NULL,
    version BIGINT NOT NULL
);

CREATE TABLE directory_public_service (
    id TEXT NOT NULL PRIMARY KEY,
    tenant TEXT NOT NULL,
    name TEXT NOT NULL,
    source TEXT NOT NULL,
    changed_at BIGINT NOT NULL,
    deleted_at BIGINT
);

CREATE TABLE directory_organisation (
    id TEXT NOT NULL PRIMARY KEY,
    tenant TEXT NOT NULL,
    name TEXT NOT NULL,
    region TEXT NOT NULL,
    address TEXT NOT NULL,
    phone TEXT NOT NULL,
    email TEXT NOT NULL,
    web TEXT NOT NULL,
    changed_at BIGINT NOT NULL,
    deleted_at BIGINT
);

CREATE TABLE directory_office (
    id TEXT NOT NULL PRIMARY KEY,
    tenant TEXT NOT NULL,
    organisation TEXT,
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    region TEXT NOT NULL,
    address TEXT NOT NULL,
    phone TEXT NOT NULL,
    email TEXT NOT NULL,
    web TEXT NOT NULL,
    opening_hours TEXT NOT NULL,
    note TEXT NOT NULL,
    changed_at BIGINT NOT NULL,
    deleted_at BIGINT
);

CREATE TABLE directory_rule (
    id TEXT NOT NULL PRIMARY KEY,
    tenant TEXT NOT NULL,
    public_service TEXT NOT NULL,
    region TEXT NOT NULL,
    office TEXT,
    destination TEXT,
    note TEXT NOT NULL,
    valid_from BIGINT,
    valid_until BIGINT,
    changed_at BIGINT NOT NULL,
    deleted_at BIGINT
);

CREATE TABLE directory_channel (
    id TEXT NOT NULL PRIMARY KEY,
    tenant TEXT NOT NULL,
    owner TEXT NOT NULL,
    kind TEXT NOT NULL,
    address TEXT NOT NULL,
    settings TEXT NOT NULL,
    certificate TEXT NOT NULL,
    subject TEXT NOT NULL,
    issuer TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    not_before BIGINT,
    not_after BIGINT,
    warned BIGINT NOT NULL,
    changed_at BIGINT NOT NULL,
    deleted_at BIGINT
);

-- What delivery told about its destinations.
CREATE TABLE directory_destination (
    id TEXT NOT NULL PRIMARY KEY,
    tenant TEXT NOT NULL,
    revision BIGINT NOT NULL,
    status TEXT NOT NULL,
    name TEXT NOT NULL,
    contact TEXT NOT NULL,
    public_services TEXT NOT NULL
);
