-- Conversations whose whole past is to be on this device, and gaps the server does not let this account fill.

ALTER TABLE conversation ADD COLUMN is_kept INTEGER NOT NULL DEFAULT 0;
ALTER TABLE gap ADD COLUMN is_refused INTEGER NOT NULL DEFAULT 0;
