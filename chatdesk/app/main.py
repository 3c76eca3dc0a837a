"""The entry point: one process, one job. Every failure ends in one line on the terminal, never in a traceback."""

import argparse
import gc
import sys
from collections.abc import Sequence
from pathlib import Path

from chatdesk.app import cli, loading, logs, paths, preflight

EXIT_CANNOT_START = 2
HEADLESS = ("login", "api", "listen")
"""Commands that need neither Qt nor a display."""


def main(arguments: Sequence[str] | None = None) -> int:
    given = sys.argv[1:] if arguments is None else arguments
    options = cli.parser().parse_args(cli.arguments_of(given))
    if options.command in HEADLESS:
        return _headless(options)
    problem = preflight.problem()
    if problem is not None:
        return _cannot_start(problem)
    try:
        match options.command:
            case "try":
                return _try(options)
            case "person" if options.raise_only:
                return _raise(options.directory)
            case "person":
                return _window(options.directory, name=options.name, slot=options.slot)
            case _:
                return _window(paths.profile(options.profile), profile=options.profile, address=options.address)
    except KeyboardInterrupt:
        return 130
    except OSError as error:
        return _cannot_start(f"{error.filename or 'The data directory'} cannot be used: {error.strerror}.")


def _try(options: argparse.Namespace) -> int:
    import asyncio

    from chatdesk.app import trial  # the server's part; a plain window does not need it

    if not trial.is_available():
        sys.stderr.write(f"chatdesk: {trial.NO_SERVER}\n")
        return _window(paths.profile("default"), profile="default")
    logs.set_up()
    try:
        data = options.data or paths.try_data()
        return asyncio.run(trial.run(trial.TrialOptions(data, options.reset, options.listen, options.add or "")))
    except trial.TrialError as error:
        return _cannot_start(str(error))


def _window(directory: Path, *, profile: str = "", name: str = "", slot: int | None = None, address: str = "") -> int:
    paths.make_private(directory)
    logs.set_up(directory / "chatdesk.log")
    gc.disable()  # `window.run` says for how long
    loading.own_modules()
    loading.fonts()
    loading.pyside(directory)
    loading.msgspec()
    loading.later(*loading.NOT_FOR_THE_FIRST_PICTURE)
    from chatdesk.app import window  # loads Qt, which must come after the check that it can

    return window.run(directory, profile=profile, person=name, slot=slot, address=address)


def _raise(directory: Path) -> int:
    from PySide6.QtCore import QCoreApplication

    from chatdesk.app.single import SingleWindow

    _app = QCoreApplication([])  # sockets of Qt need one
    SingleWindow(directory).raise_other()
    return 0


def _headless(options: argparse.Namespace) -> int:
    import asyncio

    from chatdesk.app import api  # the core without a window; a window's start does not need it

    try:
        logs.set_up(paths.make_private(paths.profile(options.profile)) / "chatdesk.log")
        return asyncio.run(api.run(options))
    except api.CommandError as error:
        return _cannot_start(str(error))
    except KeyboardInterrupt:
        return 130
    except OSError as error:
        return _cannot_start(f"{error.filename or 'A file'} cannot be used: {error.strerror}.")


def _cannot_start(problem: str) -> int:
    sys.stderr.write(f"chatdesk: {problem}\n")
    return EXIT_CANNOT_START
