-- Imports from files, so that each can be undone as a whole.
CREATE TABLE import_batch(
    id INTEGER PRIMARY KEY,
    type INTEGER NOT NULL,
    conversation TEXT NOT NULL,              -- with `type`: the ConversationId it went to
    source TEXT NOT NULL,                    -- the file's name
    time_ms INTEGER NOT NULL,
    count INTEGER NOT NULL DEFAULT 0
) STRICT;
ALTER TABLE message ADD COLUMN import_batch INTEGER NOT NULL DEFAULT 0;
CREATE INDEX message_import ON message(import_batch) WHERE import_batch > 0;
