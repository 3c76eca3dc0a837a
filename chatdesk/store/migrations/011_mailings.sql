-- One message to many people, as it was last sent: what, to whom, and what became of each copy. There is one at a time.
CREATE TABLE mailing(
    id INTEGER PRIMARY KEY AUTOINCREMENT,     -- never used again: a late note about a forgotten one changes nothing
    contents BLOB NOT NULL,                  -- JSON: the elements of each message, their files uploaded
    created_ms INTEGER NOT NULL
) STRICT;
CREATE TABLE mailing_copy(
    mailing INTEGER NOT NULL REFERENCES mailing(id) ON DELETE CASCADE,
    place INTEGER NOT NULL,
    user TEXT NOT NULL,
    state INTEGER NOT NULL,                  -- CopyState
    failure TEXT NOT NULL DEFAULT '',
    type INTEGER NOT NULL DEFAULT 0,         -- with `conversation`: the ConversationId, once it is known
    conversation TEXT NOT NULL DEFAULT '',
    keys TEXT NOT NULL DEFAULT '[]',         -- JSON: the message queued for this person, one per message
    time_ms INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY(mailing, place)
) WITHOUT ROWID, STRICT;
