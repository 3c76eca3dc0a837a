"""`chatdesk login`, `api` and `listen`: the message interface from a shell, one JSON object per line. Without Qt.

Runs on plain asyncio in a process of its own. Standard output carries JSON lines only; everything for people goes to
standard error.
"""

import argparse
import asyncio
import contextlib
import inspect
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec

from chatdesk.app import paths
from chatdesk.core.profile import ProfileInUse
from chatdesk.domain.errors import ChatdeskError
from chatdesk.tim import Tim
from chatdesk.tim.codes import DOWNLOADING, ConvEvent, NetworkStatus

_PATIENCE_S = 30.0
"""For the first news of the server; then the call is made with what is here."""
_STDIN = "-"


class CommandError(Exception):
    """The command cannot be carried out; the text says why and what to do."""


async def run(options: argparse.Namespace) -> int:
    """Carry out one command; its exit code."""
    passphrase = None
    if options.passphrase_file is not None:
        passphrase = await asyncio.to_thread(_secret, options.passphrase_file)
    tim = Tim(paths.profile(options.profile), passphrase, keyring_entry=options.profile)
    try:
        match options.command:
            case "login":
                return await _log_in(tim, options)
            case "api":
                return await _call(tim, options)
            case _:
                return await _listen(tim)
    except ProfileInUse as error:
        raise CommandError(
            f"The profile “{options.profile}” is open in a window or in another command. Close that one, or name "
            "another profile with --profile."
        ) from error
    except ChatdeskError as error:
        raise CommandError(str(error)) from error
    finally:
        await tim.close()


async def _log_in(tim: Tim, options: argparse.Namespace) -> int:
    password = await asyncio.to_thread(_secret, options.password_file)
    await tim.login(options.homeserver, options.user, password)
    _print({"user_id": tim.user_id, "profile": options.profile})
    return 0


async def _call(tim: Tim, options: argparse.Namespace) -> int:
    function: Callable[..., int] = getattr(tim, options.function)
    arguments = await asyncio.to_thread(_arguments, function, options)
    await _log_in_again(tim)
    answered: asyncio.Future[int] = asyncio.get_running_loop().create_future()

    def answer(code: int, desc: str, json_param: str, user_data: object) -> None:
        _print({"code": code, "desc": desc, "json_param": _raw(json_param)})
        if desc != DOWNLOADING and not answered.done():
            answered.set_result(code)

    returned = function(*arguments, answer, None)
    _print({"return": returned})
    if returned != 0:
        return 1
    return 0 if await answered == 0 else 1


async def _log_in_again(tim: Tim) -> None:
    """Go on with the stored session, as soon as it knows what happened meanwhile, or that nobody can be asked."""
    heard = asyncio.Event()

    def on_conversations(event: int, json: str, user_data: object) -> None:
        if event == ConvEvent.FINISH:
            heard.set()

    def on_network(status: int, code: int, desc: str, user_data: object) -> None:
        if status in (NetworkStatus.DISCONNECTED, NetworkStatus.CONNECT_FAILED):
            sys.stderr.write(f"chatdesk: {desc}\n")
            heard.set()

    tim.TIMSetConvEventCallback(on_conversations)
    tim.TIMSetNetworkStatusListenerCallback(on_network)
    await tim.login()
    with contextlib.suppress(TimeoutError):
        await asyncio.wait_for(heard.wait(), _PATIENCE_S)
    tim.TIMSetConvEventCallback(None)
    tim.TIMSetNetworkStatusListenerCallback(None)


async def _listen(tim: Tim) -> int:
    stop = asyncio.Event()
    exit_code = 0

    def told(event: str, *names: str) -> Callable[..., None]:
        def tell(*values: Any) -> None:
            details = dict(zip(names, values[:-1], strict=True))  # the last one is the user data
            json = {"json": _raw(details.pop("json"))} if "json" in details else {}
            _print({"event": event} | details | json)

        return tell

    def ended(event: str) -> Callable[[object], None]:
        def tell(user_data: object) -> None:
            nonlocal exit_code
            exit_code = 1
            _print({"event": event})
            stop.set()

        return tell

    tim.TIMAddRecvNewMsgCallback(told("RecvNewMsg", "json"))
    tim.TIMSetMsgReadedReceiptCallback(told("MsgReadedReceipt", "json"))
    tim.TIMSetMsgRevokeCallback(told("MsgRevoke", "json"))
    tim.TIMSetMsgUpdateCallback(told("MsgUpdate", "json"))
    tim.TIMSetMsgElemUploadProgressCallback(told("MsgElemUploadProgress", "json", "index", "cur_size", "total_size"))
    tim.TIMSetConvEventCallback(told("ConvEvent", "conv_event", "json"))
    tim.TIMSetConvTotalUnreadMessageCountChangedCallback(told("ConvTotalUnreadMessageCountChanged", "total"))
    tim.TIMSetNetworkStatusListenerCallback(told("NetworkStatus", "status", "code", "desc"))
    tim.TIMSetGroupTipsEventCallback(told("GroupTipsEvent", "json"))
    tim.TIMSetKickedOfflineCallback(ended("KickedOffline"))
    tim.TIMSetUserSigExpiredCallback(ended("UserSigExpired"))
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        with contextlib.suppress(NotImplementedError):  # Windows: there Ctrl+C raises KeyboardInterrupt
            loop.add_signal_handler(number, stop.set)
    await tim.login()
    await stop.wait()
    return exit_code


def _arguments(function: Callable[..., int], options: argparse.Namespace) -> list[object]:
    """The arguments a function of the interface takes, from the options of the same meaning."""
    found: list[object] = []
    for name in inspect.signature(function).parameters:
        if name == "conv_id":
            found.append(options.conv_id)
        elif name == "conv_type":
            found.append(options.conv_type)
        elif name == "path":
            found.append(str(Path(options.path).absolute()) if options.path else options.path)
        elif name.startswith("json"):
            found.append(_json(options.json))
    return found


def _json(given: str | None) -> str | bytes | None:
    if given == _STDIN:
        return sys.stdin.buffer.read()
    return Path(given[1:]).read_bytes() if given is not None and given.startswith("@") else given


def _secret(path: Path) -> str:
    """The first line of a file, or of standard input."""
    text = sys.stdin.readline() if str(path) == _STDIN else path.read_text(encoding="utf-8")
    return text.partition("\n")[0].removesuffix("\r")


def _raw(json: str) -> object:
    return msgspec.Raw(json.encode()) if json else ""


def _print(line: dict[str, Any]) -> None:
    sys.stdout.buffer.write(msgspec.json.encode(line) + b"\n")
    sys.stdout.buffer.flush()
