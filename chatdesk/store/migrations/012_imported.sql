-- What an imported message brought along of others: who put which symbol under it (JSON of domain.messages.Reaction).
CREATE TABLE imported_reactions(
    key INTEGER PRIMARY KEY REFERENCES message(key) ON DELETE CASCADE,
    reactions BLOB NOT NULL
) STRICT;
