"""The account's own affairs through a real Synapse: name, picture, devices, blocked people, privacy, a new login."""

import asyncio
import io
from pathlib import Path

import pytest
from PIL import Image

from chatdesk.domain.changes import ConnectionKind
from chatdesk.domain.elements import Media
from chatdesk.domain.errors import InputError, NotAPicture, SessionEnded
from tests.servers.people import Person


async def test_name_and_picture(ann: Person, tmp_path: Path) -> None:
    account = ann.session.account
    told: list[str] = []
    ann.session.names.subscribe(told.append)
    await account.set_name("  Ann   of Green Gables ")
    assert ann.session.own_name == "Ann of Green Gables" == told[-1]
    with pytest.raises(InputError):
        await account.set_name("  ")
    photo = tmp_path / "wide.jpg"
    noted = Image.Exif()
    noted[0x010F] = "SecretCamera"
    Image.new("RGB", (1600, 900), "red").save(photo, exif=noted)
    await account.set_picture(photo)
    uri = account.profile.avatar_uri
    assert uri.startswith("mxc://")
    found = await ann.session._server.profile(ann.user_id)
    assert (found.name, found.avatar_uri) == ("Ann of Green Gables", uri)
    async with ann.session._server.download(uri) as stream:
        kept = b"".join([chunk async for chunk in stream.chunks()])
    assert Image.open(io.BytesIO(kept)).size == (512, 512)
    assert b"SecretCamera" not in kept
    text = tmp_path / "text.png"
    text.write_text("no picture")
    with pytest.raises(NotAPicture):
        await account.set_picture(text)
    await ann.restart(start=False)  # without the network: what was known is known
    assert ann.session.account.profile == found
    await ann.session.account.remove_picture()
    assert (await ann.session._server.profile(ann.user_id)).avatar_uri == ""


async def test_devices_are_listed_renamed_and_signed_out(ann: Person, tmp_path: Path) -> None:
    other = await Person(ann.account, tmp_path / "other").log_in(start=False)
    account = ann.session.account
    devices = await account.devices()
    own = devices[0]
    assert [device.is_current for device in devices] == [True] + [False] * (len(devices) - 1)
    second = next(device for device in devices if device.id == other.session._account.device_id)
    assert second.name == "chatdesk test"
    await account.rename_device(second.id, " the  laptop ")
    assert "the laptop" in [device.name for device in await account.devices()]
    with pytest.raises(InputError, match="password is wrong"):
        await account.sign_out([second.id], "wrong")
    with pytest.raises(InputError, match="using"):
        await account.sign_out([own.id], ann.account.password)
    assert len(await account.devices()) == len(devices)
    await account.sign_out([second.id], ann.account.password)
    assert {device.id for device in await account.devices()} == {d.id for d in devices} - {second.id}
    with pytest.raises(SessionEnded):
        await other.session.account.devices()
    await other.close()


async def test_blocked_people(ann: Person, ben: Person) -> None:
    account = ann.session.account
    assert await account.blocked() == ()
    await ann.session._server.account.set_blocked([ben.user_id, "@troll:example.org"])
    assert await account.blocked() == tuple(sorted((ben.user_id, "@troll:example.org")))
    await account.unblock("@troll:example.org")
    assert await account.blocked() == (ben.user_id,)


async def test_private_read_reports_are_seen_by_the_own_devices_only(ann: Person, ben: Person, tmp_path: Path) -> None:
    talk = await ann.session.conversations.start_c2c(ben.user_id)
    await ann.say(talk, "one")
    first = await ben.sees(ben.c2c(ann), "one")
    await ben.session.receipts.mark_read(ben.c2c(ann), first.key)

    async def ben_has_read() -> bool:
        return ben.user_id in await ann.session.receipts.read_positions(talk)

    await ann.until(ben_has_read)
    public = (await ann.session.receipts.read_positions(talk))[ben.user_id]
    phone = await Person(ben.account, tmp_path / "phone").log_in()
    await phone.sees(ben.c2c(ann), "one")
    ben.session.receipts.is_public = False
    await ann.say(talk, "two")
    second = await ben.sees(ben.c2c(ann), "two")
    await phone.conversation(ben.c2c(ann), lambda c: c.unread == 1)
    await ben.session.receipts.mark_read(ben.c2c(ann), second.key)
    await phone.conversation(ben.c2c(ann), lambda c: c.unread == 0)
    await ben.say(ben.c2c(ann), "an answer after it")
    await ann.sees(talk, "an answer after it")
    newest = {message.text: message for message in await ann.newest(talk)}
    assert (await ann.session.receipts.read_positions(talk)).get(ben.user_id, public) != newest["two"].position
    await phone.close()


async def test_logging_in_again_keeps_everything_and_the_device(ann: Person, ben: Person) -> None:
    talk = await ann.session.conversations.start_c2c(ben.user_id)
    await ann.say(talk, "before")
    await ben.sees(ben.c2c(ann), "before")
    device = ann.session._account.device_id
    await ann.session._server._client.call("POST", "/_matrix/client/v3/logout", {})

    async def ended() -> bool:
        return ann.session.connection.kind is ConnectionKind.LOGGED_OUT

    await ann.until(ended)
    waiting = await ann.say(talk, "written meanwhile")
    with pytest.raises(Exception, match="password is wrong"):
        await ann.session.log_in_again("wrong")
    assert ann.session.connection.kind is ConnectionKind.LOGGED_OUT
    await ann.session.log_in_again(ann.account.password)
    assert ann.session._account.device_id == device
    await ben.sees(ben.c2c(ann), "written meanwhile")
    await ann.synced(talk)
    assert [m.key for m in await ann.newest(talk) if m.text == "written meanwhile"] == [waiting.key]
    await ann.restart()
    assert ann.session._account.device_id == device
    await ann.say(talk, "after the restart")
    await ben.sees(ben.c2c(ann), "after the restart")


async def test_storage_is_measured_limited_and_given_back(ann: Person, ben: Person, tmp_path: Path) -> None:
    talk = await ann.session.conversations.start_c2c(ben.user_id)
    group = await ann.session.conversations.create_group("Pictures", [])
    from chatdesk.core.attachments import file_element

    shown: list[Media] = []
    for number, place in enumerate((talk, group, group)):
        picture = tmp_path / f"{number}.png"
        Image.effect_noise((400, 400), 90).convert("RGB").save(picture)
        message = await ann.session.outbox.send(place, [file_element(picture)])
        await ann.synced(place)
        done = next(m for m in await ann.newest(place) if m.key == message.key)
        media = done.elements[0].media  # type: ignore[union-attr]  # a picture, as was sent
        assert await ann.session.media.thumbnail(media, 320, 240)
        shown.append(media)
    storage = ann.session.storage
    use = await storage.use()
    sizes = {found.conversation.id: found.media_bytes for found in use.conversations}
    assert sizes[group] > sizes[talk] > 10_000
    assert use.cache_bytes == sum(sizes.values())
    assert use.database_bytes > use.cache_bytes
    assert next(f for f in use.conversations if f.conversation.id == group).messages >= 2
    assert use.conversations[0].conversation.id == group
    await storage.clear_cache(talk)
    after = {found.conversation.id: found.media_bytes for found in (await storage.use()).conversations}
    assert (after[talk], after[group]) == (0, sizes[group])
    await storage.set_limit(sizes[group] - 1)
    assert (await storage.use()).cache_bytes <= (sizes[group] - 1) * 3 // 4
    await ann.restart(start=False)
    assert ann.session.storage.limit_bytes == sizes[group] - 1
    await ann.session.storage.clear_cache()
    use = await ann.session.storage.use()
    assert use.cache_bytes == 0


async def test_a_proxy_holds_at_once_and_after_a_restart(ann: Person, tmp_path: Path) -> None:
    from chatdesk.domain.account import Proxy, ProxyKind

    network = ann.session.network
    with pytest.raises(InputError):
        await network.set_proxy(Proxy(ProxyKind.HTTP, "", 8080))
    chosen = Proxy(ProxyKind.SOCKS5, "127.0.0.1", 1080, "ann", "s3cret")
    await network.set_proxy(chosen)
    await asyncio.sleep(0)
    await ann.restart(start=False)
    assert ann.session.network.proxy == chosen
    assert "s3cret" not in repr(chosen)
    for path in ann.directory.rglob("*"):
        if path.is_file():
            assert b"s3cret" not in path.read_bytes(), path
