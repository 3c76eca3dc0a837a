"""What the command line takes and how it says no."""

import subprocess
import sys
from pathlib import Path

import pytest

from chatdesk import __version__
from chatdesk.app import cli, paths
from chatdesk.resources import resources


def refusal(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    """What is said about arguments that are not accepted."""
    with pytest.raises(SystemExit) as left:
        cli.parser().parse_args(arguments)
    assert left.value.code == 2
    return capsys.readouterr().err


def test_without_a_command_the_window_of_the_default_profile_opens() -> None:
    options = cli.parser().parse_args([])
    assert (options.command, options.profile) == ("window", "default")


def test_a_profile_can_be_named() -> None:
    options = cli.parser().parse_args(["--profile", "work.2"])
    assert (options.command, options.profile) == ("window", "work.2")


@pytest.mark.parametrize("name", ["", ".", "..", "../../etc", "a/b", "-x", "a b", "ä", "a" * 65])
def test_a_profile_name_is_never_a_path(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert "profile name" in refusal(capsys, f"--profile={name}")


def test_try_with_everything() -> None:
    options = cli.parser().parse_args(["try", "--data", "/some/where", "--reset", "--listen", "127.0.0.1:8008"])
    assert options.command == "try"
    assert (options.data, options.reset, options.listen) == (Path("/some/where"), True, ("127.0.0.1", 8008))


def test_try_with_nothing() -> None:
    options = cli.parser().parse_args(["try"])
    assert (options.command, options.data, options.reset, options.listen) == ("try", None, False, None)
    assert options.add is None


@pytest.mark.parametrize("name", ["", "Carla", "@carla:example.org", "../carla"])
def test_only_a_user_name_can_be_added(name: str) -> None:
    assert cli.parser().parse_args(["try", "--add", "carla"]).add == "carla"
    with pytest.raises(SystemExit):
        cli.parser().parse_args(["try", "--add", name])


def test_an_address_with_brackets() -> None:
    assert cli.parser().parse_args(["try", "--listen", "[::1]:8448"]).listen == ("::1", 8448)


@pytest.mark.parametrize(
    "address", ["8008", "127.0.0.1", ":8008", "127.0.0.1:", "127.0.0.1:x", "a:0", "a:65536", "a:-1"]
)
def test_what_is_no_address(address: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert "HOST:PORT" in refusal(capsys, "try", "--listen", address)


def test_an_unknown_command(capsys: pytest.CaptureFixture[str]) -> None:
    assert "frobnicate" in refusal(capsys, "frobnicate")


def test_help_and_version_need_no_display_and_load_no_qt(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    script = (
        "import sys\nfrom chatdesk.app.main import main\n"
        "try:\n main(sys.argv[1:])\nfinally:\n assert not {'PySide6', 'httpx', 'apsw'} & set(sys.modules)"
    )
    for option, part in (("--help", "try chatdesk"), ("--version", __version__)):
        done = subprocess.run([sys.executable, "-c", script, option], capture_output=True, text=True, timeout=60)
        assert (done.returncode, done.stderr) == (0, "")
        assert part in done.stdout


def test_profiles_lie_where_the_system_keeps_such_data(home: Path) -> None:
    assert paths.profile("work") == home / ".local/share/chatdesk/profiles/work"
    assert paths.try_data() == home / ".local/share/chatdesk/try"
    assert paths.downloads() == home / "Downloads"
    assert (resources() / "samples" / "harbour.png").is_file()
