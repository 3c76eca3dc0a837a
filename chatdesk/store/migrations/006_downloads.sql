-- What a download needs to go on after a restart, and what tells later whether its file is still the same.

ALTER TABLE download ADD COLUMN etag TEXT NOT NULL DEFAULT '';
ALTER TABLE download ADD COLUMN sha256 TEXT NOT NULL DEFAULT '';
ALTER TABLE download ADD COLUMN note INTEGER NOT NULL DEFAULT 0;
