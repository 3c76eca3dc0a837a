"""Files up and down, over a server that may or may not play along."""

from pathlib import Path

import pytest

from chatdesk.domain.errors import InputError, NetworkError, NotFound, ServerError, TooLarge, TransferError
from chatdesk.matrix.homeserver import Homeserver
from chatdesk.matrix.mxc import mxc, split_mxc
from tests.unit.matrix.scripted import Reply, Request, ScriptedServer, json_reply

URI = "mxc://example.org/abc"
DATA = bytes(range(256)) * 4


async def fetch(home: Homeserver, offset: int = 0) -> tuple[int, int, bytes]:
    async with home.download(URI, offset) as stream:
        return stream.offset, stream.total, b"".join([chunk async for chunk in stream.chunks()])


async def test_upload(server: ScriptedServer, home: Homeserver, tmp_path: Path) -> None:
    file = tmp_path / "f"
    file.write_bytes(DATA * 600)
    server.script = lambda _: json_reply({"content_uri": URI})
    progress: list[tuple[int, int]] = []
    uri = await home.upload(file, "image/png", 'ü/"x".png', lambda sent, total: progress.append((sent, total)))
    (request,) = server.requests
    assert uri == URI
    assert request.body == DATA * 600
    assert request.headers["content-length"] == str(len(DATA) * 600)
    assert "transfer-encoding" not in request.headers
    assert request.headers["content-type"] == "image/png"
    assert request.target == "/_matrix/media/v3/upload?filename=%C3%BC%2F%22x%22.png"
    sent = [count for count, _ in progress]
    assert sent == sorted(sent)
    assert len(sent) == 3
    assert progress[-1] == (len(DATA) * 600, len(DATA) * 600)


@pytest.mark.parametrize("mime", ["", "image", "text/plain\r\nX-Evil: 1", "text/plain; charset=utf-8"])
async def test_upload_of_odd_kind(server: ScriptedServer, home: Homeserver, tmp_path: Path, mime: str) -> None:
    file = tmp_path / "f"
    file.write_bytes(b"")
    server.script = lambda _: json_reply({"content_uri": URI})
    await home.upload(file, mime, "f")
    assert server.requests[0].headers["content-type"] == "application/octet-stream"
    assert server.requests[0].headers["content-length"] == "0"


async def test_upload_of_nothing_readable(server: ScriptedServer, home: Homeserver, tmp_path: Path) -> None:
    for file in (tmp_path / "missing", tmp_path):
        with pytest.raises(TransferError, match="cannot be read"):
            await home.upload(file, "", "my file")
    assert not server.requests


async def test_upload_of_a_file_that_shrinks(server: ScriptedServer, home: Homeserver, tmp_path: Path) -> None:
    file = tmp_path / "f"
    file.write_bytes(b"x" * 600_000)

    def shrink(sent: int, total: int) -> None:
        with file.open("r+b") as opened:
            opened.truncate(300_000)

    with pytest.raises(TransferError, match="shorter"):
        await home.upload(file, "", "f", shrink)
    assert not server.requests


async def test_upload_answer_must_name_the_file(server: ScriptedServer, home: Homeserver, tmp_path: Path) -> None:
    file = tmp_path / "f"
    file.write_bytes(b"x")
    server.script = lambda _: json_reply({"content_uri": "https://example.org/x"})
    with pytest.raises(ServerError):
        await home.upload(file, "", "f")


async def test_download(server: ScriptedServer, home: Homeserver) -> None:
    server.script = lambda _: Reply(200, DATA, {"ETag": '"e"', "Content-Type": "image/png"})
    async with home.download(URI) as stream:
        assert (stream.offset, stream.total, stream.etag, stream.mime) == (0, len(DATA), '"e"', "image/png")
        assert b"".join([chunk async for chunk in stream.chunks()]) == DATA
    (request,) = server.requests
    assert request.target == "/_matrix/client/v1/media/download/example.org/abc"
    assert request.headers["authorization"] == "Bearer secret-token"
    assert request.headers["accept-encoding"] == "identity"
    assert "range" not in request.headers


async def test_a_big_file_comes_in_big_pieces(server: ScriptedServer, home: Homeserver) -> None:
    """httpcore's own 64 KiB make each read a round of the loop; this fails when it no longer heeds READ_BYTES."""
    server.script = lambda _: Reply(200, bytes(16 << 20))
    async with home.download(URI) as stream:
        assert max([len(chunk) async for chunk in stream.chunks()]) > 64 << 10


def ranged(request: Request) -> Reply:
    if request.headers.get("range") != "bytes=1000-":
        return Reply(200, DATA)
    return Reply(206, DATA[1000:], {"Content-Range": f"bytes 1000-{len(DATA) - 1}/{len(DATA)}"})


async def test_resumed_download(server: ScriptedServer, home: Homeserver) -> None:
    server.script = ranged
    assert await fetch(home, 1000) == (1000, len(DATA), DATA[1000:])


async def test_ignored_range_starts_over(server: ScriptedServer, home: Homeserver) -> None:
    server.script = lambda _: Reply(200, DATA)
    assert await fetch(home, 1000) == (0, len(DATA), DATA)


@pytest.mark.parametrize(
    "reply",
    [
        Reply(416, b""),
        Reply(206, DATA[500:], {"Content-Range": f"bytes 500-1023/{len(DATA)}"}),
        Reply(206, DATA[500:]),
        Reply(206, DATA[500:], {"Content-Range": "bytes */*"}),
        Reply(206, b"packed", {"Content-Range": f"bytes 1000-1023/{len(DATA)}", "Content-Encoding": "gzip"}),
    ],
)
async def test_unusable_range_asks_for_the_whole(server: ScriptedServer, home: Homeserver, reply: Reply) -> None:
    server.script = lambda r: reply if "range" in r.headers else Reply(200, DATA)
    assert await fetch(home, 1000) == (0, len(DATA), DATA)
    assert len(server.requests) == 2


@pytest.mark.parametrize("refusal", [json_reply({"errcode": "M_UNRECOGNIZED"}, 404), Reply(404, b"<h1>no")])
async def test_old_server(server: ScriptedServer, home: Homeserver, refusal: Reply) -> None:
    server.script = lambda r: refusal if "/client/v1/" in r.target else Reply(200, DATA)
    assert await fetch(home) == (0, len(DATA), DATA)
    assert await home.thumbnail(URI, 10, 10) == DATA
    old = [r for r in server.requests if "/client/v1/" not in r.target]
    assert [r.target.partition("?")[0] for r in old] == [
        "/_matrix/media/v3/download/example.org/abc",
        "/_matrix/media/v3/thumbnail/example.org/abc",
    ]
    assert not any("authorization" in r.headers for r in old)


async def test_missing_file(server: ScriptedServer, home: Homeserver) -> None:
    server.script = lambda _: json_reply({"errcode": "M_NOT_FOUND", "error": ""}, 404)
    with pytest.raises(NotFound):
        await fetch(home)
    assert len(server.requests) == 1


async def test_download_breaks_off(server: ScriptedServer, home: Homeserver) -> None:
    server.script = lambda _: Reply(200, DATA, cut_after=100)
    got = b""
    async with home.download(URI) as stream:
        with pytest.raises(NetworkError):
            async for chunk in stream.chunks():
                got += chunk
    assert got == DATA[:100]


async def test_thumbnail(server: ScriptedServer, home: Homeserver) -> None:
    server.script = lambda _: Reply(200, DATA)
    assert await home.thumbnail(URI, 96, 0) == DATA
    assert server.requests[0].target.endswith("/thumbnail/example.org/abc?width=96&height=1&method=scale")
    with pytest.raises(TooLarge):
        await home.thumbnail(URI, 96, 96, max_bytes=100)


async def test_upload_limit(server: ScriptedServer, home: Homeserver) -> None:
    server.script = lambda _: json_reply({"m.upload.size": 5000})
    assert await home.upload_limit() == 5000
    server.script = lambda _: json_reply({"m.upload.size": "big"})
    assert await home.upload_limit() == 0
    server.script = lambda r: Reply(404, b"") if "/v1/" in r.target else json_reply({"m.upload.size": 7})
    assert await home.upload_limit() == 7
    server.script = lambda _: json_reply({"errcode": "M_UNRECOGNIZED"}, 404)
    assert await home.upload_limit() == 0


@pytest.mark.parametrize("uri", ["mxc://example.org/abc", "mxc://[::1]:8448/A-_9", "mxc://1.2.3.4:80/x"])
def test_good_uri(uri: str) -> None:
    assert mxc(uri) == uri
    assert "mxc://" + "/".join(split_mxc(uri)) == uri


@pytest.mark.parametrize(
    "uri",
    ["", "http://example.org/abc", "mxc://example.org/", "mxc:///abc", "mxc://example.org/../x", "mxc://e/a/b", 5, None,
     "mxc://e/a?x", "mxc://e/a#x", "mxc://e/a\n", "mxc://e@f/a", "mxc://e/é", " mxc://e/a", "mxc://e/%2e%2e"],
)  # fmt: skip
def test_bad_uri(uri: object) -> None:
    assert mxc(uri) == ""
    with pytest.raises(InputError):
        split_mxc(str(uri))
