CREATE TABLE conformance_set (
    tenant TEXT NOT NULL,
    id TEXT NOT NULL,
    text TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    made_at BIGINT NOT NULL,
    removed_at BIGINT,
    PRIMARY KEY (tenant, id)
);
CREATE TABLE conformance_evidence (
    id TEXT PRIMARY KEY,
    tenant TEXT NOT NULL,
    map TEXT NOT NULL,
    element TEXT NOT NULL,
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    origin TEXT NOT NULL,
    about TEXT NOT NULL,
    answers TEXT NOT NULL,
    met BIGINT NOT NULL,
    unmet BIGINT NOT NULL,
    unknown BIGINT NOT NULL,
    worst TEXT NOT NULL,
    kept_at BIGINT NOT NULL,
    removed_at BIGINT
);
CREATE INDEX conformance_evidence_element ON conformance_evidence (map, element);
