"""The application's style sheet for one palette. Pure text; kept small, since Qt matches every rule to every widget.

Rules for single widgets go by the dynamic properties `kind` (primary, danger, flat, muted) and `surface`.
"""

from msgspec.structs import asdict

from chatdesk.resources import resources
from chatdesk.views.palettes import Colors

_SHEET = """
QToolTip {{ background: {raised}; color: {text}; border: 1px solid {field_border}; padding: 4px 6px; }}
QWidget[surface="sidebar"] {{ background: {sidebar}; }}
QWidget[surface="window"] {{ background: {window}; }}
QWidget[surface="popup"] {{ background: {raised}; border: 1px solid {field_border}; }}
QListView, QScrollArea {{ border: none; background: transparent; }}
QDialogButtonBox, QMessageBox {{ button-layout: 3; }}
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
  padding: 2px 6px; min-height: 16px; border-radius: 6px; }}
QPushButton[kind="flat"]:hover {{ background: {hover}; }}
QPushButton[kind="flat"]:focus {{ border-color: {accent}; }}
QPushButton[kind="flat"]:disabled {{ color: {muted}; background: transparent; border-color: transparent; }}
QPushButton[kind="chip"] {{ border: 2px solid transparent; border-radius: 12px; padding: 2px 6px; min-height: 20px;
  background: transparent; color: {muted}; }}
QPushButton[kind="chip"]:hover {{ background: {hover}; }}
QPushButton[kind="chip"]:checked {{ background: {selected}; color: {text}; }}
QPushButton[kind="chip"]:focus {{ border-color: {accent}; padding: 2px 6px; }}
QLineEdit {{ border: 1px solid {field_border}; border-radius: 8px; padding: 6px 8px; background: {raised};
  color: {text}; selection-background-color: {accent}; selection-color: {on_accent}; placeholder-text-color: {muted}; }}
QLineEdit:focus {{ border: 2px solid {accent}; padding: 5px 7px; }}
QLineEdit:disabled {{ color: {muted}; background: {sidebar}; }}
QPlainTextEdit[kind="field"] {{ border: 1px solid {field_border}; border-radius: 8px; padding: 3px 5px;
  background: {raised}; color: {text}; selection-background-color: {accent}; selection-color: {on_accent}; }}
QPlainTextEdit[kind="field"]:disabled {{ color: {muted}; background: {sidebar}; }}
QPlainTextEdit[kind="field"]:focus {{ border: 2px solid {accent}; padding: 2px 4px; }}
QCheckBox, QRadioButton {{ spacing: 8px; padding: 4px 6px; border: 2px solid transparent; border-radius: 6px; }}
QCheckBox:focus, QRadioButton:focus {{ border-color: {accent}; }}
QCheckBox::indicator, QRadioButton::indicator {{ width: 1em; height: 1em; border: 1px solid {field_border};
  background: {raised}; }}
QCheckBox::indicator {{ border-radius: 4px; }}
QCheckBox::indicator:checked {{ background: {accent}; border-color: {accent}; image: url("{tick}"); }}
QCheckBox::indicator:disabled {{ background: {sidebar}; border-color: {border}; }}
QRadioButton::indicator {{ border-radius: 0.5em; }}
QRadioButton::indicator:checked {{ border-color: {accent}; background: {raised}; image: url("{dot}"); }}
QCheckBox:disabled, QRadioButton:disabled {{ color: {muted}; }}
QComboBox {{ border: 1px solid {field_border}; border-radius: 8px; padding: 6px 12px; background: {raised};
  color: {text}; }}
QComboBox {{ combobox-popup: 0; }}
QComboBox QAbstractItemView {{ border: 1px solid {field_border}; background: {raised}; padding: 4px; outline: none; }}
QComboBox QAbstractItemView::item {{ min-height: 24px; padding: 2px 8px; color: {text}; }}
QComboBox QAbstractItemView::item:selected {{ background: {selected}; color: {text}; }}
QComboBox:focus {{ border: 2px solid {accent}; padding: 5px 11px; }}
QComboBox::drop-down, QDateEdit::drop-down {{ border: none; width: 2em; }}
QComboBox::down-arrow, QDateEdit::down-arrow {{ image: url("{arrow}"); width: 0.8em; height: 0.8em; }}
QAbstractSpinBox {{ border: 1px solid {field_border}; border-radius: 8px; padding: 6px 8px; background: {raised};
  color: {text}; selection-background-color: {accent}; selection-color: {on_accent}; }}
QAbstractSpinBox:focus {{ border: 2px solid {accent}; padding: 5px 7px; }}
QAbstractSpinBox:disabled {{ color: {muted}; background: {sidebar}; }}
QScrollArea[kind="well"] {{ background: {sidebar}; border-radius: 8px; }}
QHeaderView::section {{ background: transparent; color: {muted}; border: none; padding: 4px 6px; }}
QSlider:horizontal {{ min-height: 28px; }}
QSlider::groove:horizontal {{ height: 4px; border-radius: 2px; background: {field_border}; }}
QSlider::sub-page:horizontal {{ height: 4px; border-radius: 2px; background: {accent}; }}
QSlider::handle:horizontal {{ width: 16px; margin: -8px 0; border: 2px solid {accent}; border-radius: 10px;
  background: {raised}; }}
QSlider::handle:horizontal:focus {{ background: {accent}; border-color: {text}; }}
QListWidget[kind="sections"] {{ background: transparent; outline: none; }}
QListWidget[kind="sections"]::item {{ padding: 8px 10px; border-radius: 8px; color: {text};
  border: 2px solid transparent; }}
QListWidget[kind="sections"]::item:hover {{ background: {hover}; }}
QListWidget[kind="sections"]::item:selected {{ background: {selected}; color: {text}; }}
QListWidget[kind="sections"]::item:selected:focus {{ border-color: {accent}; }}
QTreeWidget {{ background: transparent; border: 2px solid transparent; border-radius: 8px; outline: none; }}
QTreeWidget:focus {{ border-color: {accent}; }}
QTreeWidget::item {{ padding: 5px 6px; color: {text}; }}
QTreeWidget::item:selected, QTreeWidget::item:focus {{ background: {selected}; color: {text}; }}
QMenu {{ background: {raised}; color: {text}; border: 1px solid {field_border}; padding: 4px; }}
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
    values = {field: value for field, value in asdict(colors).items() if isinstance(value, str)}
    signs = resources() / "controls"
    tick = signs / f"tick-{'dark' if colors.is_dark else 'light'}.svg"  # Qt's sheets know files only, no currentColor
    dot = signs / f"dot-{'dark' if colors.is_dark else 'light'}.svg"
    arrow = signs / "arrow-down.svg"
    return _SHEET.format_map({**values, "tick": tick.as_posix(), "dot": dot.as_posix(), "arrow": arrow.as_posix()})
