-- On which decision a version was made, and what it changed: how many differences, and the first of them as sentences (JSON).
-- Empty where it is not known, as for versions from before this column.
ALTER TABLE catalogue_version ADD COLUMN decision TEXT NOT NULL DEFAULT '';
ALTER TABLE catalogue_version ADD COLUMN changes TEXT NOT NULL DEFAULT '';

-- The version that a preview was made against: 0 where there was none, so that nobody's work is written over unseen.
ALTER TABLE catalogue_preview ADD COLUMN decision TEXT NOT NULL DEFAULT '';
ALTER TABLE catalogue_preview ADD COLUMN against BIGINT NOT NULL DEFAULT 0;

-- What a tenant's people say of a match between two maps: the same, or not. It can be given away as a file.
CREATE TABLE catalogue_match_decision (
    tenant TEXT NOT NULL,
    one TEXT NOT NULL,
    other TEXT NOT NULL,
    same TEXT NOT NULL,
    reason TEXT NOT NULL,
    decided_on TEXT NOT NULL,
    decided_by TEXT NOT NULL,
    PRIMARY KEY (tenant, one, other)
);
