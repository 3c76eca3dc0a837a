"""What the user chose in the settings, and who wants to know when it changes.

Main thread only. Owns the preferences in force; it neither reads nor writes a file (the app does) and applies nothing
by itself: the window, the theme and the notifications listen to `changed`.
"""

from collections.abc import Callable
from pathlib import Path

import msgspec
from PySide6.QtCore import QObject, Signal

from chatdesk.models.conversation_list import ListFilter

LEAST_TEXT_PERCENT = 80
MOST_TEXT_PERCENT = 200
SCHEMES = ("system", "light", "dark")
LANGUAGES = ("system", "en", "zh_CN")
NOTIFY_ABOUT = ("all", "mentions")
"""Every message, or those addressed to the user: one-to-one and mentions."""
LIST_FILTERS = tuple(kind.value for kind in ListFilter)
MOST_UNDO_SECONDS = 10
_DAY_MINUTES = 24 * 60
MOST_RECENT_EMOJI = 36
DARKEST_TONE = 5


class Preferences(msgspec.Struct, frozen=True):
    """Everything here may lie in clear. `downloads_folder` is empty for the system's own."""

    scheme: str = "system"
    text_percent: int = 100
    language: str = "system"
    notify: bool = True
    notify_text: bool = True
    do_not_disturb: bool = False
    close_to_tray: bool = False
    downloads_folder: str = ""
    recent_emoji: tuple[str, ...] = ()
    skin_tone: int = 0
    """Of the emoji that are chosen: 0 for the yellow one, else 1 (light) to 5 (dark)."""
    markdown: bool = True
    """Stars and backquotes that are typed become bold text and code."""
    undo_seconds: int = 0
    """So long a message waits before it leaves; 0 to 10."""
    notify_about: str = "all"
    sound: bool = True
    quiet_until_ms: int = 0
    """Quiet until this moment; see models/quiet.py."""
    quiet_hours: bool = False
    quiet_from: int = 22 * 60
    quiet_to: int = 7 * 60
    """Minutes of the day."""
    public_receipts: bool = True
    """Others see how far one has read."""
    send_typing: bool = True
    microphone: str = ""
    """A device's own name; empty for the system's choice."""
    faces_folder: str = ""
    """Where the pictures of faces lie; empty for none."""
    list_filter: str = "all"
    """Which conversations the list shows."""
    is_still: bool = False
    """Nothing moves by itself; else as the system is set."""


def mended(preferences: Preferences) -> Preferences:
    """The same without what no version of chatdesk could have meant: the file can be edited by hand."""
    return msgspec.structs.replace(
        preferences,
        scheme=preferences.scheme if preferences.scheme in SCHEMES else "system",
        language=preferences.language if preferences.language in LANGUAGES else "system",
        text_percent=max(LEAST_TEXT_PERCENT, min(MOST_TEXT_PERCENT, preferences.text_percent)),
        recent_emoji=preferences.recent_emoji[:MOST_RECENT_EMOJI],
        skin_tone=max(0, min(DARKEST_TONE, preferences.skin_tone)),
        undo_seconds=max(0, min(MOST_UNDO_SECONDS, preferences.undo_seconds)),
        notify_about=preferences.notify_about if preferences.notify_about in NOTIFY_ABOUT else "all",
        list_filter=preferences.list_filter if preferences.list_filter in LIST_FILTERS else "all",
        quiet_from=preferences.quiet_from % _DAY_MINUTES,
        quiet_to=preferences.quiet_to % _DAY_MINUTES,
    )


class SettingsModel(QObject):
    """`system_downloads` names the system's own folder; asked only when it is needed."""

    changed = Signal()

    def __init__(
        self,
        preferences: Preferences | None = None,
        system_downloads: Callable[[], Path] = Path.home,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._preferences = mended(preferences or Preferences())
        self._system_downloads = system_downloads

    @property
    def preferences(self) -> Preferences:
        return self._preferences

    def change(self, **values: object) -> None:
        """Put other values in the place of these; `changed` follows when something really differs."""
        chosen = mended(msgspec.structs.replace(self._preferences, **values))
        if chosen != self._preferences:
            self._preferences = chosen
            self.changed.emit()

    def end_quiet(self) -> None:
        """Disturb again now; hours that the user set for every day stay."""
        self.change(do_not_disturb=False, quiet_until_ms=0)

    def note_emoji(self, symbol: str) -> None:
        """It was chosen just now: it comes first, the oldest one is forgotten."""
        others = (known for known in self._preferences.recent_emoji if known != symbol)
        self.change(recent_emoji=(symbol, *others))

    def chosen_downloads_folder(self) -> Path | None:
        """The folder the user chose, as long as it is there."""
        chosen = self._preferences.downloads_folder
        return Path(chosen) if chosen and Path(chosen).is_dir() else None

    def downloads_folder(self) -> Path:
        """Where files are saved: the chosen folder, else the system's."""
        return self.chosen_downloads_folder() or self._system_downloads()
