"""Times and sizes in the user's own way of writing. Pure functions, any thread with Qt's locale; owns nothing."""

import re
import time
from functools import lru_cache

from PySide6.QtCore import QCoreApplication, QDate, QDateTime, QLocale, Qt, QTime

_DAYS_WITH_A_NAME = 7
_FIRST_YEAR = 1970
_MORNING = 8
_ISO_TIME = r"(?<=\d)T(?=\d)"
_REST = r"(?: (?P<rest>\d{1,2}:.*))?"
_IN_WORDS = tuple(
    pattern + _REST
    for pattern in (
        r"(?P<day>\d{1,2})\.? (?P<month>[^\W\d]+)\.?(?: (?P<year>\d{4}))?",
        r"(?P<month>[^\W\d]+)\.? (?P<day>\d{1,2})(?: (?P<year>\d{4}))?",
        r"(?:(?P<year>\d{4})年)?(?P<month>\d{1,2})月(?P<day>\d{1,2})日",
    )
)


def short_when(time_ms: int, now_ms: int | None = None, locale: QLocale | None = None) -> str:
    """As lists show it: the time for today, then "Yesterday", the weekday, the date. Empty when there is no time."""
    if time_ms <= 0:
        return ""
    if now_ms is None and locale is None:  # a list asks for every row it paints
        return _short_when(time_ms, int(time.time()) // 60, QLocale().name())
    return _say_short_when(time_ms, now_ms, locale or QLocale())


@lru_cache(512)
def _short_when(time_ms: int, minute: int, locale_name: str) -> str:
    """Holds for this minute and language."""
    return _say_short_when(time_ms, None, QLocale())


def _say_short_when(time_ms: int, now_ms: int | None, locale: QLocale) -> str:
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


def in_hours(hours: int) -> int:
    return QDateTime.currentDateTime().addSecs(3600 * hours).toMSecsSinceEpoch()


def tomorrow_morning() -> int:
    return QDateTime(QDate.currentDate().addDays(1), QTime(_MORNING, 0)).toMSecsSinceEpoch()


def until_when(time_ms: int, locale: QLocale | None = None) -> str:
    """A moment to come: the time, with the weekday when that is not today."""
    locale, when = locale or QLocale(), QDateTime.fromMSecsSinceEpoch(time_ms)
    time = locale.toString(when.time(), QLocale.FormatType.ShortFormat)
    if when.date() == QDate.currentDate():
        return time
    return f"{locale.standaloneDayName(when.date().dayOfWeek(), QLocale.FormatType.ShortFormat)} {time}"


def long_date(time_ms: int, locale: QLocale | None = None) -> str:
    """A day in words: 3 May 2024."""
    date = QDateTime.fromMSecsSinceEpoch(time_ms).date()
    return (locale or QLocale()).toString(date, QLocale.FormatType.LongFormat)


def long_when(time_ms: int, locale: QLocale | None = None) -> str:
    """A day in words, and the time unless that is midnight."""
    when = QDateTime.fromMSecsSinceEpoch(time_ms)
    locale = locale or QLocale()
    is_midnight = when.time() == QTime(0, 0)
    time = "" if is_midnight else ", " + locale.toString(when.time(), QLocale.FormatType.ShortFormat)
    return long_date(time_ms, locale) + time


def parse_when(text: str, locale: QLocale | None = None) -> int | None:
    """The moment somebody typed: a date, or a date and a time, in the international or the user's own way of writing.

    In ms; a date alone is its midnight, one without a year is the last of its name. None when it is no date, or one
    that lies in the future.
    """
    locale = locale or QLocale()
    text = _in_digits(" ".join(re.sub(_ISO_TIME, " ", text).split()), locale)
    if not any(sign.isdigit() for sign in text):
        return None
    short, long = QLocale.FormatType.ShortFormat, QLocale.FormatType.LongFormat
    dates = ["yyyy-MM-dd", "yyyy/M/d", "d.M.yyyy", locale.dateFormat(short), locale.dateFormat(long)]
    formats = [*dates, *(f"{date} {time}" for date in dates for time in ("H:mm", "H:mm:ss", locale.timeFormat(short)))]
    for each in dict.fromkeys(formats):
        found = locale.toDateTime(text, each)
        if found.isValid() and found.date().year() < _FIRST_YEAR:  # two digits mean this century
            found = found.addYears(100)
        if found.isValid() and found <= QDateTime.currentDateTime():
            return found.toMSecsSinceEpoch()
    return None


def _in_digits(text: str, locale: QLocale) -> str:
    """Today, yesterday and dates with a month in words become 2024-05-03; what follows, as a time, stays."""
    first, _, rest = text.partition(" ")
    days = _days_ago().get(first.casefold())
    if days is not None:
        return _iso(QDate.currentDate().addDays(-days), rest)
    found = next((match for each in _IN_WORDS if (match := re.fullmatch(each, text.replace(",", "")))), None)
    if found is None:
        return text
    month, day = _months(locale.name()).get(found["month"].casefold(), 0), int(found["day"])
    if found["year"]:
        return _iso(QDate(int(found["year"]), month, day), found["rest"]) or text
    today = QDate.currentDate()
    date = QDate(today.year(), month, day)
    return _iso(date if date <= today else QDate(today.year() - 1, month, day), found["rest"]) or text


def _days_ago() -> dict[str, int]:
    words = ("today", QCoreApplication.translate("When", "Today"))
    before = ("yesterday", QCoreApplication.translate("When", "Yesterday"))
    return {word.casefold(): 0 for word in words} | {word.casefold(): 1 for word in before}


def _iso(date: QDate, rest: str | None) -> str:
    return " ".join(filter(None, (date.toString(Qt.DateFormat.ISODate), rest)))


@lru_cache(4)
def _months(locale_name: str) -> dict[str, int]:
    """The months' names, long and short, in English and in this language."""
    names: dict[str, int] = {str(month): month for month in range(1, 13)}
    for locale in (QLocale.c(), QLocale(locale_name)):
        for form in (QLocale.FormatType.LongFormat, QLocale.FormatType.ShortFormat):
            for month in range(1, 13):
                for name in (locale.monthName(month, form), locale.standaloneMonthName(month, form)):
                    names[name.rstrip(".").casefold()] = month
    return names
