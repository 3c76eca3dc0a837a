"""The application's style sheet for one palette. Pure text; kept small, since Qt matches every rule to every widget.

Rules for single widgets go by the dynamic properties `kind` (primary, danger, flat, muted) and `surface`.
"""

from msgspec.structs import asdict

from chatdesk.views.palettes import Colors

_SHEET = """
QToolTip {{ background: {raised}; color: {text}; border: 1px solid {field_border}; padding: 4px 6px; }}
QWidget[surface="sidebar"] {{ background: {sidebar}; }}
QWidget[surface="window"] {{ background: {window}; }}
QListView, QScrollArea {{ border: none; background: transparent; }}
QLabel[kind="muted"] {{ color: {muted}; }}
QLabel[kind="error"] {{ color: {error}; }}
QToolButton {{ border: 2px solid transparent; border-radius: 8px; padding: 4px; background: transparent; }}
QToolButton:hover, QToolButton[popupMode="1"]:hover {{ background: {hover}; }}
QToolButton:pressed, QToolButton:checked {{ background: {selected}; }}
QToolButton:focus {{ border-color: {accent}; }}
QToolButton::menu-indicator {{ image: none; }}
QPushButton {{ border: 1px solid {field_border}; border-radius: 8px; padding: 6px 16px; background: {raised};
  color: {text}; }}
QPushButton:hover {{ background: {hover}; }}
QPushButton:pressed {{ background: {selected}; }}
QPushButton:focus {{ border: 2px solid {accent}; padding: 5px 15px; }}
QPushButton:disabled {{ color: {muted}; background: {sidebar}; border-color: {border}; }}
QPushButton[kind="primary"] {{ background: {accent}; color: {on_accent}; border-color: {accent}; }}
QPushButton[kind="primary"]:hover, QPushButton[kind="primary"]:pressed {{ border-color: {text}; }}
QPushButton[kind="primary"]:focus {{ border: 2px solid {text}; }}
QPushButton[kind="primary"]:disabled {{ background: {hover}; color: {muted}; border-color: {hover}; }}
QPushButton[kind="danger"] {{ color: {error}; border-color: {error}; }}
QPushButton[kind="flat"] {{ border: 2px solid transparent; background: transparent; color: {accent};
  padding: 2px 6px; border-radius: 6px; }}
QPushButton[kind="flat"]:hover {{ background: {hover}; }}
QPushButton[kind="flat"]:focus {{ border-color: {accent}; }}
QLineEdit {{ border: 1px solid {field_border}; border-radius: 8px; padding: 6px 8px; background: {raised};
  color: {text}; selection-background-color: {accent}; selection-color: {on_accent}; placeholder-text-color: {muted}; }}
QLineEdit:focus {{ border: 2px solid {accent}; padding: 5px 7px; }}
QLineEdit:disabled {{ color: {muted}; background: {sidebar}; }}
QMenu {{ background: {raised}; color: {text}; border: 1px solid {border}; padding: 4px; }}
QMenu::item {{ padding: 6px 24px 6px 12px; border-radius: 6px; }}
QMenu::item:selected {{ background: {selected}; }}
QMenu::item:disabled {{ color: {muted}; }}
QMenu::separator {{ height: 1px; background: {border}; margin: 4px 8px; }}
QProgressBar {{ border: none; border-radius: 2px; background: {border}; max-height: 4px; min-height: 4px; }}
QProgressBar::chunk {{ border-radius: 2px; background: {accent}; }}
QSplitter::handle {{ background: {border}; }}
QScrollBar:vertical {{ background: transparent; width: 12px; margin: 0; }}
QScrollBar::handle:vertical {{ background: {field_border}; border-radius: 3px; min-height: 32px; margin: 2px 3px; }}
QScrollBar::handle:vertical:hover {{ background: {muted}; }}
QScrollBar::add-line, QScrollBar::sub-line {{ height: 0; width: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
"""


def style_sheet(colors: Colors) -> str:
    return _SHEET.format_map({field: value for field, value in asdict(colors).items() if isinstance(value, str)})
