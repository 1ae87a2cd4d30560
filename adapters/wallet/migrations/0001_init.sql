CREATE TABLE wallet_request (
    request_id TEXT PRIMARY KEY,
    tenant TEXT NOT NULL,
    attempt TEXT NOT NULL,
    device TEXT NOT NULL,
    phase TEXT NOT NULL,
    state TEXT NOT NULL,
    nonce TEXT NOT NULL,
    encryption_key TEXT NOT NULL,
    code_hash TEXT NOT NULL,
    answer TEXT NOT NULL,
    tries BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    until BIGINT NOT NULL
);
CREATE INDEX wallet_request_attempt ON wallet_request (attempt, device, created_at);
CREATE INDEX wallet_request_until ON wallet_request (until);
