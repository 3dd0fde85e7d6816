"""The style sheet for what Qt draws by itself: menus, tool tips, scroll bars, combo boxes, splitters."""

from __future__ import annotations

import re

from . import theme_tokens as theme

_SHEET = """
QToolTip { background: @menu; color: @text; border: 1px solid @control-border; padding: 5px 8px; }
QMenuBar { background: transparent; color: @text-2; spacing: 0; }
QMenuBar::item { background: transparent; padding: 4px 9px; border-radius: 6px; }
QMenuBar::item:selected { background: @hover; color: @text; }
QMenuBar::item:pressed { background: @pressed; color: @text; }
QMenu { background: @menu; color: @text; border: 1px solid @card-border; border-radius: 8px; padding: 5px; }
QMenu::item { padding: 6px 26px 6px 12px; border-radius: 5px; min-width: 120px; }
QMenu::item:selected { background: @hover; }
QMenu::item:disabled { color: @text-disabled; }
QMenu::icon { padding-left: 8px; }
QMenu::separator { height: 1px; background: @divider; margin: 5px 8px; }
QLineEdit { background: transparent; border: none; padding: 0; lineedit-password-character: 8226; }
QScrollArea { background: transparent; border: none; }
QAbstractScrollArea::corner { background: transparent; }
QScrollBar { background: transparent; border: none; margin: 0; }
QScrollBar:vertical { width: 10px; }
QScrollBar:horizontal { height: 10px; }
QScrollBar::handle { background: @track; border-radius: 3px; margin: 2px; }
QScrollBar::handle:vertical { min-height: 36px; }
QScrollBar::handle:horizontal { min-width: 36px; }
QScrollBar::handle:hover { background: @control-border; }
QScrollBar::handle:disabled { background: transparent; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; border: none; background: none; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QSplitter::handle { background: @divider; }
QSplitter::handle:hover { background: @accent-text; }
QComboBox QAbstractItemView, QListView#completions { background: @menu; color: @text;
            border: 1px solid @card-border; padding: 4px;
            selection-background-color: @hover; selection-color: @text; outline: none; }
QComboBox QAbstractItemView::item, QListView#completions::item { min-height: 26px; padding: 0 8px; border: none;
            border-radius: 5px; }
QComboBox QAbstractItemView::item:selected, QListView#completions::item:selected { background: @hover; color: @text; }
QListView#completions { padding: 0; }
"""


def sheet() -> str:
    """The style sheet in the colours of the theme that is on."""
    return re.sub(r"@([a-z0-9-]+)", lambda found: theme.color(found.group(1)).name(), _SHEET)
