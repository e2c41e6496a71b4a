CREATE INDEX attachment_draft ON attachment (draft_id) WHERE draft_id IS NOT NULL;
CREATE INDEX attachment_ticket ON attachment (ticket_id) WHERE ticket_id IS NOT NULL;
CREATE UNIQUE INDEX completion_cell ON completion (pack_id, service, activity, ifnull(perimeter, ''));
CREATE INDEX contact_name ON contact (last_name, first_name);
CREATE INDEX counterpart_followed ON counterpart (destination_id, number) WHERE by_hand = 1;
CREATE INDEX counterpart_number ON counterpart (destination_id, number) WHERE number IS NOT NULL;
CREATE INDEX counterpart_remote ON counterpart (destination_id, remote_id) WHERE remote_id IS NOT NULL;
CREATE INDEX document_equipment ON document (equipment_id) WHERE equipment_id IS NOT NULL;
CREATE INDEX document_loan ON document (loan_id) WHERE loan_id IS NOT NULL;
CREATE INDEX document_purchase ON document (purchase_id) WHERE purchase_id IS NOT NULL;
CREATE INDEX draft_discarded ON draft (discarded_at_ms) WHERE discarded_at_ms IS NOT NULL;
CREATE INDEX draft_equipment ON draft (equipment_id) WHERE equipment_id IS NOT NULL;
CREATE INDEX draft_live ON draft (updated_at_ms) WHERE discarded_at_ms IS NULL;
CREATE INDEX draft_pack ON draft (pack) WHERE pack IS NOT NULL;
CREATE INDEX draft_room ON draft (room_id) WHERE room_id IS NOT NULL;
CREATE INDEX equipment_bought ON equipment (bought_on);
CREATE INDEX equipment_brand ON equipment (brand, model);
CREATE INDEX equipment_facets ON equipment (
    state, funding, family, kind, user_line, room_id, validated, bought_on, warranty_on, serial
);
CREATE INDEX equipment_family ON equipment (family, kind, brand, model);
CREATE INDEX equipment_funding ON equipment (funding, validated);
CREATE INDEX equipment_host ON equipment (host_name);
CREATE INDEX equipment_inventory ON equipment (inventory_number);
CREATE INDEX equipment_kind ON equipment (kind, brand, model);
CREATE INDEX equipment_model ON equipment (model);
CREATE INDEX equipment_price ON equipment (price_cents);
CREATE INDEX equipment_purchase ON equipment (purchase_id) WHERE purchase_id IS NOT NULL;
CREATE INDEX equipment_room ON equipment (room_id, kind);
CREATE INDEX equipment_serial ON equipment (serial);
CREATE INDEX equipment_state ON equipment (state);
CREATE INDEX equipment_updated ON equipment (updated_at_ms);
CREATE INDEX equipment_user ON equipment (user_line);
CREATE INDEX equipment_warranty ON equipment (warranty_on, state);
CREATE INDEX event_mail ON event (mail_id) WHERE mail_id IS NOT NULL;
CREATE INDEX event_ticket ON event (ticket_id, at_ms);
CREATE INDEX journal_batch ON journal (batch_id, table_name, row_id, id) WHERE batch_id IS NOT NULL;
CREATE INDEX journal_row ON journal (table_name, row_id, id);
CREATE INDEX loan_contact ON loan (contact_id) WHERE contact_id IS NOT NULL;
CREATE INDEX loan_due ON loan (due_on) WHERE returned_on IS NULL;
CREATE INDEX loan_equipment ON loan (equipment_id, from_on);
CREATE INDEX loan_from ON loan (from_on);
CREATE UNIQUE INDEX loan_open ON loan (equipment_id) WHERE returned_on IS NULL;
CREATE INDEX loan_out ON loan (from_on) WHERE returned_on IS NULL;
CREATE INDEX mail_ticket ON mail (ticket_id, at_ms) WHERE ticket_id IS NOT NULL;
CREATE INDEX mail_unfiled ON mail (at_ms) WHERE ticket_id IS NULL AND handled_at_ms IS NULL;
CREATE INDEX outbox_destination ON outbox (destination_id, state, next_try_at_ms);
CREATE INDEX outbox_event ON outbox (event_id) WHERE event_id IS NOT NULL;
CREATE INDEX outbox_lane ON outbox (ticket_id, destination_id, id) WHERE state NOT IN ('accepte', 'retire');
CREATE INDEX outbox_state ON outbox (state, next_try_at_ms);
CREATE INDEX outbox_ticket ON outbox (ticket_id, id);
CREATE INDEX purchase_live ON purchase (live, updated_at_ms);
CREATE INDEX purchase_step_document ON purchase_step (document_id) WHERE document_id IS NOT NULL;
CREATE INDEX purchase_step_purchase ON purchase_step (purchase_id);
CREATE INDEX purchase_step_ticket ON purchase_step (ticket_id) WHERE ticket_id IS NOT NULL;
CREATE INDEX purchase_updated ON purchase (updated_at_ms);
CREATE INDEX sighting_check ON sighting (check_id);
CREATE INDEX sighting_equipment ON sighting (equipment_id) WHERE equipment_id IS NOT NULL;
CREATE UNIQUE INDEX sighting_known ON sighting (check_id, equipment_id) WHERE equipment_id IS NOT NULL;
CREATE INDEX sighting_room ON sighting (room_id);
CREATE UNIQUE INDEX sighting_unknown ON sighting (check_id, room_id, mark) WHERE equipment_id IS NULL;
CREATE INDEX stock_check_room_room ON stock_check_room (room_id);
CREATE INDEX task_ticket ON task (ticket_id, place);
CREATE INDEX ticket_equipment ON ticket (equipment_id, live, updated_at_ms);
CREATE INDEX ticket_live ON ticket (live, updated_at_ms);
CREATE INDEX ticket_machine_equipment ON ticket_machine (equipment_id);
CREATE INDEX ticket_number ON ticket (number) WHERE number IS NOT NULL;
CREATE INDEX ticket_party ON ticket (party, live, updated_at_ms);
CREATE INDEX ticket_room ON ticket (room_id, live, updated_at_ms);
CREATE INDEX ticket_updated ON ticket (updated_at_ms);
CREATE INDEX ticket_waiting ON ticket (live, waiting_on_me, updated_at_ms);
CREATE TABLE attachment (
    seq INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    ticket_id TEXT REFERENCES ticket (id),
    draft_id TEXT REFERENCES draft (id),
    name TEXT NOT NULL DEFAULT '',
    media_type TEXT NOT NULL DEFAULT '',
    size INTEGER NOT NULL DEFAULT 0,
    sha256 TEXT NOT NULL DEFAULT '',
    created_at_ms INTEGER NOT NULL DEFAULT 0,
    -- Last, so that lists never read it.
    content BLOB NOT NULL DEFAULT x'',
    -- It belongs to a draft until the draft becomes a ticket.
    CHECK ((ticket_id IS NULL) <> (draft_id IS NULL))
) STRICT;
CREATE TABLE batch (
    seq INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL DEFAULT '',
    label TEXT NOT NULL DEFAULT '',
    at_ms INTEGER NOT NULL DEFAULT 0,
    undone_at_ms INTEGER
) STRICT;
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
CREATE TABLE contact (
    seq INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    first_name TEXT NOT NULL DEFAULT '' COLLATE NOCASE,
    last_name TEXT NOT NULL DEFAULT '' COLLATE NOCASE,
    role TEXT NOT NULL DEFAULT '',
    organisation TEXT NOT NULL DEFAULT '',
    title TEXT NOT NULL DEFAULT '',
    phone TEXT NOT NULL DEFAULT '',
    email TEXT NOT NULL DEFAULT '',
    hours TEXT NOT NULL DEFAULT '',
    call_for TEXT NOT NULL DEFAULT '',
    services TEXT NOT NULL DEFAULT '',
    arrived_on TEXT,
    left_on TEXT,
    created_at_ms INTEGER NOT NULL DEFAULT 0,
    updated_at_ms INTEGER NOT NULL DEFAULT 0
, batch_id TEXT REFERENCES batch (id), contract TEXT NOT NULL DEFAULT '') STRICT;
CREATE VIRTUAL TABLE contact_search USING fts5 (
    words, content = '', contentless_delete = 1, detail = none, prefix = '2 3 4 5 6 7 8 9 10',
    tokenize = "ascii tokenchars '.-_/:'"
);
CREATE TABLE counterpart (
    ticket_id TEXT NOT NULL REFERENCES ticket (id),
    destination_id TEXT NOT NULL REFERENCES destination (id),
    number TEXT CHECK (number <> ''),
    -- The destination's own identity of it, where that is not its number.
    remote_id TEXT CHECK (remote_id <> ''),
    -- The destination's own word; the state is what it means here.
    status TEXT,
    state TEXT CHECK (state IN ('ouvert', 'attend', 'resolu', 'ferme', 'annule')),
    subject_tag TEXT,
    by_hand INTEGER NOT NULL DEFAULT 0 CHECK (by_hand IN (0, 1)),
    modified_ms INTEGER,
    PRIMARY KEY (ticket_id, destination_id)
) STRICT, WITHOUT ROWID;
CREATE TABLE destination (
    seq INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    position INTEGER NOT NULL DEFAULT 0,
    name TEXT NOT NULL DEFAULT '',
    kind TEXT NOT NULL CHECK (kind IN ('remedy', 'mail', 'glpi', 'manuel')),
    -- How it is reached. No secret: this travels in a handover.
    settings TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(settings)),
    -- What its form takes, as it said itself.
    form TEXT CHECK (form IS NULL OR json_valid(form)),
    pull_mark TEXT,
    pulled_at_ms INTEGER,
    removed_at_ms INTEGER
) STRICT;
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
CREATE TABLE draft (
    seq INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    pack_version TEXT NOT NULL DEFAULT '',
    title TEXT NOT NULL DEFAULT '',
    started TEXT NOT NULL DEFAULT '',
    answers TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(answers)),
    equipment_id TEXT REFERENCES equipment (id) ON DELETE SET NULL,
    room_id TEXT REFERENCES room (id) ON DELETE SET NULL,
    created_at_ms INTEGER NOT NULL DEFAULT 0,
    updated_at_ms INTEGER NOT NULL DEFAULT 0,
    discarded_at_ms INTEGER
, pack TEXT REFERENCES pack (id)) STRICT;
CREATE VIRTUAL TABLE draft_search USING fts5 (
    words, content = '', contentless_delete = 1, detail = none, prefix = '2 3 4 5 6 7 8 9 10',
    tokenize = "ascii tokenchars '.-_/:'"
);
CREATE TABLE equipment (
    seq INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL DEFAULT '' COLLATE NOCASE,
    family TEXT NOT NULL DEFAULT '',
    brand TEXT NOT NULL DEFAULT '' COLLATE NOCASE,
    model TEXT NOT NULL DEFAULT '' COLLATE NOCASE,
    serial TEXT NOT NULL DEFAULT '' COLLATE NOCASE,
    inventory_number TEXT NOT NULL DEFAULT '' COLLATE NOCASE,
    host_name TEXT NOT NULL DEFAULT '' COLLATE NOCASE,
    ip TEXT NOT NULL DEFAULT '',
    mac TEXT NOT NULL DEFAULT '' COLLATE NOCASE,
    room_id TEXT REFERENCES room (id),
    user_line TEXT NOT NULL DEFAULT '',
    funding TEXT NOT NULL DEFAULT '',
    bought_on TEXT,
    price_cents INTEGER,
    order_ref TEXT NOT NULL DEFAULT '',
    invoice_ref TEXT NOT NULL DEFAULT '',
    warranty_on TEXT,
    warranty_kind TEXT NOT NULL DEFAULT '',
    validated INTEGER NOT NULL DEFAULT 0 CHECK (validated IN (0, 1)),
    state TEXT NOT NULL DEFAULT 'en-service',
    notes TEXT NOT NULL DEFAULT '',
    created_at_ms INTEGER NOT NULL DEFAULT 0,
    updated_at_ms INTEGER NOT NULL DEFAULT 0, batch_id TEXT REFERENCES batch (id), purchase_id TEXT REFERENCES purchase (id),
    CHECK (bought_on IS NULL OR bought_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
    CHECK (warranty_on IS NULL OR warranty_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]')
) STRICT;
CREATE VIRTUAL TABLE equipment_search USING fts5 (
    words, content = '', contentless_delete = 1, detail = none, tokenize = "ascii tokenchars '.-_/:'"
);
CREATE TABLE event (
    seq INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    ticket_id TEXT NOT NULL REFERENCES ticket (id),
    at_ms INTEGER NOT NULL DEFAULT 0,
    author TEXT NOT NULL DEFAULT '',
    kind TEXT NOT NULL CHECK (kind IN ('creation', 'note', 'statut', 'resolution', 'envoi', 'appel')),
    text TEXT NOT NULL DEFAULT '',
    remote_id TEXT, destination_id TEXT REFERENCES destination (id), mail_id TEXT REFERENCES mail (id),
    UNIQUE (ticket_id, remote_id)
) STRICT;
CREATE TABLE journal (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    at_ms INTEGER NOT NULL DEFAULT 0,
    table_name TEXT NOT NULL DEFAULT '',
    row_id TEXT NOT NULL DEFAULT '',
    act TEXT NOT NULL DEFAULT '',
    old TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(old))
, batch_id TEXT REFERENCES batch (id)) STRICT;
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
CREATE TABLE mail (
    seq INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    destination_id TEXT NOT NULL REFERENCES destination (id),
    -- NULL: nothing says yet whose it is.
    ticket_id TEXT REFERENCES ticket (id),
    direction TEXT NOT NULL CHECK (direction IN ('entrant', 'sortant')),
    message_id TEXT NOT NULL CHECK (message_id <> ''),
    in_reply_to TEXT,
    subject TEXT NOT NULL DEFAULT '',
    sender TEXT NOT NULL DEFAULT '',
    at_ms INTEGER NOT NULL DEFAULT 0,
    kind TEXT NOT NULL DEFAULT 'message' CHECK (kind IN ('message', 'accuse', 'automatique', 'boucle')),
    handled_at_ms INTEGER,
    -- Last, so that lists never read it.
    raw BLOB NOT NULL DEFAULT x'',
    UNIQUE (destination_id, direction, message_id)
) STRICT;
CREATE TABLE mapping (
    kind TEXT NOT NULL,
    signature TEXT NOT NULL,
    mapping TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(mapping)),
    used_at_ms INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (kind, signature)
) STRICT, WITHOUT ROWID;
CREATE TABLE mission_tick (
    point TEXT NOT NULL,
    year TEXT NOT NULL,
    done_on TEXT NOT NULL CHECK (done_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
    PRIMARY KEY (year, point)
) STRICT, WITHOUT ROWID;
CREATE TABLE outbox (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    ticket_id TEXT NOT NULL REFERENCES ticket (id),
    destination_id TEXT NOT NULL REFERENCES destination (id),
    operation TEXT NOT NULL
        CHECK (operation IN ('creation', 'note', 'piece-jointe', 'accepter', 'refuser', 'annuler')),
    -- What it tells of the timeline, or relays from another destination.
    event_id TEXT REFERENCES event (id),
    identity TEXT NOT NULL UNIQUE,
    reference TEXT NOT NULL DEFAULT '',
    payload TEXT NOT NULL CHECK (json_valid(payload)),
    payload_version INTEGER NOT NULL DEFAULT 1,
    state TEXT NOT NULL DEFAULT 'pret'
        CHECK (state IN ('pret', 'envoi', 'accepte', 'refuse', 'incertain', 'retire')),
    attempts INTEGER NOT NULL DEFAULT 0,
    maybe_sent INTEGER NOT NULL DEFAULT 0 CHECK (maybe_sent IN (0, 1)),
    uncertain_since_ms INTEGER,
    last_attempt_at_ms INTEGER,
    next_try_at_ms INTEGER,
    proof_number TEXT,
    proof_remote_id TEXT,
    proof_at_ms INTEGER,
    reason_code TEXT,
    reason TEXT,
    created_at_ms INTEGER NOT NULL DEFAULT 0,
    updated_at_ms INTEGER NOT NULL DEFAULT 0,
    -- Accepted is a statement about the platform: it needs a name that the platform knows it by.
    CHECK (
        state <> 'accepte'
        OR (proof_at_ms IS NOT NULL AND (proof_number IS NOT NULL OR proof_remote_id IS NOT NULL))
    )
) STRICT;
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
CREATE TABLE pack_key (
    seq INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    public_key TEXT NOT NULL UNIQUE CHECK (public_key <> ''),
    label TEXT NOT NULL DEFAULT '',
    trusted_at_ms INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE TABLE profile (
    singleton INTEGER PRIMARY KEY CHECK (singleton = 1),
    college TEXT NOT NULL DEFAULT '',
    commune TEXT NOT NULL DEFAULT '',
    cite_scolaire INTEGER NOT NULL DEFAULT 0 CHECK (cite_scolaire IN (0, 1)),
    region_maintains INTEGER CHECK (region_maintains IN (0, 1)),
    role TEXT NOT NULL DEFAULT 'correspondant' CHECK (role IN ('correspondant', 'gestionnaire')),
    first_name TEXT NOT NULL DEFAULT '',
    last_name TEXT NOT NULL DEFAULT '',
    phone TEXT NOT NULL DEFAULT '',
    email TEXT NOT NULL DEFAULT '',
    created_at_ms INTEGER NOT NULL DEFAULT 0
) STRICT;
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
CREATE TABLE room (
    seq INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    code TEXT NOT NULL UNIQUE COLLATE NOCASE CHECK (code <> ''),
    name TEXT NOT NULL DEFAULT '',
    building TEXT NOT NULL DEFAULT '',
    floor TEXT NOT NULL DEFAULT '',
    usage TEXT NOT NULL DEFAULT ''
, batch_id TEXT REFERENCES batch (id)) STRICT;
CREATE TABLE saved_view (
    seq INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    place TEXT NOT NULL DEFAULT '',
    name TEXT NOT NULL COLLATE NOCASE CHECK (name <> ''),
    query TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(query)),
    created_at_ms INTEGER NOT NULL DEFAULT 0,
    UNIQUE (place, name)
) STRICT;
CREATE TABLE setting (
    key TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL DEFAULT ''
) STRICT, WITHOUT ROWID;
CREATE TABLE sighting (
    seq INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    check_id TEXT NOT NULL REFERENCES stock_check (id),
    room_id TEXT NOT NULL REFERENCES room (id),
    equipment_id TEXT REFERENCES equipment (id),
    mark TEXT NOT NULL DEFAULT '' COLLATE NOCASE,
    at_ms INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE TABLE sqlite_sequence(name,seq);
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
CREATE TABLE task (
    seq INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    ticket_id TEXT NOT NULL REFERENCES ticket (id),
    place INTEGER NOT NULL DEFAULT 0,
    text TEXT NOT NULL DEFAULT '',
    done_at_ms INTEGER
) STRICT;
CREATE TABLE ticket (
    seq INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    reference TEXT UNIQUE,
    number TEXT,
    title TEXT NOT NULL DEFAULT '',
    description TEXT NOT NULL DEFAULT '',
    service TEXT NOT NULL DEFAULT '',
    activity TEXT NOT NULL DEFAULT '',
    nature TEXT NOT NULL DEFAULT '',
    perimeter TEXT,
    party TEXT NOT NULL DEFAULT '',
    basis TEXT NOT NULL DEFAULT '',
    source TEXT,
    channel TEXT NOT NULL DEFAULT '',
    impact TEXT NOT NULL DEFAULT '',
    urgency TEXT NOT NULL DEFAULT '',
    equipment_id TEXT REFERENCES equipment (id),
    room_id TEXT REFERENCES room (id),
    state TEXT NOT NULL DEFAULT 'ouvert' CHECK (state IN ('ouvert', 'resolu', 'ferme', 'annule')),
    platform_status TEXT,
    waiting_on_me INTEGER NOT NULL DEFAULT 0 CHECK (waiting_on_me IN (0, 1)),
    pack_version TEXT NOT NULL DEFAULT '',
    answers TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(answers)),
    summary TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(summary)),
    created_at_ms INTEGER NOT NULL DEFAULT 0,
    updated_at_ms INTEGER NOT NULL DEFAULT 0,
    closed_at_ms INTEGER,
    -- Resolved still asks for a yes or a no: the dossier is closed only afterwards.
    live INTEGER NOT NULL GENERATED ALWAYS AS (state IN ('ouvert', 'resolu')) VIRTUAL
, pack TEXT REFERENCES pack (id), origin TEXT NOT NULL DEFAULT 'relais' CHECK (origin IN ('relais', 'plateforme'))) STRICT;
CREATE TABLE ticket_machine (
    ticket_id TEXT NOT NULL REFERENCES ticket (id),
    equipment_id TEXT NOT NULL REFERENCES equipment (id),
    PRIMARY KEY (ticket_id, equipment_id)
) STRICT, WITHOUT ROWID;
CREATE VIRTUAL TABLE ticket_search USING fts5 (
    words, content = '', contentless_delete = 1, detail = none, prefix = '2 3 4 5 6 7 8 9 10',
    tokenize = "ascii tokenchars '.-_/:'"
);
CREATE TRIGGER event_is_append_only BEFORE UPDATE ON event
BEGIN SELECT raise(ABORT, 'the timeline is append-only'); END;
CREATE TRIGGER event_stays BEFORE DELETE ON event
BEGIN SELECT raise(ABORT, 'the timeline is append-only'); END;
CREATE TRIGGER outbox_is_frozen BEFORE UPDATE ON outbox
WHEN new.identity <> old.identity OR new.reference <> old.reference
    OR new.ticket_id <> old.ticket_id OR new.operation <> old.operation
    OR new.destination_id <> old.destination_id OR new.event_id IS NOT old.event_id
    OR (old.state <> 'refuse' AND (new.payload <> old.payload OR new.payload_version <> old.payload_version))
BEGIN SELECT raise(ABORT, 'the item is frozen'); END;
CREATE TRIGGER outbox_is_never_dropped BEFORE DELETE ON outbox WHEN old.state NOT IN ('accepte', 'retire')
BEGIN SELECT raise(ABORT, 'an unsent item is never dropped'); END;
CREATE TRIGGER pack_is_frozen BEFORE UPDATE OF id, pack_id, version, files ON pack
BEGIN SELECT raise(ABORT, 'a pack that is kept does not change'); END;
