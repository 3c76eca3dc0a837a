"""A coroutine that waits for nothing ends without a loop."""

import asyncio

import pytest

from chatdesk.domain.at_once import finish


async def _double(value: int) -> int:
    return 2 * value


async def _twice(value: int) -> int:
    return await _double(value) + await _double(value)


def test_what_waits_for_nothing_gives_its_result() -> None:
    assert finish(_twice(3)) == 12


def test_its_error_is_raised() -> None:
    async def fail() -> None:
        raise KeyError("x")

    with pytest.raises(KeyError):
        finish(fail())


def test_what_waits_is_a_defect_and_is_ended() -> None:
    ended: list[bool] = []

    async def wait() -> None:
        try:
            await asyncio.sleep(0)
        finally:
            ended.append(True)

    with pytest.raises(AssertionError):
        finish(wait())
    assert ended == [True]
