"""`chatdesk try` from end to end: real processes, a real server, a real X server; driven by mouse and keyboard."""

import asyncio
import os
import stat
from pathlib import Path

import pytest

from chatdesk.localserver import LocalServer
from tests.e2e.atspi import Rect
from tests.e2e.desktop import Desktop
from tests.e2e.in_clear import KEY_FILE, account_of, found_in_clear
from tests.e2e.person import Person
from tests.e2e.screen_reader import a_menu_opens_by_action, a_new_message_is_announced, each_visible_message_is_one_item
from tests.e2e.trial import Trial
from tests.e2e.waiting import until

LEFT = Rect(0, 0, 1040, 720)
RIGHT = Rect(1100, 0, 1040, 720)
GROUP = "Weekend trip"
TO_BEN = "Shall we take the quarter past eight train?"
TO_ALL = "Tent and food are settled then."
MISTAKE = "The door code is zebra marmalade"
ANSWER = "Yes, here are the tickets"
TICKETS = bytes(os.urandom(70_001))
SEEDED = ("Did you get home safely yesterday?", "Who is in for Saturday?", "The last train was on time")


def open_windows(trial: Trial) -> tuple[Person, Person]:
    return Person(trial, "Ann", LEFT), Person(trial, "Ben", RIGHT)


@pytest.mark.timeout(400)  # takes less than a minute; a loaded machine is given more
def test_two_people_talk(desktop: Desktop, trial: Trial, folder: Path) -> None:
    trial.start()
    ann, ben = open_windows(trial)
    the_windows_wait_for_the_server(ann, ben)
    they_talk(ann, ben)
    ann_reads_with_a_screen_reader(ann, ben, desktop)
    ben_sends_a_file_and_ann_downloads_it(ann, ben, desktop, folder)
    ann_recalls_a_message(ann, ben)
    nothing_lies_in_clear(trial)
    a_second_start_raises_the_windows(trial, ann, ben)
    closing_the_last_window_stops_everything(trial, ann, ben)
    nothing_lies_in_clear(trial)
    assert not list(desktop.temporary.iterdir()), "left behind in the directory for temporary files"

    for kill in (trial.kill_the_starter, trial.kill_everything):
        trial.start()
        everything_is_as_it_was_left(*open_windows(trial))
        kill()

    trial.start()
    ann, ben = open_windows(trial)
    everything_is_as_it_was_left(ann, ben)
    ann.say("Still here after all that")
    ben.message("Still here after all that")
    closing_the_last_window_stops_everything(trial, ann, ben)

    trial.start("--reset")
    ann, ben = open_windows(trial)
    a_reset_has_forgotten_everything(ann, ben)
    closing_the_last_window_stops_everything(trial, ann, ben)


def the_windows_wait_for_the_server(ann: Person, ben: Person) -> None:
    """The first start of the server takes seconds: the windows are there before, and say so."""
    for person in (ann, ben):
        person.sees_one_of("Starting the private server…", "Preparing two people and their first conversations…")
    for person in (ann, ben):
        person.sees("Connected")


def they_talk(ann: Person, ben: Person) -> None:
    ann.open("Ben")
    ann.say(TO_BEN)
    ann.conversation("Ben", TO_BEN)
    ann.open(GROUP)
    ann.message("Ben", "Me! I can bring the tent.")
    ann.say(TO_ALL)
    ann.conversation(GROUP, TO_ALL)
    ben.conversation("Ann", "unread")
    ben.conversation(GROUP, TO_ALL)  # no row moves under the mouse any more
    ben.open(GROUP)
    ben.message("Ann", TO_ALL)
    ben.open("Ann")
    ben.message("Ann", TO_BEN)
    ben.message("Ann", "image", "harbour.png")
    ben.until(lambda: "unread" not in ben.conversation("Ann").name, "nothing unread from Ann any more")
    ann.open("Ben")
    ann.message(TO_BEN, ", read")


def ann_reads_with_a_screen_reader(ann: Person, ben: Person, desktop: Desktop) -> None:
    each_visible_message_is_one_item(ann)
    a_menu_opens_by_action(ann, desktop, TO_BEN)
    a_new_message_is_announced(ann, ben, desktop, "Five to eight at the clock, then")
    each_visible_message_is_one_item(ben)


def ben_sends_a_file_and_ann_downloads_it(ann: Person, ben: Person, desktop: Desktop, folder: Path) -> None:
    tickets = folder / "tickets.bin"
    tickets.write_bytes(TICKETS)
    ben.say(ANSWER)
    ben.attach(tickets)
    ann.message("Ben", ANSWER)
    ann.click(ann.message("Ben", "file", "tickets.bin"))
    saved = desktop.downloads / "tickets.bin"
    ann.until(lambda: saved.exists() or None, "the whole file under its name")
    assert saved.read_bytes() == TICKETS
    assert [path.name for path in desktop.downloads.iterdir()] == ["tickets.bin"]
    assert not saved.stat().st_mode & stat.S_IXUSR


def ann_recalls_a_message(ann: Person, ben: Person) -> None:
    ann.say(MISTAKE)
    ben.message("Ann", MISTAKE)
    place = [MISTAKE in words for words in ben.messages()].index(True)
    ann.choose(ann.message(MISTAKE), "Recall")
    ann.message("You recalled a message")
    ben.message("Ann recalled a message")
    assert "Ann recalled a message" in ben.messages()[place]
    for person in (ann, ben):
        assert not [words for words in person.words() if MISTAKE in words]


def nothing_lies_in_clear(trial: Trial) -> None:
    """Neither while the windows are open nor later; the write-ahead log of the store is looked into as well."""
    people = trial.data / "people"
    server = LocalServer(trial.data / "server")
    secrets: list[str | bytes] = [TO_BEN, TO_ALL, MISTAKE, ANSWER, *SEEDED, GROUP, TICKETS[:32]]
    for name in ("ann", "ben"):
        account = asyncio.run(account_of(people / name))
        assert account.user_id == f"@{name}:chatdesk.local"
        secrets += [account.token, server.password_for(name), (people / name / KEY_FILE).read_bytes()]
        assert stat.S_IMODE((people / name / KEY_FILE).stat().st_mode) == 0o600
        assert stat.S_IMODE((people / name).stat().st_mode) == 0o700
        assert not (people / name / "store.db").read_bytes().startswith(b"SQLite format 3")
    assert found_in_clear(people, secrets) == []
    told = "\0".join(word for command in trial.processes().values() for word in command)
    assert not [secret for secret in secrets if isinstance(secret, str) and secret in told]


def a_second_start_raises_the_windows(trial: Trial, ann: Person, ben: Person) -> None:
    ann.minimize()
    ben.minimize()
    second = trial.again()
    assert second.returncode == 0
    (line,) = second.stderr.splitlines()
    assert f"already open for {trial.data}" in line
    until(lambda: ann.is_on_screen() and ben.is_on_screen(), "both windows raised")


def closing_the_last_window_stops_everything(trial: Trial, ann: Person, ben: Person) -> None:
    ann.close()
    ben.sees("Connected")
    assert any("synapse" in word for command in trial.processes().values() for word in command)
    ben.close()
    code = trial.ended()
    complaints = trial.complaints()
    assert not complaints, complaints
    assert code == 0
    assert trial.processes() == {}


def everything_is_as_it_was_left(ann: Person, ben: Person) -> None:
    """The conversations that were open last are open again, from the store; then the server is there again."""
    ann.message("You recalled a message")
    ann.message(TO_BEN, ", read")
    ben.message("Ann recalled a message")
    ben.message("file", "tickets.bin")
    for person in (ann, ben):
        person.sees("Connected")


def a_reset_has_forgotten_everything(ann: Person, ben: Person) -> None:
    ann.open("Ben")
    ann.message("Ben", "What a morning! Send me the walking route too, please.")
    ben.open("Ann")
    ben.message("Ann", "file", "Walking route.txt")
    for person in (ann, ben):
        assert not [words for words in person.messages() if TO_BEN in words or "recalled" in words]
