-- What a salvage saved of messages that come back from the server: only this machine had it.
CREATE TABLE keepsake(
    message_id TEXT PRIMARY KEY,
    custom_int INTEGER NOT NULL,
    custom_str TEXT NOT NULL,
    is_deleted INTEGER NOT NULL
) WITHOUT ROWID;
