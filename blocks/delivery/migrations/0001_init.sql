CREATE TABLE delivery_case (
    id                  TEXT PRIMARY KEY,
    tenant              TEXT NOT NULL,
    -- Where its first submission went, and who sent it.
    destination         TEXT NOT NULL,
    sender              TEXT NOT NULL,
    public_service      TEXT NOT NULL,
    public_service_name TEXT NOT NULL,
    opened_at           BIGINT NOT NULL,
    changed_at          BIGINT NOT NULL,
    -- How many events its log has; taking the next number also takes the turn of the case.
    events              BIGINT NOT NULL
);
CREATE INDEX delivery_case_changed ON delivery_case (changed_at);

CREATE TABLE delivery_submission (
    id                  TEXT PRIMARY KEY,
    tenant              TEXT NOT NULL,
    case_id             TEXT NOT NULL,
    destination         TEXT NOT NULL,
    sender              TEXT NOT NULL,
    -- incomplete, submitted, forwarded, accepted, rejected, deleted
    state               TEXT NOT NULL,
    public_service      TEXT NOT NULL,
    public_service_name TEXT NOT NULL,
    public_service_description TEXT,
    callback_url        TEXT,
    callback_secret     TEXT,
    -- The sender's own id of the request that opened it, where it gave one.
    request_id          TEXT,
    created_at          BIGINT NOT NULL,
    -- 0 until it was sent off.
    submitted_at        BIGINT NOT NULL,
    changed_at          BIGINT NOT NULL,
    -- How often the destination was reminded.
    reminded            BIGINT NOT NULL
);
CREATE UNIQUE INDEX delivery_submission_request ON delivery_submission (sender, request_id);
CREATE INDEX delivery_submission_waiting ON delivery_submission (destination, submitted_at, id)
    WHERE state IN ('submitted', 'forwarded');
CREATE INDEX delivery_submission_destination ON delivery_submission (destination, created_at);
CREATE INDEX delivery_submission_case ON delivery_submission (case_id);
CREATE INDEX delivery_submission_state ON delivery_submission (state, changed_at);

CREATE TABLE delivery_reply (
    id           TEXT PRIMARY KEY,
    tenant       TEXT NOT NULL,
    case_id      TEXT NOT NULL,
    destination  TEXT NOT NULL,
    -- The client that writes it, and the sender of the case, who reads it.
    author       TEXT NOT NULL,
    reader       TEXT NOT NULL,
    -- incomplete, submitted, accepted, rejected, deleted
    state        TEXT NOT NULL,
    request_id   TEXT,
    created_at   BIGINT NOT NULL,
    submitted_at BIGINT NOT NULL,
    changed_at   BIGINT NOT NULL,
    reminded     BIGINT NOT NULL
);
CREATE UNIQUE INDEX delivery_reply_request ON delivery_reply (author, request_id);
CREATE INDEX delivery_reply_reader ON delivery_reply (reader, state, submitted_at, id);
CREATE INDEX delivery_reply_case ON delivery_reply (case_id);
CREATE INDEX delivery_reply_state ON delivery_reply (state, changed_at);

-- Attachments of submissions and replies: announced first, filled later.
CREATE TABLE delivery_attachment (
    owner    TEXT NOT NULL,
    id       TEXT NOT NULL,
    tenant   TEXT NOT NULL,
    position BIGINT NOT NULL,
    -- Where its content lies; empty until it has arrived.
    content  TEXT NOT NULL,
    -- The authentication tag of its JWE.
    tag      TEXT NOT NULL,
    size     BIGINT NOT NULL,
    PRIMARY KEY (owner, id)
);
CREATE INDEX delivery_attachment_content ON delivery_attachment (content);

-- What was sent off, apart from the rows that lists read.
CREATE TABLE delivery_content (
    owner    TEXT PRIMARY KEY,
    tenant   TEXT NOT NULL,
    -- Compact JWEs; empty after deletion.
    metadata TEXT NOT NULL,
    data     TEXT,
    -- SHA-256 over both, so that a repeated request can be told from another one.
    digest   TEXT NOT NULL,
    -- The authentication tags as JSON.
    tags     TEXT NOT NULL
);

-- The log of a case. Only an empty token is ever changed: into the signed one.
CREATE TABLE delivery_event (
    case_id  TEXT NOT NULL,
    position BIGINT NOT NULL,
    tenant   TEXT NOT NULL,
    jti      TEXT NOT NULL,
    at       BIGINT NOT NULL,
    kind     TEXT NOT NULL,
    subject  TEXT NOT NULL,
    issuer   TEXT NOT NULL,
    claims   TEXT NOT NULL,
    -- The compact JWS, byte for byte; empty while the node has yet to sign it.
    token    TEXT NOT NULL,
    PRIMARY KEY (case_id, position)
);
CREATE UNIQUE INDEX delivery_event_jti ON delivery_event (jti);
CREATE INDEX delivery_event_subject ON delivery_event (subject);
CREATE INDEX delivery_event_unsigned ON delivery_event (at) WHERE token = '';
