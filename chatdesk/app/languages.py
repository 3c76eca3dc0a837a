"""Which language the window speaks: chatdesk's own texts, Qt's, and the way dates and sizes are written.

Main thread only. A widget keeps the texts it was made with: see front.py for what a change of language does.
"""

import logging

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

from chatdesk.resources import resources

_log = logging.getLogger(__name__)
SYSTEM = "system"
ENGLISH = "en"
CHINESE = "zh_CN"
_OURS = "language"


def choose(language: str, wanted_by_system: list[str]) -> str:
    """The catalogue for a setting: the language itself, or the first of the system's that there is, or English."""
    if language != SYSTEM:
        return language if language == CHINESE else ENGLISH
    for name in wanted_by_system:
        locale = QLocale(name)
        if locale.language() is QLocale.Language.English:
            return ENGLISH
        if locale.language() is QLocale.Language.Chinese and locale.script() is QLocale.Script.SimplifiedHanScript:
            return CHINESE
    return ENGLISH


def install(app: QCoreApplication, language: str) -> str:
    """Speak this language from now on, and no other; the name of the catalogue in use."""
    for before in app.findChildren(QTranslator, _OURS):
        app.removeTranslator(before)
        before.deleteLater()
    chosen = choose(language, QLocale.system().uiLanguages())
    QLocale.setDefault(QLocale.system() if language == SYSTEM else formats(chosen, QLocale.system()))
    _add(app, f"chatdesk_{chosen}", str(resources() / "translations"))
    if chosen != ENGLISH:
        _add(app, f"qtbase_{chosen}", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath))
    return chosen


def formats(chosen: str, system: QLocale) -> QLocale:
    """Times, dates and weeks in this language, as they are usual where the computer stands."""
    wanted = QLocale(chosen)
    is_same = (system.language(), system.script()) == (wanted.language(), wanted.script())
    if is_same or (chosen == ENGLISH and system.language() is QLocale.Language.C):
        return system
    there = QLocale(wanted.language(), wanted.script(), system.territory())
    if there.territory() is system.territory() or _has_noon(system) is _has_noon(there):
        return there
    return wanted if _has_noon(system) else QLocale("en_GB" if chosen == ENGLISH else chosen)


def _has_noon(locale: QLocale) -> bool:
    """Whether its day has two halves of twelve hours."""
    return "a" in locale.timeFormat(QLocale.FormatType.ShortFormat).lower()


def _add(app: QCoreApplication, name: str, folder: str) -> None:
    translator = QTranslator(app)
    translator.setObjectName(_OURS)
    if translator.load(name, folder):
        app.installTranslator(translator)
    else:
        _log.warning("The translation %s is not in %s", name, folder)
