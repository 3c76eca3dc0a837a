-- What the account keeps about a conversation: as the server has it (of each channel), and as it is wished here as long as
-- the server has not been told (of the conversation; NULL: nothing to tell).

ALTER TABLE channel ADD COLUMN is_pinned INTEGER NOT NULL DEFAULT 0;
ALTER TABLE channel ADD COLUMN is_marked INTEGER NOT NULL DEFAULT 0;     -- as unread, by hand
ALTER TABLE channel ADD COLUMN powers TEXT NOT NULL DEFAULT '{}';        -- JSON of domain.powers.Powers
ALTER TABLE channel ADD COLUMN creators TEXT NOT NULL DEFAULT '[]';      -- who stands above every level
CREATE TABLE muted(channel TEXT PRIMARY KEY) WITHOUT ROWID, STRICT;

ALTER TABLE conversation ADD COLUMN pin_wish INTEGER;
ALTER TABLE conversation ADD COLUMN mute_wish INTEGER;
ALTER TABLE conversation ADD COLUMN mark_wish INTEGER;
ALTER TABLE conversation ADD COLUMN draft_ms INTEGER NOT NULL DEFAULT 0;
CREATE INDEX conversation_wish ON conversation(pk)
    WHERE pin_wish IS NOT NULL OR mute_wish IS NOT NULL OR mark_wish IS NOT NULL;

-- People of whom the account wants to hear nothing; their messages have message.is_deleted = 3.
CREATE TABLE blocked(user_id TEXT PRIMARY KEY) WITHOUT ROWID, STRICT;
CREATE INDEX message_blocked ON message(sender) WHERE is_deleted = 3;

-- An older version did not ask for any of this: the next sync tells everything once more.
DELETE FROM setting WHERE name = 'sync_token';
