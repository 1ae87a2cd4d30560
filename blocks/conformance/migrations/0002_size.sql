-- How large the file is, bytes: what a tenant keeps is bounded. Of older evidence nobody counted.
ALTER TABLE conformance_evidence ADD COLUMN size BIGINT NOT NULL DEFAULT 0;
