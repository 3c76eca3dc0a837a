"""Times and sizes as lists show them."""

from PySide6.QtCore import QDate, QDateTime, QLocale, QTime
from PySide6.QtWidgets import QApplication

from chatdesk.models.when import parse_when, short_when, size_text

_NOW = QDateTime.fromString("2026-03-12T15:30:00", "yyyy-MM-ddTHH:mm:ss")
_BRITISH = QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom)


def _when(text: str, locale: QLocale = _BRITISH) -> str:
    moment = QDateTime.fromString(text, "yyyy-MM-ddTHH:mm:ss")
    return short_when(moment.toMSecsSinceEpoch(), _NOW.toMSecsSinceEpoch(), locale)


def test_today_yesterday_weekday_date(qapp: QApplication) -> None:
    assert _when("2026-03-12T00:01:00") == "00:01"
    assert _when("2026-03-12T15:29:00") == "15:29"
    assert _when("2026-03-11T23:59:00") == "Yesterday"
    assert _when("2026-03-10T12:00:00") == "Tue"
    assert _when("2026-03-06T12:00:00") == "Fri"
    assert _when("2026-03-05T12:00:00") == "05/03/2026"
    assert _when("2025-12-31T12:00:00") == "31/12/2025"


def test_a_clock_ahead_of_ours_shows_the_date(qapp: QApplication) -> None:
    assert _when("2026-03-13T00:10:00") == "13/03/2026"


def test_no_time_is_no_text(qapp: QApplication) -> None:
    assert short_when(0) == ""


def test_the_users_own_way_of_writing(qapp: QApplication) -> None:
    german = QLocale(QLocale.Language.German, QLocale.Country.Germany)
    assert _when("2026-03-05T12:00:00", german) == "05.03.26"
    assert size_text(1_840_000, german) == "1,8 MB"
    assert size_text(532, _BRITISH) == "532 bytes"


def _read(text: str, locale: QLocale = _BRITISH) -> QDateTime:
    time_ms = parse_when(text, locale)
    return QDateTime() if time_ms is None else QDateTime.fromMSecsSinceEpoch(time_ms)


def test_days_are_read_by_their_names(qapp: QApplication) -> None:
    today = QDate.currentDate()
    assert _read("Today").date() == today
    assert _read("Yesterday") == today.addDays(-1).startOfDay()
    assert _read("yesterday 0:05") == QDateTime(today.addDays(-1), QTime(0, 5))
    assert not _read("yes").isValid()


def test_months_are_read_by_their_names(qapp: QApplication) -> None:
    german, chinese = QLocale(QLocale.Language.German), QLocale(QLocale.Language.Chinese)
    wanted = QDate(2024, 2, 29)
    for text in ("29 feb 2024", "29 February 2024", "Feb 29, 2024", "29 FEBRUARY 2024", "2024-02-29T00:00"):
        assert _read(text).date() == wanted, text
    assert _read("29 Feb 2024 14:30") == QDateTime(wanted, QTime(14, 30))
    assert _read("3. März 2024", german).date() == QDate(2024, 3, 3)
    assert _read("2024年2月29日", chinese).date() == wanted
    assert not _read("30 feb 2024").isValid()
    assert not _read("27 nov 2999").isValid()
    assert not _read("27 nov 26 bc").isValid()


def test_a_day_without_a_year_is_the_last_one(qapp: QApplication) -> None:
    today = QDate.currentDate()
    for date in (today, today.addDays(-40), today.addDays(40).addYears(-1)):
        for text in (_BRITISH.toString(date, "d MMM"), _BRITISH.toString(date, "MMMM d").lower()):
            assert _read(text).date() == date, text
    chinese = QLocale(QLocale.Language.Chinese)
    assert _read(f"{today.month()}月{today.day()}日", chinese).date() == today
