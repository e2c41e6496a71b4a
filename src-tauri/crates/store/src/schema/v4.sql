-- Version 4: several platforms (destinations), each with its own state of a dossier; follow-ups beside creations in the
-- outbox; mails; dossiers that began on the platform.

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

-- There is always a first one: until the profile says more, a person carries the dossiers over.
INSERT INTO destination (id, position, name, kind, settings)
SELECT 'principale', 0, 'Plateforme d’assistance', ifnull(profile.platform_kind, 'manuel'), json_object(
    'url', ifnull(profile.platform_url, ''),
    'login', ifnull(profile.platform_login, ''),
    'reference_field', ifnull(profile.reference_field, 'Vendor Ticket Number')
) FROM (SELECT 1) LEFT JOIN profile;

ALTER TABLE profile DROP COLUMN platform_kind;
ALTER TABLE profile DROP COLUMN platform_url;
ALTER TABLE profile DROP COLUMN platform_login;
ALTER TABLE profile DROP COLUMN reference_field;

ALTER TABLE ticket ADD COLUMN origin TEXT NOT NULL DEFAULT 'relais' CHECK (origin IN ('relais', 'plateforme'));

-- The dossier as a destination knows it.
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
CREATE INDEX counterpart_number ON counterpart (destination_id, number) WHERE number IS NOT NULL;
CREATE INDEX counterpart_remote ON counterpart (destination_id, remote_id) WHERE remote_id IS NOT NULL;
CREATE INDEX counterpart_followed ON counterpart (destination_id, number) WHERE by_hand = 1;
INSERT INTO counterpart (ticket_id, destination_id, number, status)
SELECT id, 'principale', number, platform_status FROM ticket WHERE number <> '';

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
CREATE INDEX mail_ticket ON mail (ticket_id, at_ms) WHERE ticket_id IS NOT NULL;
CREATE INDEX mail_unfiled ON mail (at_ms) WHERE ticket_id IS NULL AND handled_at_ms IS NULL;

ALTER TABLE event ADD COLUMN destination_id TEXT REFERENCES destination (id);
ALTER TABLE event ADD COLUMN mail_id TEXT REFERENCES mail (id);
CREATE INDEX event_mail ON event (mail_id) WHERE mail_id IS NOT NULL;

-- A check cannot be changed in place: the rows go over as they are, and no id that was given is given again.
ALTER TABLE outbox RENAME TO outbox_v3;
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
INSERT INTO outbox (
    id, ticket_id, destination_id, operation, identity, reference, payload, payload_version, state, attempts, maybe_sent,
    uncertain_since_ms, last_attempt_at_ms, next_try_at_ms, proof_number, proof_at_ms, reason_code, reason, created_at_ms,
    updated_at_ms
)
SELECT
    id, ticket_id, 'principale', operation, identity, reference, payload, payload_version, state, attempts, maybe_sent,
    uncertain_since_ms, last_attempt_at_ms, next_try_at_ms, proof_number, proof_at_ms, reason_code, reason, created_at_ms,
    updated_at_ms
FROM outbox_v3 ORDER BY id;
DELETE FROM sqlite_sequence WHERE name = 'outbox';
INSERT INTO sqlite_sequence (name, seq) SELECT 'outbox', seq FROM sqlite_sequence WHERE name = 'outbox_v3';
DROP TABLE outbox_v3;
CREATE INDEX outbox_state ON outbox (state, next_try_at_ms);
CREATE INDEX outbox_destination ON outbox (destination_id, state, next_try_at_ms);
CREATE INDEX outbox_lane ON outbox (ticket_id, destination_id, id) WHERE state NOT IN ('accepte', 'retire');
CREATE INDEX outbox_ticket ON outbox (ticket_id, id);
CREATE INDEX outbox_event ON outbox (event_id) WHERE event_id IS NOT NULL;
CREATE TRIGGER outbox_is_never_dropped BEFORE DELETE ON outbox WHEN old.state NOT IN ('accepte', 'retire')
BEGIN SELECT raise(ABORT, 'an unsent item is never dropped'); END;
-- What it is, where it goes and the payload are frozen; only a refusal lets a person correct the payload.
CREATE TRIGGER outbox_is_frozen BEFORE UPDATE ON outbox
WHEN new.identity <> old.identity OR new.reference <> old.reference
    OR new.ticket_id <> old.ticket_id OR new.operation <> old.operation
    OR new.destination_id <> old.destination_id OR new.event_id IS NOT old.event_id
    OR (old.state <> 'refuse' AND (new.payload <> old.payload OR new.payload_version <> old.payload_version))
BEGIN SELECT raise(ABORT, 'the item is frozen'); END;
