-- When the client was to hear that the session is over.
ALTER TABLE identity_grant ADD COLUMN parted_at BIGINT;
CREATE INDEX identity_session_revoked ON identity_session (revoked_at);
