"""The command line: words in, options out. Imports nothing heavy, so that help and mistakes are answered at once."""

import argparse
import re
from pathlib import Path

from chatdesk import __version__
from chatdesk.app import paths

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
    top.set_defaults(command="window")
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
    person = commands.add_parser("person")  # one window of `try`; started by it, not by people
    person.set_defaults(command="person")
    person.add_argument("--directory", type=Path, required=True)
    person.add_argument("--name", required=True)
    person.add_argument("--slot", type=int, default=0)
    person.add_argument("--raise-only", action="store_true")
    return top


def _profile(text: str) -> str:
    if not _PROFILE.fullmatch(text):
        raise argparse.ArgumentTypeError(f"“{text}” is no profile name: use letters, digits, and . _ -")
    return text


def _address(text: str) -> tuple[str, int]:
    host, colon, port = text.rpartition(":")
    if not colon or not host or not port.isdigit() or not 0 < int(port) < 65536:
        raise argparse.ArgumentTypeError(f"“{text}” is no address: use HOST:PORT, for example 127.0.0.1:8008")
    return host.strip("[]"), int(port)
