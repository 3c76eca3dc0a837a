-- What can be found: the words of each message. Triggers keep it right whoever changes a message; the two functions are
-- chatdesk's own (store/search.py). Only the index is kept here, the texts are in `message`. A row's number is the second
-- of the message, then its key, so that the index itself yields the newest first; `kind` names its conversation too.

CREATE VIRTUAL TABLE search USING fts5(
    body, kind, content = '', contentless_delete = 1, tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3'
);

CREATE TRIGGER search_insert AFTER INSERT ON message WHEN new.is_tip = 0 AND new.is_deleted = 0 BEGIN
    INSERT INTO search(rowid, body, kind) VALUES (
        (new.time_ms / 1000 << 30) | new.key,
        search_words(new.elements),
        search_kinds(new.elements, new.conversation)
    );
END;
CREATE TRIGGER search_update AFTER UPDATE OF elements, is_deleted, time_ms, conversation ON message WHEN new.is_tip = 0 AND (
    new.elements IS NOT old.elements OR new.is_deleted IS NOT old.is_deleted
    OR new.time_ms / 1000 IS NOT old.time_ms / 1000 OR new.conversation IS NOT old.conversation
) BEGIN
    DELETE FROM search WHERE rowid = (old.time_ms / 1000 << 30) | old.key;
    INSERT INTO search(rowid, body, kind) SELECT
        (new.time_ms / 1000 << 30) | new.key,
        search_words(new.elements),
        search_kinds(new.elements, new.conversation)
    WHERE new.is_deleted = 0;
END;
CREATE TRIGGER search_delete AFTER DELETE ON message BEGIN
    DELETE FROM search WHERE rowid = (old.time_ms / 1000 << 30) | old.key;
END;

-- What was here before there was an index: from this key down it is still to be read, a little at a time.
INSERT INTO setting(name, value) SELECT 'search_backlog', CAST(max(key) AS BLOB) FROM message HAVING max(key) > 0;
