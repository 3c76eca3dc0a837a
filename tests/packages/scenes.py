"""What a person does with a program that was just installed, where it never ran before. Each scene is one start."""

import json
import math
import shutil
import subprocess
import wave
import xml.etree.ElementTree as Xml
from array import array
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from jeepney.bus_messages import message_bus
from jeepney.io.blocking import open_dbus_connection
from PIL import ImageGrab

from tests.e2e.atspi import Rect
from tests.e2e.desktop import Desktop
from tests.e2e.person import Person
from tests.e2e.trial import Trial
from tests.e2e.waiting import until
from tests.media.pulse import sound_server
from tests.packages.elsewhere import COMPANY, Elsewhere
from tests.packages.program import Place, Run

_CATALOGUE = Path(__file__).parents[2] / "resources/translations/chatdesk_zh_CN.ts"
_CHINESE = {"LANG": "zh_CN.UTF-8", "LANGUAGE": "zh_CN", "LC_ALL": "", "LC_CTYPE": "C.UTF-8"}
_WINDOW, _BESIDE = Rect(60, 40, 1040, 680), Rect(1160, 40, 1040, 680)
_LEFT_HALF = (0, 0, 1160, 780)
_RATE, _TONE_S = 16000, 5
_PASSPHRASE = "correct horse battery"
_SECRETS = "org.freedesktop.secrets"


@dataclass
class Stage:
    """`command` starts the program, `opener` what the desktop does when a link is clicked (else the program itself)."""

    desktop: Desktop
    place: Place
    command: list[str]
    elsewhere: Elsewhere
    folder: Path
    pictures: Path
    opener: list[str] = field(default_factory=list)

    def profile(self, name: str) -> Path:
        return self.desktop.home / ".local/share/chatdesk/profiles" / name

    def key_kind(self, name: str) -> str:
        return str(json.loads((self.profile(name) / "key.json").read_text())["kind"])

    @contextmanager
    def started(self, *options: str, **env: str) -> Iterator[Person]:
        """The program's window; closed by the person at the end."""
        run = Run(self.desktop, self.place, [*self.command, *options], self.folder / "errors.txt", env)
        try:
            person = Person(run, "Ann", None)
            yield person
            person.close()
            run.ended()
        finally:
            run.close()

    @contextmanager
    def keyring(self) -> Iterator[None]:
        """A desktop whose keyring is open, as after a login to it."""
        command = ["gnome-keyring-daemon", "--foreground", "--components=secrets", "--unlock"]
        with (self.folder / "keyring.log").open("wb") as log:
            daemon = subprocess.Popen(
                self.place.argv(command), env=self.desktop.env, stdin=subprocess.PIPE, stdout=log, stderr=log
            )
        assert daemon.stdin is not None
        daemon.stdin.write(b"the login password")
        daemon.stdin.close()
        try:
            with open_dbus_connection(self.desktop.env["DBUS_SESSION_BUS_ADDRESS"]) as bus:
                asked = message_bus.NameHasOwner(_SECRETS)
                until(lambda: bus.send_and_get_reply(asked).body[0], "the keyring", describe=self._keyring_log)
            yield
        finally:
            daemon.terminate()
            daemon.wait()

    def _keyring_log(self) -> str:
        return (self.folder / "keyring.log").read_text(errors="replace")

    def shoot(self, name: str) -> None:
        self.pictures.mkdir(parents=True, exist_ok=True)
        ImageGrab.grab(None if name == "try" else _LEFT_HALF, xdisplay=self.desktop.env["DISPLAY"]).save(
            self.pictures / f"{name}.png"
        )


def log_in_and_talk(stage: Stage) -> None:
    """The first start: log in, read, write, be answered. The key goes into the keyring."""
    with stage.keyring(), stage.started() as ann:
        _log_in(ann, stage, stage.elsewhere.url)
        ann.sees("Connected")
        ann.place(_WINDOW)
        ann.open("Ben")
        ann.say("Hello from the package")
        stage.elsewhere.hears("ben", "Hello from the package")
        stage.elsewhere.says("ben", "Welcome! Everything arrived here.")
        ann.message("Ben", "Welcome! Everything arrived here.")
        ann.press("emojiButton")
        ann.until(lambda: not ann.widget("composer").is_focused, "the table of emoji")
        stage.desktop.type("grinning face")
        stage.desktop.key("Return")
        ann.until(lambda: ann.widget("composer").text == "😀", "what was chosen")
        stage.desktop.key("Return")
        stage.elsewhere.hears("ben", "😀")
        stage.shoot("conversation")
    assert stage.key_kind("default") == "keyring"
    assert not (stage.profile("default") / "store.key").exists()


def come_back_and_follow_a_link(stage: Stage) -> None:
    """The second start needs no login; a link that is clicked somewhere else opens its person here."""
    with stage.keyring(), stage.started() as ann:
        ann.message("Ben", "Welcome! Everything arrived here.")
        ann.sees("Connected")
        ann.place(_WINDOW)
        if stage.opener:
            asked = ["xdg-mime", "query", "default", "x-scheme-handler/matrix"]
            assert stage.place.says(asked, stage.desktop).strip() == "chatdesk.desktop"
        stage.place.says([*(stage.opener or stage.command), stage.elsewhere.link("carla")], stage.desktop)
        ann.until(lambda: ann.widget("chatName").name == "Carla", "the person whom the link names")


def through_the_company_in_chinese(stage: Stage) -> None:
    """No keyring, so a passphrase; a server that only a SOCKS proxy knows, with the company's own certificate."""
    before = stage.elsewhere.proxied
    with _trusted_company(stage) as trust, stage.started("--profile", "work", **_CHINESE, **trust) as ann:
        ann.sees(_in_chinese("LoginDialog", "Log in to chatdesk"))
        menu = ann.menu(lambda: ann.click(ann.widget("loginServer"), button=3))
        assert any(entry.name.startswith("粘贴") for entry in menu.children()), menu.describe()  # one of Qt's own words
        stage.desktop.key("Escape")
        ann.until(lambda: ann.gone(menu), "the menu closed")
        ann.press("loginProxy")
        ann.press("socksProxy")
        ann.fill("proxyHost", "127.0.0.1")
        ann.fill("proxyPort", str(stage.elsewhere.proxy_port))
        ann.press("proxyButton")
        dialog = ann.widget("loginServer")
        _log_in(ann, stage, COMPANY)
        for name in ("passphraseField", "passphraseAgain"):
            ann.fill(name, _PASSPHRASE)
        ann.press("passphraseButton")
        ann.until(lambda: ann.gone(dialog), "the end of the dialogs")
        ann.sees(_in_chinese("SessionModel", "Connected"))
        ann.place(_WINDOW)
        ann.open("Ben")
        ann.write("By way of the proxy")
        stage.desktop.key("Return")
        stage.elsewhere.hears("ben", "By way of the proxy")
        stage.shoot("chinese")
    assert stage.elsewhere.proxied > before
    assert stage.key_kind("work") == "passphrase"


def try_explains_itself(stage: Stage) -> None:
    """Without the private server `try` says what to do, and opens the window of the account."""
    with stage.keyring(), stage.started("try") as ann:
        ann.conversation("Carla")
        ann.sees("Connected")
        ann.place(_WINDOW)
    told = (stage.folder / "errors.txt").read_text()
    assert told.startswith("chatdesk: ") and "private server" in told and "Log in" in told, told


def try_opens_two_windows(stage: Stage) -> None:
    """With the private server beside it: two people, who talk."""
    trial = _Trial(stage)
    try:
        trial.start()
        ann, ben = Person(trial, "Ann", _WINDOW), Person(trial, "Ben", _BESIDE)
        for person in (ann, ben):
            person.sees("Connected")
        ann.open("Ben")
        ann.say("Tried and found good")
        ben.open("Ann")
        ben.message("Ann", "Tried and found good")
        stage.shoot("try")
        ann.close()
        ben.close()
        code = trial.ended()
        assert code == 0 and not trial.complaints(), f"ended with {code}\n{trial.complaints()}"
    finally:
        trial.close()


def a_sound_is_heard(stage: Stage) -> None:
    """With the extra for media: what Ben sends is played here, by a sound server that counts its players."""
    with sound_server() as address, stage.keyring(), stage.started(PULSE_SERVER=address) as ann:
        ann.place(_WINDOW)
        ann.open("Ben")
        stage.elsewhere.sends_voice("ben", _tone(stage.folder / "tone.wav"), 1000 * _TONE_S)
        ann.message("Ben", "sound").act("Press")
        asked = ["pactl", "--server", address, "list", "short", "sink-inputs"]
        ann.until(lambda: stage.place.says(asked, stage.desktop).strip() or None, "somebody who plays")
        ann.until(lambda: not stage.place.says(asked, stage.desktop).strip() or None, "the end of the sound")


class _Trial(Trial):
    """`try` of the installed program."""

    def __init__(self, stage: Stage) -> None:
        super().__init__(stage.desktop, stage.folder / "trial")
        self._program = stage.command

    def command(self, *options: str) -> list[str]:
        return [*self._program, "try", "--data", str(self.data), *options]


def _tone(path: Path) -> Path:
    """A tone of 440 Hz."""
    samples = array("h", (int(16000 * math.sin(2 * math.pi * 440 * n / _RATE)) for n in range(_TONE_S * _RATE)))
    with wave.open(str(path), "wb") as file:
        file.setparams((1, 2, _RATE, len(samples), "NONE", ""))
        file.writeframes(samples.tobytes())
    return path


def _log_in(ann: Person, stage: Stage, server: str) -> None:
    ann.fill("loginServer", server)
    ann.fill("loginUser", stage.elsewhere.ann.name)
    ann.fill("loginPassword", stage.elsewhere.ann.password)
    ann.press("loginButton")


@contextmanager
def _trusted_company(stage: Stage) -> Iterator[dict[str, str]]:
    """While this computer knows the company's certificate, in the way a computer of that system is told."""
    certificate = stage.elsewhere.certificate
    if stage.place.root is None:
        yield {"SSL_CERT_FILE": str(certificate)}
        return
    copy = stage.place.root / "usr/local/share/ca-certificates" / certificate.name
    shutil.copyfile(certificate, copy)
    stage.place.says(["update-ca-certificates"], stage.desktop, as_root=True)
    try:
        yield {}
    finally:
        copy.unlink()
        stage.place.says(["update-ca-certificates", "--fresh"], stage.desktop, as_root=True)


def _in_chinese(context: str, source: str) -> str:
    for found in Xml.parse(_CATALOGUE).getroot().iter("context"):
        if found.findtext("name") == context:
            for message in found.iter("message"):
                if message.findtext("source") == source:
                    return message.findtext("translation") or ""
    raise AssertionError(f"{context} has no “{source}”")
