-- Cases that somebody has taken into an account.
CREATE TABLE mailbox_claim (
    tenant TEXT NOT NULL,
    case_id TEXT NOT NULL,
    person TEXT NOT NULL,
    -- The secret of the case, encrypted with a key that only a passkey gives; absent where there is no such passkey.
    wrapped_key TEXT,
    -- Which passkey that is.
    credential TEXT,
    claimed_at BIGINT NOT NULL,
    PRIMARY KEY (case_id, person)
);
CREATE INDEX mailbox_claim_person ON mailbox_claim (person);
