"""The login form's rules and ends."""

import asyncio
from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QApplication

from chatdesk.domain.errors import LoginError
from chatdesk.models.login import LoginModel
from chatdesk.models.tasks import Tasks
from tests.models.waiting import turn, until


class Door:
    """Stands where the app's log-in function is: records what came and ends as the test says."""

    def __init__(self) -> None:
        self.calls: list[tuple[str, str, str]] = []
        self.end: asyncio.Future[object] = asyncio.get_running_loop().create_future()

    async def __call__(self, server: str, user: str, password: str, on_step: Callable[[str], None]) -> object:
        self.calls.append((server, user, password))
        on_step("Looking for the server…")
        return await self.end


@pytest.fixture
async def door(qapp: QApplication) -> Door:
    return Door()


@pytest.fixture
async def model(door: Door) -> LoginModel:
    return LoginModel(door, Tasks())


async def test_success_hands_the_session_over(model: LoginModel, door: Door) -> None:
    results: list[object] = []
    steps: list[str] = []
    model.succeeded.connect(results.append)
    model.step_changed.connect(steps.append)
    model.submit(" example.org ", " ann ", " secret ")
    assert model.is_busy
    door.end.set_result("a session")
    await until(lambda: results)
    assert results == ["a session"]
    assert door.calls == [("example.org", "ann", " secret ")]  # a password may begin with a blank
    assert steps == ["Looking for the server…"]
    assert not model.is_busy


async def test_failure_says_why_and_lets_try_again(model: LoginModel, door: Door) -> None:
    model.submit("example.org", "ann", "wrong")
    door.end.set_exception(LoginError("The password is wrong."))
    await until(lambda: model.error)
    assert model.error == "The password is wrong."
    assert not model.is_busy


@pytest.mark.parametrize(
    ("fields", "word"),
    [(("", "ann", "x"), "server"), (("example.org", " ", "x"), "user name"), (("example.org", "ann", ""), "password")],
)
async def test_nothing_is_asked_before_the_form_is_complete(
    model: LoginModel, door: Door, fields: tuple[str, str, str], word: str
) -> None:
    model.submit(*fields)
    assert word in model.error
    await turn()
    assert door.calls == []


async def test_a_full_user_id_names_its_server(model: LoginModel, door: Door) -> None:
    model.submit("", "@ann:example.org", "x")
    await until(lambda: door.calls)
    assert door.calls == [("example.org", "@ann:example.org", "x")]


async def test_a_second_press_is_ignored(model: LoginModel, door: Door) -> None:
    model.submit("example.org", "ann", "x")
    model.submit("example.org", "ann", "x")
    await until(lambda: door.calls)
    await turn(0.05)
    assert len(door.calls) == 1


async def test_cancel_stops_the_attempt_and_nothing_is_heard_of_it(model: LoginModel, door: Door) -> None:
    results: list[object] = []
    model.succeeded.connect(results.append)
    model.submit("example.org", "ann", "x")
    await until(lambda: door.calls)
    model.cancel()
    await turn(0.05)
    assert door.end.cancelled()
    assert not model.is_busy
    assert results == []
    assert model.error == ""
