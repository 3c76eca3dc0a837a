"""The people of the pictures and what they say to each other, through the core and the real server."""

import asyncio
from collections.abc import Sequence
from pathlib import Path

from PIL import Image

from chatdesk.core.attachments import file_element
from chatdesk.domain.elements import Element, Location, Text
from chatdesk.domain.ids import ConversationId, ConversationType
from chatdesk.domain.messages import Message, SendOptions
from chatdesk.localserver import LocalServer
from tests.servers.accounts import Account
from tests.servers.people import Person, is_invited, is_joined

NAMES = {
    "ann": "Ann",
    "ben": "Ben",
    "carla": "Carla Montgomery-Featherstonehaugh of Upper Little Wallop-on-the-Water",
    "layla": "ليلى الحسن",
    "wei": "王伟",
    "yuki": "山田ゆき",
}
GROUP = "Weekend trip"
LONG_GROUP = "Planning committee for the annual summer festival of the neighbourhood, second round of talks"


class Cast:
    """Everybody but Ann, whose window the pictures show."""

    def __init__(self, server: LocalServer, folder: Path, samples: Path) -> None:
        self._server = server
        self._folder = folder
        self._samples = samples
        self.accounts: dict[str, Account] = {}
        self.people: dict[str, Person] = {}

    async def arrive(self) -> None:
        for name, shown in NAMES.items():
            password = self._server.password_for(name)
            user_id = await self._server.register(name, password, shown)
            self.accounts[name] = Account(self._server.tcp_url, user_id, name, password, shown)
        for name in NAMES:
            if name != "ann":
                self.people[name] = await Person(self.accounts[name], self._folder / name, self._server.url).log_in()

    async def leave(self) -> None:
        for person in self.people.values():
            await person.close()

    @property
    def ben(self) -> Person:
        return self.people["ben"]

    def with_ann(self) -> ConversationId:
        """How everybody else calls the conversation with Ann."""
        return ConversationId(ConversationType.C2C, self.accounts["ann"].user_id)

    def with_(self, name: str) -> ConversationId:
        """How Ann calls it."""
        return ConversationId(ConversationType.C2C, self.accounts[name].user_id)

    async def tell(self, person: Person, to: ConversationId, *texts: str | Element, reply_to: str = "") -> Message:
        """One message each, in this order; the last of them, when it is on the server."""
        for text in texts:
            elements: Sequence[Element] = [Text(text) if isinstance(text, str) else text]
            last = await person.session.outbox.send(to, elements, SendOptions(reply_to=reply_to))
            last = await person.session.outbox.delivered(last.key)
        return last

    async def found_groups(self, ann: Person) -> tuple[ConversationId, ConversationId]:
        """The two groups of Ann's; everybody she invites comes."""
        everybody = [person.user_id for person in self.people.values()]
        group = await ann.session.conversations.create_group(GROUP, everybody)
        long = await self.ben.session.conversations.create_group(LONG_GROUP, [ann.user_id])
        for person in self.people.values():
            await person.conversation(group, is_invited)
            await person.session.conversations.accept(group)
        await ann.conversation(long, is_invited)
        await ann.session.conversations.accept(long)
        return group, long

    async def talk(self) -> None:
        """Everything that was said before the first picture. Ann talks from another computer of hers."""
        ann = await Person(self.accounts["ann"], self._folder / "ann", self._server.url).log_in()
        group, long = await self.found_groups(ann)
        for name in ("carla", "layla", "wei", "yuki", "ben"):
            talk = await ann.session.conversations.start_c2c(self.accounts[name].user_id)
            await self.people[name].conversation(self.with_ann(), is_joined)
            await getattr(self, f"_{name}")(ann, talk, self.people[name])
        await self._in_group(ann, group)
        await self.tell(self.ben, long, "Shall we meet on Thursday?")
        await self.people["wei"].session.conversations.create_group("读书会", [ann.user_id])
        await ann.close()

    async def _ben(self, ann: Person, talk: ConversationId, ben: Person) -> None:
        back = self.with_ann()
        await self.tell(ann, talk, "Hi Ben! Did you get home safely yesterday?")
        await self.tell(ben, back, "Yes, thanks. The last train was on time for once 🙂")
        await self.tell(ann, talk, "Good. I found the photo I told you about:")
        photo = await self.tell(ann, talk, await _file(self._samples / "harbour.png"))
        liked = await self._seen(ben, back, photo.message_id)
        await ben.session.outbox.react(liked.key, "❤️")
        await self.tell(ben, back, "What a morning! Send me the walking route too, please.", reply_to=photo.message_id)
        await self.tell(ann, talk, await _file(self._samples / "Walking route.txt"))
        await self.tell(ben, back, "Looking forward to it!")

    async def _carla(self, ann: Person, talk: ConversationId, carla: Person) -> None:
        back = self.with_ann()
        await self.tell(carla, back, "One line.", "Two lines of text,\nthe second of which is here.")
        await self.tell(ann, talk, "Three lines:\nbread\nbutter")
        await self.tell(
            carla, back, "\n".join(f"{number}. Point {number} of a very long list" for number in range(1, 301))
        )
        await self.tell(ann, talk, f"A long word: {'Donaudampfschifffahrtsgesellschaft' * 4}")
        for width, height in ((160, 1200), (1800, 200)):
            await self.tell(carla, back, await _file(self._picture(width, height)))
        await self.tell(carla, back, Location("48.20849", "16.37208", "St. Stephen's Cathedral, Vienna"))

    async def _layla(self, ann: Person, talk: ConversationId, layla: Person) -> None:
        back = self.with_ann()
        await self.tell(layla, back, "صباح الخير يا آن! هل نلتقي عند الميناء في الساعة التاسعة؟")
        await self.tell(ann, talk, "صباح النور! نعم، سأكون هناك مع Ben في 9:00.")
        await self.tell(
            layla, back, "ممتاز 👍 لا تنسي الكاميرا: (photo.jpg) ثلاث صور على الأقل.", "Mixed: see you at الميناء!"
        )

    async def _wei(self, ann: Person, talk: ConversationId, wei: Person) -> None:
        back = self.with_ann()
        await self.tell(wei, back, "今天天气真好，我们去海边散步吧！")
        await self.tell(ann, talk, "好啊，几点出发？")
        await self.tell(wei, back, "早上九点在港口见面。别忘了带相机和零食，路线我已经发给大家了。")

    async def _yuki(self, ann: Person, talk: ConversationId, yuki: Person) -> None:
        back = self.with_ann()
        await self.tell(
            yuki, back, "おはよう！", "🎉", "👩‍👩‍👧‍👦🏳️‍🌈👍🏽", "土曜日、楽しみにしています 😊 お弁当を作ります。"
        )
        await self.tell(ann, talk, "😍😍😍", "👏")

    async def _in_group(self, ann: Person, group: ConversationId) -> None:
        wei = self.people["wei"]
        first = await self.tell(ann, group, "Who is in for Saturday? The forecast looks fine.")
        await self.tell(self.ben, group, "Me! I can bring the tent.")
        for name, symbol in (("ben", "👍"), ("wei", "👍"), ("yuki", "🎉"), ("layla", "❤️")):
            person = self.people[name]
            await person.session.outbox.react((await self._seen(person, group, first.message_id)).key, symbol)
        await self.tell(wei, group, "I am late on Saturdays: can we start at ten?", reply_to=first.message_id)
        markdown = (
            "Packing list\n\n- **tent** (Ben)\n- *food* (Ann)\n- `camera`\n\n> nothing heavy, please\n\n"
            "```python\nfor item in packing:\n    print(item.weight)\n```"
        )
        html = (
            "<p>Packing list</p><ul><li><strong>tent</strong> (Ben)</li><li><em>food</em> (Ann)</li>"
            "<li><code>camera</code></li></ul><blockquote>nothing heavy, please</blockquote>"
            '<pre><code class="language-python">for item in packing:\n    print(item.weight)\n</code></pre>'
        )
        await self.tell(self.ben, group, Text(markdown, html))
        wrong = await self.tell(self.ben, group, "The train leaves at 8:15 from platfrom 3.")
        await self.ben.session.outbox.edit(wrong.key, [Text("The train leaves at 8:15 from platform 3.")])
        gone = await self.tell(wei, group, "This was meant for somebody else.")
        await wei.session.outbox.revoke(gone.key)
        mistake = await self.tell(ann, group, "Then I take care of the fod.")
        await ann.session.outbox.revoke(mistake.key)
        await self.tell(ann, group, "Then I take care of the food. Meeting point at nine by the harbour?")
        await wei.synced(group)
        await ann.synced(group)

    async def _seen(self, person: Person, conversation: ConversationId, message_id: str) -> Message:
        found: list[Message] = []

        async def is_there() -> bool:
            found[:] = [m for m in await person.newest(conversation) if m.message_id == message_id]
            return bool(found)

        await person.until(is_there)
        return found[0]

    def _picture(self, width: int, height: int) -> Path:
        path = self._folder / f"{width} by {height}.png"
        light = Image.linear_gradient("L").resize((width, height))
        Image.merge("RGB", (light, Image.new("L", light.size, 120), light.rotate(180))).save(path)
        return path


async def _file(path: Path) -> Element:
    return await asyncio.to_thread(file_element, path)
