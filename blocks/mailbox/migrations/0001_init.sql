-- The mailbox of a case: opened with the first submission, ends when delivery no longer has the case.
CREATE TABLE mailbox_case (
    tenant TEXT NOT NULL,
    case_id TEXT NOT NULL PRIMARY KEY,
    -- In whose name delivery is asked: the sender that opened the case.
    sender TEXT NOT NULL,
    -- SHA-256 of the access token, base64url; the token itself never comes to rest here.
    access_hash TEXT NOT NULL,
    public_key TEXT NOT NULL,
    wrapped_key TEXT NOT NULL,
    -- Counts what a reader could have missed.
    version BIGINT NOT NULL,
    last_event TEXT NOT NULL,
    opened_at BIGINT NOT NULL,
    checked_at BIGINT NOT NULL,
    -- Since when delivery has not known the case any more.
    missing_since BIGINT
);
CREATE INDEX mailbox_case_checked ON mailbox_case (checked_at);

CREATE TABLE mailbox_message (
    tenant TEXT NOT NULL,
    message_id TEXT NOT NULL PRIMARY KEY,
    case_id TEXT NOT NULL,
    arrived_at BIGINT NOT NULL,
    size BIGINT NOT NULL,
    read_at BIGINT
);
CREATE INDEX mailbox_message_case ON mailbox_message (case_id, arrived_at);
