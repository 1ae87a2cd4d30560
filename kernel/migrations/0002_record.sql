ALTER TABLE kernel_audit ADD COLUMN seq BIGINT;
ALTER TABLE kernel_audit ADD COLUMN salt BLOB;
ALTER TABLE kernel_audit ADD COLUMN actor_commitment BLOB;
ALTER TABLE kernel_audit ADD COLUMN subject_commitment BLOB;
CREATE INDEX kernel_audit_seq ON kernel_audit (seq, id);
CREATE INDEX kernel_audit_subject ON kernel_audit (subject, seq) WHERE seq IS NOT NULL;
CREATE INDEX kernel_audit_actor ON kernel_audit (actor, seq) WHERE seq IS NOT NULL;
CREATE TABLE kernel_log (
    name TEXT PRIMARY KEY,
    origin TEXT NOT NULL,
    size BIGINT NOT NULL,
    erased BIGINT NOT NULL,
    sealed_at BIGINT NOT NULL
);
CREATE TABLE kernel_tile (
    tier BIGINT NOT NULL,
    number BIGINT NOT NULL,
    hashes BLOB NOT NULL,
    PRIMARY KEY (tier, number)
);
CREATE TABLE kernel_checkpoint (
    size BIGINT PRIMARY KEY,
    at BIGINT NOT NULL,
    root TEXT NOT NULL,
    token TEXT NOT NULL
);
