"""The index follows every change of a message, and finds what people look for in their own writing."""

from collections.abc import Iterable

import apsw
import pytest

from chatdesk.domain.elements import Element, File, Image, Location, Media, Text
from chatdesk.domain.ids import ConversationId, ConversationType
from chatdesk.domain.messages import LocalMessage, Message, MessageOrigin
from chatdesk.domain.search import SearchQuery, snippet_of
from chatdesk.store import messages, search, settings
from chatdesk.store.database import Database
from chatdesk.store.sync import add_local

ANN, BEN = "@ann:example.org", "@ben:example.org"
TALK = ConversationId(ConversationType.C2C, BEN)
OTHER = ConversationId(ConversationType.C2C, "@cem:example.org")


class Shelf:
    def __init__(self, database: Database) -> None:
        self.database = database
        self._number = 0

    async def put(
        self,
        *contents: str | Element,
        conversation: ConversationId = TALK,
        sender: str = BEN,
        mentions: tuple[str, ...] = (),
    ) -> list[int]:
        """One message for each; their keys."""
        keys: list[int] = []
        for content in contents:
            self._number += 1
            element: Element = Text(content) if isinstance(content, str) else content
            item = LocalMessage(
                sender,
                (element,),
                server_time_s=1_700_000_000 + self._number,
                mentions=mentions,
                message_id=f"m{self._number}",
            )
            changes = await self.database.write(
                add_local, conversation, [item], [item.message_id], MessageOrigin.SAVED, ANN, 1
            )
            keys += (message.key for message in changes.messages)
        return keys

    async def found(self, text: str = "", **narrowed: object) -> list[int]:
        query = SearchQuery(text, **narrowed)  # type: ignore[arg-type]
        if query.is_empty:
            return []
        return [m.key for m in await self.database.read(search.find, query, ANN, 100)]

    async def message(self, key: int) -> Message:
        found = await self.database.read(messages.get, key)
        assert found is not None
        return found


@pytest.fixture
def shelf(database: Database) -> Shelf:
    return Shelf(database)


@pytest.mark.parametrize(
    ("content", "wanted"),
    [
        ("Wir treffen uns im Café um neun", ["cafe", "CAFÉ", "caf", "neun cafe", "t", "wir uns", '"neun"']),
        ("今天天气很好，我们去公园吧", ["今天", "天气", "天", "吧", "公园", "很好", "我们去公园"]),
        ("明日は東京タワーに行きます", ["東京", "タワー", "行き", "は", "東京タワー"]),
        ("안녕하세요 여러분", ["안녕", "하세요", "여러", "분"]),
        ("สวัสดีครับ", ["สวัสดี", "ครับ"]),
        ("مرحبا بالعالم", ["مرحبا", "بالع"]),
        ("mixed 中文 and English文本", ["中文", "english", "文本", "mixed 中文"]),
        ("ＦＵＬＬ width ｶﾀｶﾅ", ["full", "カタカナ"]),
        ("party 🎉 tonight", ["🎉", "party 🎉"]),
        ("see foo-bar_baz.txt v1.2", ["foo-bar", "bar_baz", "v1.2", "foo bar"]),
        ('It\'s AND OR NOT (near) "quoted" *', ["and", "it's", "not", "(near)", "or not"]),
    ],
)
async def test_what_people_type_finds_it(shelf: Shelf, content: str, wanted: list[str]) -> None:
    (key,) = await shelf.put(content)
    await shelf.put("something else entirely", "另外一句话")
    for text in wanted:
        assert await shelf.found(text) == [key], text


@pytest.mark.parametrize(
    "text", ["天今", "气天", "café bar", "ark", "園公", "…", '"', "* OR x", "body:", "NEAR(", "\x00", " "]
)
async def test_what_is_not_there_is_not_found(shelf: Shelf, text: str) -> None:
    await shelf.put("今天天气很好", "Café in the park", "公园")
    assert await shelf.found(text) == []


async def test_every_change_reaches_the_index(shelf: Shelf) -> None:
    one, two, three = await shelf.put("apple one", "apple two", "apple three")
    assert await shelf.found("apple") == [three, two, one]
    await shelf.database.write(messages.set_elements, one, (Text("pear"),))
    assert await shelf.found("apple") == [three, two]
    assert await shelf.found("pear") == [one]
    await shelf.database.write(messages.revoke, two, BEN, "")
    await shelf.database.write(messages.delete_here, [three])
    assert await shelf.found("apple") == []
    assert await shelf.found(kinds=frozenset({"text"})) == [one]


async def test_filters(shelf: Shelf) -> None:
    picture = Image(Media("mxc://x/1", "harbour.png"))
    (photo,) = await shelf.put(picture)
    (paper,) = await shelf.put(File(Media("mxc://x/2", "Übersicht.pdf")), sender=ANN)
    (link,) = await shelf.put("look at https://example.org/x", mentions=(ANN,))
    (place,) = await shelf.put(Location("1.5", "2.5", "the harbour"), conversation=OTHER)
    assert await shelf.found("harbour") == [place, photo]
    assert await shelf.found("harbour", conversation=TALK) == [photo]
    assert await shelf.found("ubers") == [paper]
    assert await shelf.found(sender=ANN) == [paper]
    assert await shelf.found(kinds=frozenset({"image", "file"})) == [paper, photo]
    assert await shelf.found("harbour", kinds=frozenset({"image"})) == [photo]
    assert await shelf.found(kinds=frozenset({"link"})) == [link]
    assert await shelf.found(mentions_me=True) == [link]
    when = (await shelf.message(paper)).time_ms
    assert await shelf.found(from_ms=when, until_ms=when + 1) == [paper]
    assert SearchQuery().is_empty
    assert not SearchQuery(sender=ANN).is_empty


async def test_pages_meet(shelf: Shelf) -> None:
    keys = await shelf.put(*(f"word {n}" for n in range(25)))
    seen: list[int] = []
    last = None
    while page := await shelf.database.read(search.find, SearchQuery("word"), ANN, 10, last):
        seen += (message.key for message in page)
        last = page[-1]
    assert seen == keys[::-1]


async def test_an_older_store_is_indexed_little_by_little(shelf: Shelf) -> None:
    keys = await shelf.put(*(f"old {n}" for n in range(25)))

    def forget(connection: apsw.Connection) -> None:
        connection.execute("DELETE FROM search WHERE rowid > 0")
        settings.put(connection, search.BACKLOG, max(keys))

    await shelf.database.write(forget)
    (new,) = await shelf.put("old but new")
    assert await shelf.found("old") == [new]
    steps = 0
    while await shelf.database.write(search.index_older, 10):
        steps += 1
    assert steps == 2
    assert await shelf.found("old") == [new, *keys[::-1]]
    assert not await shelf.database.write(search.index_older, 10)


async def marked(shelf: Shelf, content: str, text: str) -> Iterable[str]:
    (key,) = await shelf.put(content)
    snippet, marks = snippet_of(await shelf.message(key), text)
    return [snippet[start : start + length] for start, length in marks]


async def test_snippets_mark_what_matched(shelf: Shelf) -> None:
    assert await marked(shelf, "Wir treffen uns im CAFÉ\num neun", "cafe neun") == ["CAFÉ", "neun"]
    assert await marked(shelf, "今天天气很好", "天气") == ["天气"]
    assert await marked(shelf, "Straße und STRASSE", "strasse") == ["Straße", "STRASSE"]
    (key,) = await shelf.put("x " * 500 + "needle" + " y" * 500)
    snippet, marks = snippet_of(await shelf.message(key), "needle")
    assert len(snippet) < 130
    assert snippet[0] == snippet[-1] == "…"
    ((start, length),) = marks
    assert snippet[start : start + length] == "needle"
