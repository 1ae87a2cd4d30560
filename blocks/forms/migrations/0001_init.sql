-- What this block handed to delivery, so that a repeated request gets the same answer. No content, nothing personal.
CREATE TABLE forms_submission (
    tenant TEXT NOT NULL,
    -- The browser's own id of the request.
    request_id TEXT NOT NULL PRIMARY KEY,
    -- SHA-256 over the request: the same id with another content is refused.
    fingerprint TEXT NOT NULL,
    submission_id TEXT NOT NULL UNIQUE,
    case_id TEXT NOT NULL,
    destination_id TEXT NOT NULL,
    form TEXT NOT NULL,
    form_version BIGINT NOT NULL,
    region TEXT NOT NULL,
    opened_at BIGINT NOT NULL,
    submitted_at BIGINT
);
CREATE INDEX forms_submission_opened ON forms_submission (opened_at);
