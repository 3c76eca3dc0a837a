-- A copy of a message from elsewhere, as its sender's chatdesk says.
ALTER TABLE message ADD COLUMN is_forwarded INTEGER NOT NULL DEFAULT 0;
