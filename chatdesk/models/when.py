"""Times and sizes in the user's own way of writing. Pure functions, any thread with Qt's locale; owns nothing."""

from PySide6.QtCore import QCoreApplication, QDateTime, QLocale

_DAYS_WITH_A_NAME = 7


def short_when(time_ms: int, now_ms: int | None = None, locale: QLocale | None = None) -> str:
    """As lists show it: the time for today, then "Yesterday", the weekday, the date. Empty when there is no time."""
    if time_ms <= 0:
        return ""
    locale = locale or QLocale()
    when = QDateTime.fromMSecsSinceEpoch(time_ms)
    now = QDateTime.currentDateTime() if now_ms is None else QDateTime.fromMSecsSinceEpoch(now_ms)
    days = when.date().daysTo(now.date())
    if days == 0:
        return locale.toString(when.time(), QLocale.FormatType.ShortFormat)
    if days == 1:
        return QCoreApplication.translate("When", "Yesterday")
    if 1 < days < _DAYS_WITH_A_NAME:
        return locale.standaloneDayName(when.date().dayOfWeek(), QLocale.FormatType.ShortFormat)
    return locale.toString(when.date(), QLocale.FormatType.ShortFormat)


def size_text(size: float, locale: QLocale | None = None) -> str:
    """Bytes for people: 532 bytes, 1.4 MB."""
    return (locale or QLocale()).formattedDataSize(int(size), 1, QLocale.DataSizeFormat.DataSizeSIFormat)


def long_date(time_ms: int, locale: QLocale | None = None) -> str:
    """A day in words: 3 May 2024."""
    date = QDateTime.fromMSecsSinceEpoch(time_ms).date()
    return (locale or QLocale()).toString(date, QLocale.FormatType.LongFormat)
