-- Messages pinned for everybody: their ids, as a JSON array.
ALTER TABLE channel ADD COLUMN pinned TEXT NOT NULL DEFAULT '[]';

-- When this device is to end a muting by itself; 0: never.
ALTER TABLE conversation ADD COLUMN muted_until_ms INTEGER NOT NULL DEFAULT 0;
CREATE INDEX conversation_muted_until ON conversation(muted_until_ms) WHERE muted_until_ms > 0;

-- An older version did not ask for what is pinned: the next sync tells everything once more.
DELETE FROM setting WHERE name = 'sync_token';
