"""The command line: words in, options out. Imports nothing heavy, so that help and mistakes are answered at once."""

import argparse
import re
from collections.abc import Sequence
from pathlib import Path

from chatdesk import __version__
from chatdesk.app import paths

OPERATIONS = (
    "TIMMsgSendNewMsg",
    "TIMMsgReportReaded",
    "TIMMsgRevoke",
    "TIMMsgFindByMsgLocatorList",
    "TIMMsgImportMsgList",
    "TIMMsgSaveMsg",
    "TIMMsgGetMsgList",
    "TIMMsgDelete",
    "TIMMsgDownloadElemToPath",
    "TIMMsgBatchSend",
    "TIMConvGetConvList",
)
_LINKS = ("matrix:", "https://matrix.to/")
_USER_NAME = re.compile(r"[a-z0-9][a-z0-9._-]{0,63}")
_PROFILE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,63}")


def parser() -> argparse.ArgumentParser:
    top = argparse.ArgumentParser(
        prog="chatdesk",
        description="A desktop chat client for the Matrix network. Without a command it opens your account's window.",
    )
    top.add_argument("--version", action="version", version=f"chatdesk {__version__}")
    top.add_argument(
        "--profile", type=_profile, default="default", metavar="NAME", help="which account to open (default: default)"
    )
    top.set_defaults(command="window", address="")
    commands = top.add_subparsers(title="commands", metavar="COMMAND")
    trial = commands.add_parser(
        "try",
        help="try chatdesk with nothing installed: a private server and two people, one window each",
        description="Start a private Matrix server on this machine and open one window for each of two people.",
    )
    trial.set_defaults(command="try")
    trial.add_argument(
        "--data", type=Path, default=None, metavar="DIR", help=f"where everything is kept (default: {paths.try_data()})"
    )
    trial.add_argument("--reset", action="store_true", help="forget everything of an earlier try and start anew")
    trial.add_argument(
        "--listen",
        type=_address,
        metavar="HOST:PORT",
        help="let other Matrix clients on this machine join, for example 127.0.0.1:8008",
    )
    trial.add_argument(
        "--add",
        type=_name,
        metavar="NAME",
        help="print how another client (or a chatdesk of your own) logs in as NAME, who is made if need be",
    )
    person = commands.add_parser("person")  # one window of `try`; started by it, not by people
    person.set_defaults(command="person")
    person.add_argument("--directory", type=Path, required=True)
    person.add_argument("--name", required=True)
    person.add_argument("--slot", type=int, default=0)
    person.add_argument("--raise-only", action="store_true")
    _add_headless(commands)
    follow = commands.add_parser(
        "open",
        help="open what a link leads to: matrix:… or https://matrix.to/…",
        description="Open the person, the group or the message that a link leads to, in the window of your account.",
    )
    follow.set_defaults(command="window")
    follow.add_argument("address", metavar="LINK")
    return top


def arguments_of(given: Sequence[str]) -> list[str]:
    """A link alone is opened: so the desktop hands over what was clicked in another program."""
    arguments = list(given)
    for place, argument in enumerate(arguments):
        if argument.lower().startswith(_LINKS) and "open" not in arguments[:place]:
            return [*arguments[:place], "open", *arguments[place:]]
    return arguments


def _add_headless(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """The commands without a window, for automation."""
    common = argparse.ArgumentParser(add_help=False)
    # No default here: it would overrule a --profile before the command.
    common.add_argument(
        "--profile", type=_profile, default=argparse.SUPPRESS, metavar="NAME", help="which account (default: default)"
    )
    common.add_argument(
        "--passphrase-file", type=Path, metavar="F", help="the passphrase of the profile, when it has one (- for stdin)"
    )
    login = commands.add_parser(
        "login",
        parents=[common],
        help="log in without a window",
        description="Log in and keep the session in the profile, for `chatdesk api` and `chatdesk listen`.",
    )
    login.set_defaults(command="login")
    login.add_argument("--homeserver", required=True, metavar="URL", help="name or address of the server")
    login.add_argument("--user", required=True, metavar="ID")
    login.add_argument("--password-file", required=True, type=Path, metavar="F", help="- for standard input")
    api = commands.add_parser(
        "api",
        parents=[common],
        help="do one message operation and print its answers as JSON lines",
        description="Call one operation of the message interface; its return and each callback are one JSON line. "
        "The exit code is 0 only when the last code is 0.",
    )
    api.set_defaults(command="api")
    api.add_argument("function", choices=OPERATIONS, metavar="FUNCTION", help=", ".join(OPERATIONS))
    api.add_argument("--conv-id", metavar="X", help="a user id (short or full) or a group id")
    api.add_argument("--conv-type", type=int, metavar="1|2", help="1 one-to-one (default), 2 group", default=1)
    api.add_argument("--json", metavar="TEXT|@FILE|-", help="the call's JSON: itself, a file, or standard input")
    api.add_argument("--path", metavar="P", help="where a download goes")
    listen = commands.add_parser(
        "listen",
        parents=[common],
        help="print everything that happens as JSON lines, until interrupted",
        description="Print each event (new messages, receipts, recalls, conversations, connection) as one JSON line.",
    )
    listen.set_defaults(command="listen")


def _profile(text: str) -> str:
    if not _PROFILE.fullmatch(text):
        raise argparse.ArgumentTypeError(f"“{text}” is no profile name: use letters, digits, and . _ -")
    return text


def _name(text: str) -> str:
    if not _USER_NAME.fullmatch(text):
        raise argparse.ArgumentTypeError(f"“{text}” is no user name: use small letters, digits, and . _ -")
    return text


def _address(text: str) -> tuple[str, int]:
    host, colon, port = text.rpartition(":")
    if not colon or not host or not port.isdigit() or not 0 < int(port) < 65536:
        raise argparse.ArgumentTypeError(f"“{text}” is no address: use HOST:PORT, for example 127.0.0.1:8008")
    return host.strip("[]"), int(port)
