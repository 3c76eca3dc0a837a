"""Half a second in an active window, neither less nor for ever."""

import pytest
from PySide6.QtWidgets import QApplication

from chatdesk.domain.ids import ConversationId, ConversationType
from chatdesk.models.read_report import SHOWN_MS, ReadReport
from tests.models.waiting import turn, until

_TALK = ConversationId(ConversationType.C2C, "@ben:h")
_ENOUGH_S = SHOWN_MS / 1000 + 0.15


@pytest.fixture
def reports(qapp: QApplication) -> list[int]:
    return []


@pytest.fixture
def report(reports: list[int]) -> ReadReport:
    result = ReadReport(lambda conversation, key: reports.append(key))
    result.set_conversation(_TALK)
    return result


async def test_shown_and_active_for_half_a_second(report: ReadReport, reports: list[int]) -> None:
    report.set_window_active(True)
    report.shown(7)
    await turn(SHOWN_MS / 1000 * 0.6)
    assert reports == []
    await until(lambda: reports == [7])


async def test_never_in_an_inactive_window(report: ReadReport, reports: list[int]) -> None:
    report.shown(7)
    await turn(_ENOUGH_S)
    assert reports == []
    report.set_window_active(True)
    await until(lambda: reports == [7])


async def test_leaving_the_window_in_time_reports_nothing(report: ReadReport, reports: list[int]) -> None:
    report.set_window_active(True)
    report.shown(7)
    await turn(0.2)
    report.set_window_active(False)
    await turn(_ENOUGH_S)
    assert reports == []


async def test_another_conversation_ends_the_wait(report: ReadReport, reports: list[int]) -> None:
    report.set_window_active(True)
    report.shown(7)
    await turn(0.2)
    report.set_conversation(None)
    await turn(_ENOUGH_S)
    assert reports == []


async def test_steady_traffic_does_not_put_it_off(report: ReadReport, reports: list[int]) -> None:
    report.set_window_active(True)
    key = 0
    while not reports:
        key += 1
        assert key < 40, "the report was put off for ever"
        report.shown(key)
        await turn(0.1)
    assert reports == [1]
    await until(lambda: reports[-1] == key)


async def test_the_same_message_is_reported_once(report: ReadReport, reports: list[int]) -> None:
    report.set_window_active(True)
    report.shown(7)
    await until(lambda: reports == [7])
    report.shown(7)
    report.set_window_active(False)
    report.set_window_active(True)
    await turn(_ENOUGH_S)
    assert reports == [7]
