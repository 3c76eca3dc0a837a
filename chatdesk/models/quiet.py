"""When chatdesk keeps quiet: for as long as the user says, until a moment, or every day between two times.

Pure, any thread. Minutes count from midnight of the computer's own time.
"""

from datetime import datetime, timedelta

from chatdesk.models.settings import Preferences

_MORNING_HOUR = 8


def is_quiet(preferences: Preferences, now: datetime | None = None) -> bool:
    now = now or datetime.now().astimezone()
    return preferences.do_not_disturb or is_paused(preferences, now) or _is_in_hours(preferences, now)


def is_paused(preferences: Preferences, now: datetime | None = None) -> bool:
    """Until a moment that the user chose."""
    now = now or datetime.now().astimezone()
    return preferences.quiet_until_ms > now.timestamp() * 1000


def tomorrow_ms(now: datetime | None = None) -> int:
    """The next morning: of tomorrow, or of today for whoever is still up after midnight."""
    now = now or datetime.now().astimezone()
    morning = now.replace(hour=_MORNING_HOUR, minute=0, second=0, microsecond=0)
    if now.hour >= _MORNING_HOUR // 2:
        morning += timedelta(days=1)
    return round(morning.timestamp() * 1000)


def _is_in_hours(preferences: Preferences, now: datetime) -> bool:
    if not preferences.quiet_hours:
        return False
    start, end, minute = preferences.quiet_from, preferences.quiet_to, now.hour * 60 + now.minute
    if start <= end:
        return start <= minute < end
    return minute >= start or minute < end  # over midnight
