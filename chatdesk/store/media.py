"""The download journal and the cache of small pictures. Runs in a store thread."""

import apsw
import msgspec

from chatdesk.domain.elements import Media
from chatdesk.domain.transfers import Download, DownloadNote, DownloadState
from chatdesk.domain.wording import pack, unpack
from chatdesk.store.rows import first, rows, value

THUMBNAIL_CACHE_BYTES = 64_000_000


def downloads(connection: apsw.Connection) -> tuple[Download, ...]:
    """Newest first."""
    return tuple(
        Download(
            id=row[0],
            message_key=row[1],
            element_index=row[2],
            media=msgspec.json.decode(row[3], type=Media),
            path=row[4],
            state=DownloadState(row[5]),
            received=row[6],
            total=row[7],
            failure=unpack(row[8]),
            started_ms=row[9],
            etag=row[10],
            sha256=row[11],
            note=DownloadNote(row[12]),
        )
        for row in rows(
            connection,
            "SELECT id, message_key, element_index, media, path, state, received, total, failure, started_ms, etag, "
            "sha256, note FROM download ORDER BY id DESC",
        )
    )


def add_download(connection: apsw.Connection, download: Download) -> int:
    connection.execute(
        "INSERT INTO download(message_key, element_index, media, path, state, received, total, failure, started_ms, "
        "etag, sha256, note) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (download.message_key, download.element_index, msgspec.json.encode(download.media), *_changing(download)),
    )
    return connection.last_insert_rowid()


def put_download(connection: apsw.Connection, download: Download) -> None:
    connection.execute(
        "UPDATE download SET path = ?, state = ?, received = ?, total = ?, failure = ?, started_ms = ?, etag = ?, "
        "sha256 = ?, note = ? WHERE id = ?",
        (*_changing(download), download.id),
    )


def _changing(download: Download) -> tuple[str, int, int, int, str, int, str, str, int]:
    return (
        download.path,
        int(download.state),
        download.received,
        download.total,
        pack(download.failure),
        download.started_ms,
        download.etag,
        download.sha256,
        int(download.note),
    )


def remove_download(connection: apsw.Connection, id_: int) -> None:
    connection.execute("DELETE FROM download WHERE id = ?", (id_,))


def thumbnail(connection: apsw.Connection, uri: str, width: int, height: int) -> bytes | None:
    row = first(
        connection, "SELECT data FROM thumbnail WHERE uri = ? AND width = ? AND height = ?", (uri, width, height)
    )
    return row[0] if row else None


def put_thumbnail(
    connection: apsw.Connection,
    uri: str,
    width: int,
    height: int,
    data: bytes,
    time_ms: int,
    limit_bytes: int = THUMBNAIL_CACHE_BYTES,
) -> None:
    """Keep a picture; the least recently stored ones make room."""
    connection.execute("INSERT OR REPLACE INTO thumbnail VALUES (?, ?, ?, ?, ?)", (uri, width, height, time_ms, data))
    make_room(connection, limit_bytes)


def make_room(connection: apsw.Connection, limit_bytes: int) -> None:
    total = int(value(connection, "SELECT coalesce(sum(length(data)), 0) FROM thumbnail"))
    if total > limit_bytes:
        for rowid, size in rows(connection, "SELECT rowid, length(data) FROM thumbnail ORDER BY used_ms"):
            connection.execute("DELETE FROM thumbnail WHERE rowid = ?", (rowid,))
            total -= size
            if total <= limit_bytes * 3 // 4:
                break
