-- Version 2: acts on many rows that can be undone, files and loans of the equipment, purchases, stock checks, the
-- views and columns a person chose.

CREATE TABLE batch (
    seq INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL DEFAULT '',
    label TEXT NOT NULL DEFAULT '',
    at_ms INTEGER NOT NULL DEFAULT 0,
    undone_at_ms INTEGER
) STRICT;

ALTER TABLE journal ADD COLUMN batch_id TEXT REFERENCES batch (id);
CREATE INDEX journal_batch ON journal (batch_id, table_name, row_id, id) WHERE batch_id IS NOT NULL;

CREATE TABLE purchase (
    seq INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    title TEXT NOT NULL DEFAULT '' COLLATE NOCASE,
    kind TEXT NOT NULL DEFAULT '' COLLATE NOCASE,
    quantity INTEGER NOT NULL DEFAULT 1,
    supplier TEXT NOT NULL DEFAULT '' COLLATE NOCASE,
    amount_cents INTEGER,
    reason TEXT NOT NULL DEFAULT '',
    user_line TEXT NOT NULL DEFAULT '',
    state TEXT NOT NULL DEFAULT 'projet' CHECK (state IN (
        'projet', 'validation-demandee', 'validee', 'refusee', 'commandee', 'recue', 'enregistree', 'maintenue',
        'abandonnee'
    )),
    created_at_ms INTEGER NOT NULL DEFAULT 0,
    updated_at_ms INTEGER NOT NULL DEFAULT 0,
    -- Maintained, refused and given up are the three ends.
    live INTEGER NOT NULL GENERATED ALWAYS AS (state NOT IN ('maintenue', 'refusee', 'abandonnee')) VIRTUAL
) STRICT;
CREATE INDEX purchase_updated ON purchase (updated_at_ms);
CREATE INDEX purchase_live ON purchase (live, updated_at_ms);

-- The batch that made the row: an import of thousands says so in the rows themselves, which costs next to nothing.
ALTER TABLE equipment ADD COLUMN batch_id TEXT REFERENCES batch (id);
ALTER TABLE contact ADD COLUMN batch_id TEXT REFERENCES batch (id);
ALTER TABLE room ADD COLUMN batch_id TEXT REFERENCES batch (id);

ALTER TABLE equipment ADD COLUMN purchase_id TEXT REFERENCES purchase (id);
CREATE INDEX equipment_purchase ON equipment (purchase_id) WHERE purchase_id IS NOT NULL;
CREATE INDEX equipment_brand ON equipment (brand, model);
CREATE INDEX equipment_model ON equipment (model);
CREATE INDEX equipment_price ON equipment (price_cents);
DROP INDEX equipment_room;
CREATE INDEX equipment_room ON equipment (room_id, kind);
-- Everything the facets count, read from end to end without the rows themselves.
CREATE INDEX equipment_facets ON equipment (
    state, funding, family, kind, user_line, room_id, validated, bought_on, warranty_on, serial
);
CREATE INDEX draft_room ON draft (room_id) WHERE room_id IS NOT NULL;

CREATE TABLE loan (
    seq INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    equipment_id TEXT NOT NULL REFERENCES equipment (id),
    -- The name as written outlives the contact.
    contact_id TEXT REFERENCES contact (id) ON DELETE SET NULL,
    borrower TEXT NOT NULL CHECK (borrower <> ''),
    from_on TEXT NOT NULL CHECK (from_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
    due_on TEXT,
    returned_on TEXT,
    state_out TEXT NOT NULL DEFAULT '',
    state_in TEXT NOT NULL DEFAULT '',
    accessories TEXT NOT NULL DEFAULT '',
    notes TEXT NOT NULL DEFAULT '',
    state_before TEXT NOT NULL DEFAULT '',
    created_at_ms INTEGER NOT NULL DEFAULT 0,
    updated_at_ms INTEGER NOT NULL DEFAULT 0,
    CHECK (due_on IS NULL OR due_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
    CHECK (returned_on IS NULL OR returned_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]')
) STRICT;
-- A machine is in one pair of hands at a time.
CREATE UNIQUE INDEX loan_open ON loan (equipment_id) WHERE returned_on IS NULL;
CREATE INDEX loan_equipment ON loan (equipment_id, from_on);
CREATE INDEX loan_contact ON loan (contact_id) WHERE contact_id IS NOT NULL;
CREATE INDEX loan_from ON loan (from_on);
CREATE INDEX loan_out ON loan (from_on) WHERE returned_on IS NULL;
CREATE INDEX loan_due ON loan (due_on) WHERE returned_on IS NULL;

CREATE TABLE document (
    seq INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    equipment_id TEXT REFERENCES equipment (id),
    purchase_id TEXT REFERENCES purchase (id),
    loan_id TEXT REFERENCES loan (id),
    kind TEXT NOT NULL DEFAULT 'autre',
    name TEXT NOT NULL DEFAULT '',
    media_type TEXT NOT NULL DEFAULT '',
    size INTEGER NOT NULL DEFAULT 0,
    sha256 TEXT NOT NULL DEFAULT '',
    created_at_ms INTEGER NOT NULL DEFAULT 0,
    -- Last, so that lists never read it.
    content BLOB NOT NULL DEFAULT x'',
    CHECK ((equipment_id IS NOT NULL) + (purchase_id IS NOT NULL) + (loan_id IS NOT NULL) = 1)
) STRICT;
CREATE INDEX document_equipment ON document (equipment_id) WHERE equipment_id IS NOT NULL;
CREATE INDEX document_purchase ON document (purchase_id) WHERE purchase_id IS NOT NULL;
CREATE INDEX document_loan ON document (loan_id) WHERE loan_id IS NOT NULL;

CREATE TABLE purchase_step (
    seq INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    purchase_id TEXT NOT NULL REFERENCES purchase (id),
    -- Checked where it arrives: in the purchase.
    state TEXT NOT NULL,
    on_date TEXT NOT NULL CHECK (on_date GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
    note TEXT NOT NULL DEFAULT '',
    ticket_id TEXT REFERENCES ticket (id),
    document_id TEXT REFERENCES document (id) ON DELETE SET NULL,
    created_at_ms INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX purchase_step_purchase ON purchase_step (purchase_id);
CREATE INDEX purchase_step_ticket ON purchase_step (ticket_id) WHERE ticket_id IS NOT NULL;
CREATE INDEX purchase_step_document ON purchase_step (document_id) WHERE document_id IS NOT NULL;

CREATE TABLE stock_check (
    seq INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    title TEXT NOT NULL DEFAULT '',
    state TEXT NOT NULL DEFAULT 'en-cours' CHECK (state IN ('en-cours', 'applique', 'abandonne')),
    batch_id TEXT REFERENCES batch (id),
    created_at_ms INTEGER NOT NULL DEFAULT 0,
    updated_at_ms INTEGER NOT NULL DEFAULT 0,
    applied_at_ms INTEGER
) STRICT;

CREATE TABLE stock_check_room (
    check_id TEXT NOT NULL REFERENCES stock_check (id),
    room_id TEXT NOT NULL REFERENCES room (id),
    PRIMARY KEY (check_id, room_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX stock_check_room_room ON stock_check_room (room_id);

CREATE TABLE sighting (
    seq INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    check_id TEXT NOT NULL REFERENCES stock_check (id),
    room_id TEXT NOT NULL REFERENCES room (id),
    equipment_id TEXT REFERENCES equipment (id),
    mark TEXT NOT NULL DEFAULT '' COLLATE NOCASE,
    at_ms INTEGER NOT NULL DEFAULT 0
) STRICT;
-- A machine stands in one room; a mark nobody knows is noted once in each.
CREATE UNIQUE INDEX sighting_known ON sighting (check_id, equipment_id) WHERE equipment_id IS NOT NULL;
CREATE UNIQUE INDEX sighting_unknown ON sighting (check_id, room_id, mark) WHERE equipment_id IS NULL;
CREATE INDEX sighting_check ON sighting (check_id);
CREATE INDEX sighting_equipment ON sighting (equipment_id) WHERE equipment_id IS NOT NULL;
CREATE INDEX sighting_room ON sighting (room_id);

CREATE TABLE saved_view (
    seq INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    place TEXT NOT NULL DEFAULT '',
    name TEXT NOT NULL COLLATE NOCASE CHECK (name <> ''),
    query TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(query)),
    created_at_ms INTEGER NOT NULL DEFAULT 0,
    UNIQUE (place, name)
) STRICT;

CREATE TABLE mapping (
    kind TEXT NOT NULL,
    signature TEXT NOT NULL,
    mapping TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(mapping)),
    used_at_ms INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (kind, signature)
) STRICT, WITHOUT ROWID;

-- A register comes in by thousands of rows, and nine lists of prefixes took three times as long as the rows
-- themselves. Without any, the beginning of a word is still found among 20,000 machines in a few milliseconds; the
-- other tables grow by ones and keep theirs. Words are written in pieces that fit a processor's cache, and merged eight by eight. The
-- words come back with the end of the migration.
DROP TABLE equipment_search;
CREATE VIRTUAL TABLE equipment_search USING fts5 (
    words, content = '', contentless_delete = 1, detail = none, tokenize = "ascii tokenchars '.-_/:'"
);
INSERT INTO equipment_search (equipment_search, rank) VALUES ('hashsize', 262144);
INSERT INTO equipment_search (equipment_search, rank) VALUES ('automerge', 8);
