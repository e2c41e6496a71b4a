-- Version 3: the packs a collège keeps, what was read on the signed copy, dossiers of several machines with things to
-- do, and the missions of the school year.

CREATE TABLE pack (
    seq INTEGER PRIMARY KEY,
    -- The digest of the files: the same content is the same row, on every computer.
    id TEXT NOT NULL UNIQUE,
    pack_id TEXT NOT NULL CHECK (pack_id <> ''),
    version TEXT NOT NULL DEFAULT '',
    name TEXT NOT NULL DEFAULT '',
    departement TEXT NOT NULL DEFAULT '',
    signer TEXT,
    installed_at_ms INTEGER NOT NULL DEFAULT 0,
    -- Last, so that lists never read it.
    files TEXT NOT NULL CHECK (json_valid(files))
) STRICT;
CREATE TRIGGER pack_is_frozen BEFORE UPDATE OF id, pack_id, version, files ON pack
BEGIN SELECT raise(ABORT, 'a pack that is kept does not change'); END;

CREATE TABLE pack_key (
    seq INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    public_key TEXT NOT NULL UNIQUE CHECK (public_key <> ''),
    label TEXT NOT NULL DEFAULT '',
    trusted_at_ms INTEGER NOT NULL DEFAULT 0
) STRICT;

-- The pack each was asked under; what is older than this version does not say.
ALTER TABLE draft ADD COLUMN pack TEXT REFERENCES pack (id);
ALTER TABLE ticket ADD COLUMN pack TEXT REFERENCES pack (id);
CREATE INDEX draft_pack ON draft (pack) WHERE pack IS NOT NULL;

CREATE TABLE completion (
    seq INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    -- The pack by its own name: what was read holds for its versions to come.
    pack_id TEXT NOT NULL CHECK (pack_id <> ''),
    service TEXT NOT NULL,
    perimeter TEXT,
    activity TEXT NOT NULL,
    party TEXT NOT NULL CHECK (party <> ''),
    by_name TEXT NOT NULL DEFAULT '',
    on_date TEXT NOT NULL CHECK (on_date GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
    page TEXT NOT NULL DEFAULT '',
    created_at_ms INTEGER NOT NULL DEFAULT 0,
    batch_id TEXT REFERENCES batch (id)
) STRICT;
-- A cell says one thing.
CREATE UNIQUE INDEX completion_cell ON completion (pack_id, service, activity, ifnull(perimeter, ''));

ALTER TABLE contact ADD COLUMN contract TEXT NOT NULL DEFAULT '';

-- The machines of a dossier that concerns several; one alone is in the dossier itself.
CREATE TABLE ticket_machine (
    ticket_id TEXT NOT NULL REFERENCES ticket (id),
    equipment_id TEXT NOT NULL REFERENCES equipment (id),
    PRIMARY KEY (ticket_id, equipment_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX ticket_machine_equipment ON ticket_machine (equipment_id);

CREATE TABLE task (
    seq INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    ticket_id TEXT NOT NULL REFERENCES ticket (id),
    place INTEGER NOT NULL DEFAULT 0,
    text TEXT NOT NULL DEFAULT '',
    done_at_ms INTEGER
) STRICT;
CREATE INDEX task_ticket ON task (ticket_id, place);

CREATE TABLE mission_tick (
    point TEXT NOT NULL,
    year TEXT NOT NULL,
    done_on TEXT NOT NULL CHECK (done_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
    PRIMARY KEY (year, point)
) STRICT, WITHOUT ROWID;
