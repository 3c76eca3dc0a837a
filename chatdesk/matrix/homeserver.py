"""The endpoints chatdesk uses, one thin method each. Runs on the event loop; every failure is a ChatdeskError.

Retries nothing and keeps nothing but the connection: what must survive goes through the outbox. Room ids and
everything else that ends up in a path are opaque and percent-encoded whole (room ids may lack a server part).
"""

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from pathlib import Path
from urllib.parse import urlencode

from chatdesk.domain.account import Proxy
from chatdesk.domain.conversations import Member, UserProfile
from chatdesk.domain.errors import (
    Forbidden,
    LoginError,
    NotFound,
    ServerError,
    SessionEnded,
    TemporaryServerError,
    WrongUserName,
)
from chatdesk.domain.ids import localpart
from chatdesk.domain.wording import Sentence
from chatdesk.matrix import media
from chatdesk.matrix.account import AccountCalls
from chatdesk.matrix.apart import Apart
from chatdesk.matrix.client import MIB, SYSTEM_PROXY, Client, path
from chatdesk.matrix.decode import CLEARED, direct_channels, members_of
from chatdesk.matrix.failures import PASSWORD as PASSWORD_LOGIN
from chatdesk.matrix.failures import not_understood
from chatdesk.matrix.groups import GroupCalls
from chatdesk.matrix.lenient import json_bytes, mapping, number, sequence, strings, text
from chatdesk.matrix.media import MediaStream
from chatdesk.matrix.mxc import mxc
from chatdesk.matrix.relations import HIDDEN, REACTION, hidden_content, hidden_ids
from chatdesk.matrix.signs import IGNORED, MARKED, MARKED_EARLIER, PUSH_RULES, TAGS
from chatdesk.matrix.wire import Login

V3 = "/_matrix/client/v3"
SYNC_GRACE_S = 15.0
CATCH_UP_S = 300.0
"""The first sync of a big account, or one after weeks away, takes a server minutes before its first byte."""
JOIN_S = 180.0
"""Joining through other servers is slow."""
_STATE_TYPES = [
    "m.room.create",
    "m.room.name",
    "m.room.canonical_alias",
    "m.room.topic",
    "m.room.avatar",
    "m.room.encryption",
    "m.room.member",
    "m.room.power_levels",
    "m.room.pinned_events",
]


class Homeserver:
    """`url`: https://host, http://127.0.0.1:8008 (this machine only) or unix:///path/of.sock."""

    def __init__(self, url: str, token: str = "", own_user_id: str = "", proxy: Proxy = SYSTEM_PROXY) -> None:
        self._client = Client(url, proxy)
        self._client.authorize(token)
        self.url = self._client.url
        self.own_user_id = own_user_id
        self.apart = Apart()
        """Where whole files are moved: `download` and `upload` are fastest there."""
        self.groups = GroupCalls(self._client)
        self.account = AccountCalls(self._client, lambda: self.own_user_id)

    async def set_proxy(self, proxy: Proxy) -> None:
        """Another way to the server from now on; what is under way breaks with NetworkError."""
        await self._client.set_proxy(proxy)

    def authorize(self, token: str, own_user_id: str) -> None:
        self._client.authorize(token)
        self.own_user_id = own_user_id

    async def close(self) -> None:
        """Close the connections. Cancel running calls first; one still running fails with NetworkError."""
        await self._client.close()
        await self.apart.close()

    # -- the server and the account

    async def check(self) -> None:
        """Raises ServerError when no homeserver answers here."""
        message = Sentence("{server} is not a Matrix homeserver. Check the address.", server=self._client.label)
        try:
            answer = await self._client.call("GET", "/_matrix/client/versions", authorized=False)
        except TemporaryServerError as error:
            if error.status >= 500:
                raise
            raise ServerError(message) from error
        except ServerError as error:
            if error.code == "M_LIMIT_EXCEEDED":
                raise
            raise ServerError(message, error.status, error.code) from error
        versions = strings(answer.get("versions"))
        if not versions:
            raise ServerError(message)
        if not any(map(_is_recent, versions)):
            raise ServerError(
                Sentence(
                    "{server} speaks an old form of Matrix ({version}) that chatdesk does not. Ask whoever runs "
                    "it to update it.",
                    server=self._client.label,
                    version=versions[-1],
                )
            )

    async def login(self, user: str, password: str, device_name: str, device_id: str = "") -> Login:
        """Log in and use the new session from now on; with a `device_id` as this device, known to the server or not.

        Raises LoginError with words for the user, or RateLimited.
        """
        body = {
            "type": PASSWORD_LOGIN,
            "identifier": {"type": "m.id.user", "user": user},
            "password": password,
            "initial_device_display_name": device_name,
        } | ({"device_id": device_id} if device_id else {})
        try:
            answer = await self._client.call("POST", f"{V3}/login", body, authorized=False)
        except SessionEnded as error:
            raise LoginError(str(error)) from error  # locked or deactivated: the sentence says which
        except Forbidden as error:
            is_wrong = error.code == "M_FORBIDDEN"
            raise LoginError("The user name or the password is wrong." if is_wrong else str(error)) from error
        except ServerError as error:
            if error.code in ("M_UNKNOWN", "M_UNRECOGNIZED") and error.status in (400, 404, 405):
                raise LoginError(
                    Sentence("{server} does not allow logging in with a password.", server=self._client.label)
                ) from error
            if error.code in ("M_INVALID_USERNAME", "M_INVALID_PARAM", "M_BAD_JSON"):
                raise WrongUserName("This is not a user name of this server.") from error
            raise
        login = Login(text(answer.get("user_id")), text(answer.get("device_id")), text(answer.get("access_token")))
        if not (login.user_id and login.token and login.token.isascii() and login.token.isprintable()):
            raise not_understood(self._client.label)
        self.authorize(login.token, login.user_id)
        return login

    async def logout(self) -> None:
        try:
            await self._client.call("POST", f"{V3}/logout", {})
        except SessionEnded:
            return  # it is over, which is what was wanted

    # -- syncing

    async def create_filter(self, timeline_limit: int) -> str:
        nothing = {"not_types": ["*"]}
        wanted = {
            "presence": nothing,
            "account_data": {"types": ["m.direct", PUSH_RULES, IGNORED]},
            "room": {
                "include_leave": False,
                "state": {"types": _STATE_TYPES, "lazy_load_members": True},
                "timeline": {"limit": timeline_limit, "lazy_load_members": True},
                "ephemeral": {"types": ["m.receipt", "m.typing"]},
                "account_data": {"types": [CLEARED, HIDDEN, TAGS, MARKED, MARKED_EARLIER]},
            },
        }
        answer = await self._client.call("POST", f"{V3}{path('user', self.own_user_id, 'filter')}", wanted)
        return self._required(answer.get("filter_id"))

    async def sync(self, since: str, timeout_ms: int, filter_id: str) -> bytes:
        query = {"timeout": str(timeout_ms), "filter": filter_id}
        grace_s = SYNC_GRACE_S if since and timeout_ms else CATCH_UP_S
        if since:
            query["since"] = since
        return await self._client.request("GET", f"{V3}/sync", query=query, read_s=timeout_ms / 1000 + grace_s)

    async def history(self, channel: str, token: str, limit: int) -> bytes:
        query = {"dir": "b", "from": token, "limit": str(limit), "filter": '{"lazy_load_members":true}'}
        return await self._client.request("GET", f"{V3}{path('rooms', channel, 'messages')}", query=query)

    async def message_at(self, channel: str, time_ms: int) -> str:
        """The id of the first message at or after a time. Raises NotFound when there is none."""
        return self._required((await self._first_since(channel, time_ms)).get("event_id"))

    async def first_time_ms(self, channel: str) -> int:
        """When a channel began. Raises NotFound when the server does not say."""
        return number((await self._first_since(channel, 0)).get("origin_server_ts"))

    async def _first_since(self, channel: str, time_ms: int) -> dict[str, object]:
        query = {"ts": str(time_ms), "dir": "f"}
        where = path("rooms", channel, "timestamp_to_event")
        return await self._client.call("GET", f"/_matrix/client/v1{where}", query=query)

    async def context(self, channel: str, message_id: str, limit: int) -> bytes:
        """A message and its neighbours."""
        query = {"limit": str(limit), "filter": '{"lazy_load_members":true}'}
        return await self._client.request("GET", f"{V3}{path('rooms', channel, 'context', message_id)}", query=query)

    async def message(self, channel: str, message_id: str) -> bytes:
        """One message. Raises NotFound or Forbidden when it is not to be seen."""
        return await self._client.request("GET", f"{V3}{path('rooms', channel, 'event', message_id)}")

    async def relations(self, channel: str, message_id: str, kind: str, token: str = "") -> bytes:
        """A page of what relates to a message in one way ("m.annotation", "m.replace"), newest first."""
        where = path("rooms", channel, "relations", message_id, kind)
        query = {"dir": "b", "limit": "100"} | ({"from": token} if token else {})
        return await self._client.request("GET", f"/_matrix/client/v1{where}", query=query)

    async def hidden(self, channel: str) -> tuple[str, ...]:
        """The messages of a channel that the account wants hidden on all its devices."""
        try:
            return hidden_ids(await self._client.call("GET", self._hidden_path(channel)))
        except NotFound:
            return ()

    async def add_hidden(self, channel: str, message_ids: Sequence[str]) -> None:
        """Tell every chatdesk of this account not to show these messages."""
        body = hidden_content(await self.hidden(channel), message_ids)
        await self._client.call("PUT", self._hidden_path(channel), json_bytes(body))

    def _hidden_path(self, channel: str) -> str:
        return f"{V3}{path('user', self.own_user_id, 'rooms', channel, 'account_data', HIDDEN)}"

    async def set_cleared(self, channel: str, message_id: str, time_ms: int) -> None:
        """Tell every chatdesk of this account to show nothing up to and including this message."""
        where = path("user", self.own_user_id, "rooms", channel, "account_data", CLEARED)
        await self._client.call("PUT", f"{V3}{where}", {"event_id": message_id, "time_ms": time_ms})

    # -- messages

    async def send(self, channel: str, txn_id: str, content: bytes) -> str:
        where = path("rooms", channel, "send", "m.room.message", txn_id)
        answer = await self._client.call("PUT", f"{V3}{where}", content)
        return self._required(answer.get("event_id"))

    async def react(self, channel: str, txn_id: str, content: bytes) -> str:
        """`content` from encode.reaction_content; the reaction's id."""
        where = path("rooms", channel, "send", REACTION, txn_id)
        answer = await self._client.call("PUT", f"{V3}{where}", content)
        return self._required(answer.get("event_id"))

    async def revoke(self, channel: str, message_id: str, txn_id: str, reason: str = "") -> str:
        where = path("rooms", channel, "redact", message_id, txn_id)
        answer = await self._client.call("PUT", f"{V3}{where}", {"reason": reason} if reason else {})
        return self._required(answer.get("event_id"))

    async def mark_read(self, channel: str, message_id: str, is_public: bool = True) -> None:
        """Not `is_public`: only the account's own devices learn it."""
        body = {"m.fully_read": message_id, "m.read" if is_public else "m.read.private": message_id}
        await self._client.call("POST", f"{V3}{path('rooms', channel, 'read_markers')}", body)

    async def typing(self, channel: str, shown_ms: int) -> None:
        """The account is typing, for this long without another word; 0: no longer."""
        body = {"typing": True, "timeout": shown_ms} if shown_ms else {"typing": False}
        await self._client.call("PUT", f"{V3}{path('rooms', channel, 'typing', self.own_user_id)}", body)

    # -- conversations

    async def create_direct(self, peer: str) -> str:
        """A channel with one other person. Has no transaction id: never repeat it blindly."""
        body = {"preset": "private_chat", "is_direct": True, "invite": [peer]}
        answer = await self._client.call("POST", f"{V3}/createRoom", body, read_s=JOIN_S)
        return self._required(answer.get("room_id"))

    async def create_group(self, name: str, members: Sequence[str]) -> str:
        body = {"preset": "private_chat", "name": name, "invite": list(members)}
        answer = await self._client.call("POST", f"{V3}/createRoom", body, read_s=JOIN_S)
        return self._required(answer.get("room_id"))

    async def invite(self, channel: str, user_id: str) -> None:
        await self._client.call("POST", f"{V3}{path('rooms', channel, 'invite')}", {"user_id": user_id}, read_s=JOIN_S)

    async def join(self, channel_or_alias: str, servers: Sequence[str] = ()) -> str:
        """`servers` are asked the way where the own one does not know it: `via`, and its name before Matrix 1.12."""
        way = urlencode([(name, server) for server in servers for name in ("via", "server_name")])
        where = f"{V3}{path('join', channel_or_alias)}{'?' if way else ''}{way}"
        answer = await self._client.call("POST", where, {}, read_s=JOIN_S)
        return self._required(answer.get("room_id"))

    async def resolve(self, alias: str) -> str:
        """The channel behind an address like `#name:server`. Raises NotFound when it leads nowhere."""
        answer = await self._client.call("GET", f"{V3}/directory{path('room', alias)}")
        return self._required(answer.get("room_id"))

    async def leave(self, channel: str) -> None:
        await self._client.call("POST", f"{V3}{path('rooms', channel, 'leave')}", {}, read_s=JOIN_S)

    async def forget(self, channel: str) -> None:
        await self._client.call("POST", f"{V3}{path('rooms', channel, 'forget')}", {})

    async def members(self, channel: str) -> tuple[Member, ...]:
        """Everybody who is in, invited or banned."""
        where = path("rooms", channel, "members")
        return members_of(await self._client.request("GET", f"{V3}{where}", query={"not_membership": "leave"}))

    async def direct_channels(self) -> dict[str, str]:
        """Channel -> peer, as the account's list says."""
        try:
            return direct_channels(await self._client.call("GET", self._direct_path()))
        except NotFound:
            return {}

    async def set_direct(self, channels: Mapping[str, str]) -> None:
        by_peer: dict[str, list[str]] = {}
        for channel, peer in channels.items():
            by_peer.setdefault(peer, []).append(channel)
        await self._client.call("PUT", self._direct_path(), json_bytes(by_peer))

    def _direct_path(self) -> str:
        return f"{V3}{path('user', self.own_user_id, 'account_data', 'm.direct')}"

    # -- people

    async def profile(self, user_id: str) -> UserProfile:
        """Raises NotFound when there is no such user."""
        try:
            answer = await self._client.call("GET", f"{V3}{path('profile', user_id)}")
        except NotFound as error:
            raise NotFound(Sentence("There is no user {user}.", user=user_id), error.status, error.code) from error
        return _profile(user_id, answer.get("displayname"), answer.get("avatar_url"))

    async def set_display_name(self, name: str) -> None:
        where = path("profile", self.own_user_id, "displayname")
        await self._client.call("PUT", f"{V3}{where}", {"displayname": name})

    async def search_users(self, term: str, limit: int = 20) -> tuple[UserProfile, ...]:
        body = {"search_term": term, "limit": limit}
        answer = await self._client.call("POST", f"{V3}/user_directory/search", body)
        found = [mapping(result) for result in sequence(answer.get("results"))]
        return tuple(
            _profile(user_id, person.get("display_name"), person.get("avatar_url"))
            for person in found
            if (user_id := text(person.get("user_id"))).startswith("@")
        )

    # -- media

    async def upload_limit(self) -> int:
        return await media.upload_limit(self._client)

    async def upload(
        self, path: Path, mime: str, name: str, on_progress: Callable[[int, int], None] | None = None
    ) -> str:
        return await media.upload(self._client, path, mime, name, on_progress)

    async def upload_bytes(self, data: bytes, mime: str, name: str) -> str:
        return await media.upload_bytes(self._client, data, mime, name)

    def download(self, uri: str, offset: int = 0) -> AbstractAsyncContextManager[MediaStream]:
        return media.download(self._client, uri, offset)

    async def thumbnail(self, uri: str, width: int, height: int, max_bytes: int = 8 * MIB) -> bytes:
        return await media.thumbnail(self._client, uri, width, height, max_bytes)

    def _required(self, value: object) -> str:
        """An id the server had to give."""
        if not text(value):
            raise not_understood(self._client.label)
        return text(value)


def _is_recent(version: str) -> bool:
    """v1.1 brought the addresses chatdesk uses; before it versions were called r0.x."""
    major, _, minor = version.removeprefix("v").partition(".")
    return version.startswith("v") and major.isdigit() and minor.isdigit() and (int(major), int(minor)) >= (1, 1)


def _profile(user_id: str, name: object, avatar: object) -> UserProfile:
    return UserProfile(user_id, text(name).strip() or localpart(user_id), mxc(avatar))
