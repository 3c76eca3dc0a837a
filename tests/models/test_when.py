"""Times and sizes as lists show them."""

from PySide6.QtCore import QDateTime, QLocale
from PySide6.QtWidgets import QApplication

from chatdesk.models.when import short_when, size_text

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
