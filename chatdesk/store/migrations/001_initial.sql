-- Names and values that belong to the account: login, sync token, upload limit. Values are JSON.
CREATE TABLE setting(
    name TEXT PRIMARY KEY,
    value BLOB NOT NULL
) WITHOUT ROWID, STRICT;

CREATE TABLE conversation(
    pk INTEGER PRIMARY KEY,
    type INTEGER NOT NULL,
    id TEXT NOT NULL,
    created_ms INTEGER NOT NULL,          -- when it appeared here: sorts conversations without a message
    read_position INTEGER NOT NULL DEFAULT 0,
    reported_position INTEGER NOT NULL DEFAULT 0,
    draft TEXT NOT NULL DEFAULT '',
    UNIQUE(type, id)
) STRICT;

-- A stream on the server that carries a conversation.
CREATE TABLE channel(
    id TEXT PRIMARY KEY,
    conversation INTEGER NOT NULL REFERENCES conversation(pk),
    membership INTEGER NOT NULL,
    is_hidden INTEGER NOT NULL DEFAULT 0, -- left by the account's own choice
    name TEXT NOT NULL DEFAULT '',
    topic TEXT NOT NULL DEFAULT '',
    avatar_uri TEXT NOT NULL DEFAULT '',
    inviter TEXT NOT NULL DEFAULT '',
    heroes TEXT NOT NULL DEFAULT '[]',
    is_encrypted INTEGER NOT NULL DEFAULT 0,
    unread INTEGER NOT NULL DEFAULT 0,
    mentions INTEGER NOT NULL DEFAULT 0,
    joined_count INTEGER NOT NULL DEFAULT 0,
    invited_count INTEGER NOT NULL DEFAULT 0
) WITHOUT ROWID, STRICT;
CREATE INDEX channel_of_conversation ON channel(conversation);

-- Which channels are one-to-one, and with whom. A hint comes from an invitation; the account's own list overrules it.
CREATE TABLE direct(
    channel TEXT PRIMARY KEY,
    peer TEXT NOT NULL,
    is_hint INTEGER NOT NULL DEFAULT 0
) WITHOUT ROWID, STRICT;

CREATE TABLE member(
    channel TEXT NOT NULL,
    user_id TEXT NOT NULL,
    name TEXT NOT NULL,
    avatar_uri TEXT NOT NULL DEFAULT '',
    membership INTEGER NOT NULL,
    power INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY(channel, user_id)
) WITHOUT ROWID, STRICT;

CREATE TABLE message(
    key INTEGER PRIMARY KEY,
    conversation INTEGER NOT NULL REFERENCES conversation(pk),
    channel TEXT NOT NULL,
    position INTEGER NOT NULL,
    message_id TEXT,                      -- NULL until the server accepted it
    txn_id TEXT,
    sender TEXT NOT NULL,
    is_self INTEGER NOT NULL,
    time_ms INTEGER NOT NULL,
    client_time_ms INTEGER NOT NULL,
    rand INTEGER NOT NULL,
    state INTEGER NOT NULL,
    elements BLOB NOT NULL,
    is_tip INTEGER NOT NULL,
    is_deleted INTEGER NOT NULL DEFAULT 0,
    failure TEXT NOT NULL DEFAULT '',
    revoked_by TEXT NOT NULL DEFAULT '',
    revoke_reason TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE UNIQUE INDEX message_order ON message(conversation, position);
CREATE INDEX message_newest_real ON message(conversation, position) WHERE is_tip = 0 AND is_deleted = 0;
CREATE UNIQUE INDEX message_by_id ON message(message_id) WHERE message_id IS NOT NULL;
CREATE INDEX message_by_txn ON message(txn_id) WHERE txn_id IS NOT NULL;

-- What the server sent, as it came.
CREATE TABLE raw(
    key INTEGER PRIMARY KEY REFERENCES message(key) ON DELETE CASCADE,
    json BLOB NOT NULL
) STRICT;

-- Between a gap's position and the next older message of its channel there is more on the server.
CREATE TABLE gap(
    id INTEGER PRIMARY KEY,
    conversation INTEGER NOT NULL,
    channel TEXT NOT NULL,
    position INTEGER NOT NULL,
    token TEXT NOT NULL
) STRICT;
CREATE INDEX gap_order ON gap(conversation, position);

CREATE TABLE receipt(
    channel TEXT NOT NULL,
    user_id TEXT NOT NULL,
    message_id TEXT NOT NULL,
    time_ms INTEGER NOT NULL,
    PRIMARY KEY(channel, user_id)
) WITHOUT ROWID, STRICT;

-- What must still leave, in order. kind: 1 send, 2 revoke.
CREATE TABLE outbox(
    id INTEGER PRIMARY KEY,
    kind INTEGER NOT NULL,
    key INTEGER NOT NULL REFERENCES message(key) ON DELETE CASCADE,
    conversation INTEGER NOT NULL,
    txn_id TEXT NOT NULL UNIQUE,
    created_ms INTEGER NOT NULL,
    attempted_ms INTEGER NOT NULL DEFAULT 0, -- first try; 0 = never left
    is_paused INTEGER NOT NULL DEFAULT 0,    -- failed for good: waits for the user
    reason TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX outbox_order ON outbox(conversation, id);
CREATE INDEX outbox_of_message ON outbox(key);

CREATE TABLE download(
    id INTEGER PRIMARY KEY,
    message_key INTEGER NOT NULL,
    element_index INTEGER NOT NULL,
    media BLOB NOT NULL,
    path TEXT NOT NULL,
    state INTEGER NOT NULL,
    received INTEGER NOT NULL,
    total INTEGER NOT NULL,
    failure TEXT NOT NULL,
    started_ms INTEGER NOT NULL
) STRICT;

-- Small pictures from the server, kept inside the encrypted file.
CREATE TABLE thumbnail(
    uri TEXT NOT NULL,
    width INTEGER NOT NULL,
    height INTEGER NOT NULL,
    used_ms INTEGER NOT NULL,
    data BLOB NOT NULL,
    PRIMARY KEY(uri, width, height)
) STRICT;
