-- Replies, edits, reactions, and messages hidden while their deletion can still be undone (message.is_deleted = 2).

ALTER TABLE message ADD COLUMN reply_to TEXT NOT NULL DEFAULT '';        -- the server's id of the message it answers
ALTER TABLE message ADD COLUMN thread TEXT NOT NULL DEFAULT '';          -- the server's id of the thread's first message
ALTER TABLE message ADD COLUMN edited_ms INTEGER NOT NULL DEFAULT 0;     -- the newest edit shown, 0: none
ALTER TABLE message ADD COLUMN is_edit_pending INTEGER NOT NULL DEFAULT 0; -- that edit has not reached the server
ALTER TABLE message ADD COLUMN original BLOB;                            -- the elements before any edit; NULL: not edited
ALTER TABLE message ADD COLUMN original_mentions TEXT;
CREATE INDEX message_reply ON message(reply_to) WHERE reply_to <> '';
CREATE INDEX message_hidden ON message(key) WHERE is_deleted = 2;

-- Edits and reactions, also those whose message is not here (yet). target_id: the message's id on the server, or its
-- transaction id as long as it is an echo. own_id: the server's id of the edit or reaction itself, NULL until it has it.
CREATE TABLE edit(
    id INTEGER PRIMARY KEY,
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
CREATE INDEX edit_of ON edit(target_id);
CREATE INDEX edit_by_txn ON edit(txn_id) WHERE txn_id IS NOT NULL;

CREATE TABLE reaction(
    id INTEGER PRIMARY KEY,
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
CREATE INDEX reaction_of ON reaction(target_id);
CREATE INDEX reaction_by_txn ON reaction(txn_id) WHERE txn_id IS NOT NULL;

-- What was revoked although no message of this id was here: it may still come.
CREATE TABLE revoked(
    id TEXT PRIMARY KEY,
    channel TEXT NOT NULL,
    revoked_by TEXT NOT NULL,
    reason TEXT NOT NULL,
    is_relation INTEGER NOT NULL             -- known to have been an edit or a reaction
) WITHOUT ROWID, STRICT;

-- Messages that replies here answer and that are known for that reason only. sender '': the server does not show it.
CREATE TABLE quoted(
    message_id TEXT PRIMARY KEY,
    channel TEXT NOT NULL,
    sender TEXT NOT NULL,
    elements BLOB NOT NULL,
    is_revoked INTEGER NOT NULL
) WITHOUT ROWID, STRICT;

-- Messages the account wants hidden on all its devices, in the order they were added.
CREATE TABLE hidden(
    id INTEGER PRIMARY KEY,
    channel TEXT NOT NULL,
    message_id TEXT NOT NULL UNIQUE,
    is_pending INTEGER NOT NULL              -- the other devices have not been told
) STRICT;
CREATE INDEX hidden_pending ON hidden(channel) WHERE is_pending = 1;

-- outbox.kind: 1 send, 2 revoke, 3 edit, 4 react, 5 take a reaction back. relation: the row of edit or reaction.
ALTER TABLE outbox ADD COLUMN relation INTEGER NOT NULL DEFAULT 0;
CREATE INDEX outbox_of_relation ON outbox(kind, relation) WHERE relation > 0;
