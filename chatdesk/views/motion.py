"""Whether what moves may move: not when the system was told to keep still. Main thread; no state."""

from PySide6.QtWidgets import QApplication, QStyle


def is_reduced() -> bool:
    """The system's own switch, as its platform theme hands it to Qt's styles."""
    return not QApplication.style().styleHint(QStyle.StyleHint.SH_Widget_Animation_Duration)
