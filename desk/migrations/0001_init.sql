CREATE TABLE desk_submission (
    id TEXT PRIMARY KEY,
    tenant TEXT NOT NULL,
    case_id TEXT NOT NULL,
    public_service TEXT NOT NULL,
    public_service_name TEXT NOT NULL,
    at BIGINT NOT NULL,
    state TEXT NOT NULL,
    reference TEXT NOT NULL,
    checks TEXT NOT NULL,
    problems TEXT NOT NULL,
    metadata TEXT NOT NULL,
    data_content TEXT,
    data_media TEXT,
    schema_uri TEXT,
    reply_key TEXT,
    search TEXT NOT NULL,
    log TEXT NOT NULL,
    log_at BIGINT NOT NULL,
    trouble TEXT
);
CREATE INDEX desk_submission_state ON desk_submission (tenant, state, at);
CREATE TABLE desk_attachment (
    submission_id TEXT NOT NULL,
    id TEXT NOT NULL,
    tenant TEXT NOT NULL,
    position BIGINT NOT NULL,
    name TEXT NOT NULL,
    media TEXT NOT NULL,
    size BIGINT NOT NULL,
    content TEXT NOT NULL,
    PRIMARY KEY (submission_id, id)
);
CREATE TABLE desk_reply (
    id TEXT PRIMARY KEY,
    tenant TEXT NOT NULL,
    submission_id TEXT NOT NULL,
    at BIGINT NOT NULL,
    state TEXT NOT NULL,
    subject TEXT NOT NULL,
    content TEXT NOT NULL,
    attachment_name TEXT,
    attachment_content TEXT,
    reply_id TEXT,
    read_at BIGINT,
    trouble TEXT
);
CREATE INDEX desk_reply_submission ON desk_reply (submission_id);
CREATE TABLE desk_handover (
    target TEXT NOT NULL,
    submission_id TEXT NOT NULL,
    tenant TEXT NOT NULL,
    state TEXT NOT NULL,
    attempts BIGINT NOT NULL,
    due_at BIGINT NOT NULL,
    receipt TEXT,
    receipt_at BIGINT,
    trouble TEXT,
    PRIMARY KEY (target, submission_id)
);
CREATE INDEX desk_handover_due ON desk_handover (state, due_at);
CREATE TABLE desk_schema (
    uri TEXT PRIMARY KEY,
    tenant TEXT NOT NULL,
    body TEXT NOT NULL,
    at BIGINT NOT NULL
);
