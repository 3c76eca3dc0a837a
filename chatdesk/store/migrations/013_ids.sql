-- Ids that are never given to another row. The late answer to a message which the sync had brought meanwhile removed the
-- entry of the next message when that had got the same id; a late page, note or progress could do the same elsewhere.

CREATE TABLE outbox_new(
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    kind INTEGER NOT NULL,                   -- 1 send, 2 revoke, 3 edit, 4 react, 5 take a reaction back
    key INTEGER NOT NULL REFERENCES message(key) ON DELETE CASCADE,
    conversation INTEGER NOT NULL,
    txn_id TEXT NOT NULL UNIQUE,
    created_ms INTEGER NOT NULL,
    attempted_ms INTEGER NOT NULL DEFAULT 0, -- first try; 0 = never left
    is_paused INTEGER NOT NULL DEFAULT 0,    -- failed for good: waits for the user
    reason TEXT NOT NULL DEFAULT '',
    relation INTEGER NOT NULL DEFAULT 0      -- the row of edit or reaction
) STRICT;
INSERT INTO outbox_new(id, kind, key, conversation, txn_id, created_ms, attempted_ms, is_paused, reason, relation)
    SELECT id, kind, key, conversation, txn_id, created_ms, attempted_ms, is_paused, reason, relation FROM outbox;
DROP TABLE outbox;
ALTER TABLE outbox_new RENAME TO outbox;
CREATE INDEX outbox_order ON outbox(conversation, id);
CREATE INDEX outbox_of_message ON outbox(key);
CREATE INDEX outbox_of_relation ON outbox(kind, relation) WHERE relation > 0;

CREATE TABLE gap_new(
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    conversation INTEGER NOT NULL,
    channel TEXT NOT NULL,
    position INTEGER NOT NULL,
    token TEXT NOT NULL,
    is_refused INTEGER NOT NULL DEFAULT 0
) STRICT;
INSERT INTO gap_new(id, conversation, channel, position, token, is_refused)
    SELECT id, conversation, channel, position, token, is_refused FROM gap;
DROP TABLE gap;
ALTER TABLE gap_new RENAME TO gap;
CREATE INDEX gap_order ON gap(conversation, position);

CREATE TABLE download_new(
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    message_key INTEGER NOT NULL,
    element_index INTEGER NOT NULL,
    media BLOB NOT NULL,
    path TEXT NOT NULL,
    state INTEGER NOT NULL,
    received INTEGER NOT NULL,
    total INTEGER NOT NULL,
    failure TEXT NOT NULL,
    started_ms INTEGER NOT NULL,
    etag TEXT NOT NULL DEFAULT '',
    sha256 TEXT NOT NULL DEFAULT '',
    note INTEGER NOT NULL DEFAULT 0
) STRICT;
INSERT INTO download_new(
        id, message_key, element_index, media, path, state, received, total, failure, started_ms, etag, sha256, note)
    SELECT id, message_key, element_index, media, path, state, received, total, failure, started_ms, etag, sha256, note
    FROM download;
DROP TABLE download;
ALTER TABLE download_new RENAME TO download;

CREATE TABLE edit_new(
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    channel TEXT NOT NULL,
    target_id TEXT NOT NULL,
    own_id TEXT UNIQUE,
    txn_id TEXT,
    sender TEXT NOT NULL,
    time_ms INTEGER NOT NULL,
    is_pending INTEGER NOT NULL DEFAULT 0,   -- 1: not accepted by the server, 2: accepted, not yet seen in a sync
    elements BLOB NOT NULL,
    mentions TEXT NOT NULL DEFAULT '[]',
    raw BLOB NOT NULL DEFAULT x''
) STRICT;
INSERT INTO edit_new(id, channel, target_id, own_id, txn_id, sender, time_ms, is_pending, elements, mentions, raw)
    SELECT id, channel, target_id, own_id, txn_id, sender, time_ms, is_pending, elements, mentions, raw FROM edit;
DROP TABLE edit;
ALTER TABLE edit_new RENAME TO edit;
CREATE INDEX edit_of ON edit(target_id);
CREATE INDEX edit_by_txn ON edit(txn_id) WHERE txn_id IS NOT NULL;

CREATE TABLE reaction_new(
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    channel TEXT NOT NULL,
    target_id TEXT NOT NULL,
    own_id TEXT UNIQUE,
    txn_id TEXT,
    sender TEXT NOT NULL,
    is_self INTEGER NOT NULL,
    symbol TEXT NOT NULL,
    time_ms INTEGER NOT NULL,
    is_pending INTEGER NOT NULL DEFAULT 0,
    is_leaving INTEGER NOT NULL DEFAULT 0    -- taken back here; the server has not been told yet
) STRICT;
INSERT INTO reaction_new(
        id, channel, target_id, own_id, txn_id, sender, is_self, symbol, time_ms, is_pending, is_leaving)
    SELECT id, channel, target_id, own_id, txn_id, sender, is_self, symbol, time_ms, is_pending, is_leaving
    FROM reaction;
DROP TABLE reaction;
ALTER TABLE reaction_new RENAME TO reaction;
CREATE INDEX reaction_of ON reaction(target_id);
CREATE INDEX reaction_by_txn ON reaction(txn_id) WHERE txn_id IS NOT NULL;
