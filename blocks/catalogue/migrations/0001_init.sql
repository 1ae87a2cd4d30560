-- A map that a tenant keeps. Its content stands in its versions; `version` is the one that counts.
CREATE TABLE catalogue_map (
    tenant TEXT NOT NULL,
    id TEXT NOT NULL,
    version BIGINT NOT NULL,
    made_at BIGINT NOT NULL,
    changed_at BIGINT NOT NULL,
    published_at BIGINT,
    deleted_at BIGINT,
    PRIMARY KEY (tenant, id)
);

-- What a map said at a time. Columns beside the text are for lists, so that no text is read for them.
CREATE TABLE catalogue_version (
    tenant TEXT NOT NULL,
    map TEXT NOT NULL,
    number BIGINT NOT NULL,
    sha256 TEXT NOT NULL,
    content TEXT NOT NULL,
    title_de TEXT NOT NULL,
    title_en TEXT NOT NULL,
    publisher TEXT,
    licence TEXT,
    as_of TEXT,
    elements BIGINT NOT NULL,
    standards BIGINT NOT NULL,
    made_at BIGINT NOT NULL,
    made_by TEXT NOT NULL,
    note TEXT NOT NULL,
    PRIMARY KEY (tenant, map, number)
);

-- A file that was read and shown to whoever loaded it, and is not in force.
CREATE TABLE catalogue_preview (
    id TEXT NOT NULL PRIMARY KEY,
    tenant TEXT NOT NULL,
    file_name TEXT NOT NULL,
    content TEXT NOT NULL,
    notes TEXT NOT NULL,
    note TEXT NOT NULL,
    made_at BIGINT NOT NULL,
    made_by TEXT NOT NULL
);

CREATE INDEX catalogue_preview_made ON catalogue_preview (made_at);
