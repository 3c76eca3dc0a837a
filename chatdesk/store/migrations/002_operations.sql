-- What only this machine has (imported, saved), what a message carries beside its elements, and "nothing up to here".

ALTER TABLE message ADD COLUMN origin INTEGER NOT NULL DEFAULT 0;        -- MessageOrigin; 0: the server has it
ALTER TABLE message ADD COLUMN local_id TEXT;                            -- names a row the server does not have
ALTER TABLE message ADD COLUMN given_seq INTEGER NOT NULL DEFAULT 0;     -- orders such rows of one second
ALTER TABLE message ADD COLUMN priority INTEGER NOT NULL DEFAULT 1;
ALTER TABLE message ADD COLUMN cloud_custom TEXT NOT NULL DEFAULT '';
ALTER TABLE message ADD COLUMN mentions TEXT NOT NULL DEFAULT '[]';
ALTER TABLE message ADD COLUMN custom_int INTEGER NOT NULL DEFAULT 0;
ALTER TABLE message ADD COLUMN custom_str TEXT NOT NULL DEFAULT '';

-- Positions of the server's messages become multiples of 2^20 in runs 2^43 apart (before: 1 in 2^32), so that local rows
-- find room between any two of them. A run's start is a multiple of the run step; what lies below it is its history.
DROP INDEX message_order;
DROP INDEX message_newest_real;
UPDATE message SET position = (((position + 2147483648) >> 32) << 43)
        + ((position - (((position + 2147483648) >> 32) << 32)) << 20) WHERE position < 4611686018427387904;
UPDATE gap SET position = (((position + 2147483648) >> 32) << 43)
        + ((position - (((position + 2147483648) >> 32) << 32)) << 20);
UPDATE conversation SET
    read_position = (((read_position + 2147483648) >> 32) << 43)
        + ((read_position - (((read_position + 2147483648) >> 32) << 32)) << 20),
    reported_position = (((reported_position + 2147483648) >> 32) << 43)
        + ((reported_position - (((reported_position + 2147483648) >> 32) << 32)) << 20);
CREATE UNIQUE INDEX message_order ON message(conversation, position);
CREATE INDEX message_newest_real ON message(conversation, position) WHERE is_tip = 0 AND is_deleted = 0;

CREATE INDEX message_time ON message(conversation, time_ms, position) WHERE origin = 0;
CREATE INDEX message_rand ON message(conversation, rand);
CREATE UNIQUE INDEX message_local ON message(conversation, local_id) WHERE local_id IS NOT NULL;
CREATE INDEX message_local_time ON message(conversation, time_ms) WHERE origin > 0;

-- Everything up to and including this message is cleared away for good.
ALTER TABLE channel ADD COLUMN cleared_id TEXT NOT NULL DEFAULT '';
ALTER TABLE channel ADD COLUMN cleared_ms INTEGER NOT NULL DEFAULT 0;
