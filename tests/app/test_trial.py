"""What `chatdesk try` does to its data directory, and what it says where there is no server to try."""

import asyncio
import stat
import sys
from pathlib import Path

import pytest
from filelock import FileLock

from chatdesk.app import trial
from chatdesk.app.trial import TrialError, TrialOptions
from chatdesk.localserver import LocalServer, config
from tests.servers.accounts import Account
from tests.servers.people import Person


def fill(data: Path, *names: str) -> None:
    for name in names:
        path = data / name
        if name.endswith("/"):
            path.mkdir(parents=True)
            (path / "something").write_text("old")
        else:
            path.touch()


def test_a_reset_removes_what_try_made_and_nothing_else(tmp_path: Path) -> None:
    fill(tmp_path, "people/", "server/", "photos/", "seeded", "seeding", "letter.txt", "try.lock")
    trial._reset(tmp_path)
    assert {path.name for path in tmp_path.iterdir()} == {"photos", "letter.txt", "try.lock"}
    assert (tmp_path / "photos" / "something").read_text() == "old"


def test_a_reset_of_nothing(tmp_path: Path) -> None:
    trial._reset(tmp_path)
    assert list(tmp_path.iterdir()) == []


async def test_an_address_others_could_reach_is_refused_before_anything_starts(tmp_path: Path) -> None:
    data = tmp_path / "data"
    with pytest.raises(TrialError, match="this computer only"):
        await trial.run(TrialOptions(data, listen=("192.0.2.7", 8008)))
    assert stat.S_IMODE(data.stat().st_mode) == 0o700
    assert {path.name for path in data.iterdir()} <= {"try.lock"}


async def test_a_second_start_leaves_the_data_alone_even_with_reset(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    fill(tmp_path, "server/", "seeded")
    with FileLock(tmp_path / "try.lock"):
        assert await trial.run(TrialOptions(tmp_path, reset=True)) == 0
    assert (tmp_path / "server" / "something").exists()
    assert "already open" in capsys.readouterr().err


def test_without_a_server_there_is_nothing_to_try(monkeypatch: pytest.MonkeyPatch) -> None:
    assert trial.is_available()
    monkeypatch.setitem(sys.modules, "synapse", None)
    assert not trial.is_available()


async def test_nobody_is_added_where_nobody_could_log_in(tmp_path: Path) -> None:
    fill(tmp_path, "server/")
    config.write_config(tmp_path / "server", tmp_path / "server.sock", None, {})
    with FileLock(tmp_path / "try.lock"), pytest.raises(TrialError, match="Close the windows of Ann and Ben"):
        await trial.run(TrialOptions(tmp_path, add="carla"))


async def test_a_server_without_an_address_takes_one_when_somebody_is_added(
    short_tmp: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    fill(short_tmp, "seeded")
    running = trial._Trial(short_tmp, TrialOptions(short_tmp))
    with FileLock(short_tmp / "try.lock"):
        serving = asyncio.create_task(running._serve())
        try:
            while not (short_tmp / "server.sock").exists():
                await asyncio.sleep(0.1)
            assert running._server.tcp_url == ""
            assert await trial.run(TrialOptions(short_tmp, add="carla")) == 0
            words = dict(line.strip().rsplit(maxsplit=1) for line in capsys.readouterr().err.splitlines()[1:])
            assert words["server"] == running._server.tcp_url
            account = Account(words["server"], "", "carla", words["password"], "Carla")
            person = await Person(account, short_tmp / "carla").log_in()
            await person.close()
        finally:
            serving.cancel()
            await asyncio.gather(serving, return_exceptions=True)
            await running._server.stop()


async def test_somebody_is_added_while_it_runs(
    short_tmp: Path, web_server: LocalServer, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(trial, "LocalServer", lambda *_, **__: web_server)
    with FileLock(short_tmp / "try.lock"):
        for _ in range(2):
            assert await trial.run(TrialOptions(short_tmp, add="carla")) == 0
    first, second = capsys.readouterr().err.split("chatdesk: ")[1:]
    assert first == second  # asked again, it says the same
    words = dict(line.strip().rsplit(maxsplit=1) for line in first.splitlines()[1:])
    assert (words["server"], words["user name"]) == (web_server.tcp_url, "carla")
    person = Person(Account(web_server.tcp_url, "", "carla", words["password"], "Carla"), short_tmp / "carla")
    await person.log_in()
    assert person.session.own_user_id == "@carla:chatdesk.local"
    await person.close()
