"""The keys that work, on one page."""

from __future__ import annotations

import sys

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QFrame, QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from seedance_desktop.ui.controls import Button, Chip, Text
from seedance_desktop.words import mark, tr

# Title of a group, and its keys with what they do. Only what works stands here.
GROUPS: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = (
    (
        mark("Everywhere"),
        (
            ("Ctrl+Enter", mark("Generate, while the composer is open")),
            ("Ctrl+N", mark("New draft")),
            ("Ctrl+V", mark("Paste images into the composer")),
            ("@", mark("Name an image in the prompt")),
            ("Ctrl+R", mark("Prompt history, while the composer is open")),
            ("Ctrl+F", mark("Search the library")),
            ("Ctrl+K", mark("Find any command")),
            ("Ctrl+E", mark("Hand over the chosen clips")),
            ("Ctrl+Z", mark("Undo in the composer, else what was judged or thrown away last")),
            ("Ctrl+Shift+Z", mark("Redo in the composer")),
            ("Ctrl+,", mark("Settings")),
            ("F1", mark("These keys")),
        ),
    ),
    (
        mark("In the making"),
        (("Alt+↑  ↓", mark("Move a planned clip up or down")),),
    ),
    (
        mark("Player"),
        (
            ("Space", mark("Play or pause")),
            ("J  K  L", mark("Backward, pause, forward")),
            ("←  →", mark("One frame")),
            ("Shift+←  →", mark("One second")),
            ("↑  ↓", mark("Previous and next clip")),
            ("Home  End", mark("First and last frame")),
            ("I  O", mark("Set in and out; with Shift, go there")),
            ("Alt+X", mark("Clear in and out")),
            ("[  ]", mark("Slower and faster")),
            ("Z", mark("100 % and fit")),
            ("Ctrl++  −  0", mark("Closer, wider, fit; the wheel does it too")),
            ("F", mark("Full screen")),
            ("M", mark("Mute")),
            ("Ctrl+G", mark("Copy the frame")),
            ("Ctrl+Shift+G", mark("Save the frame as a file")),
        ),
    ),
    (
        mark("Player and library"),
        (
            ("0 – 5", mark("Stars")),
            ("P", mark("Pick")),
            ("X", mark("Reject")),
            ("U", mark("Neither")),
            ("Shift+P  X", mark("Pick or reject, and on to the next")),
            ("Del", mark("Move to trash")),
            ("Enter", mark("Play the chosen card")),
        ),
    ),
    (
        mark("Library"),
        (
            ("Ctrl+A", mark("Choose all clips")),
            ("S", mark("The takes of a stack, and back")),
            ("T", mark("Tags of the chosen clips")),
        ),
    ),
    (
        mark("Compare"),
        (
            ("C", mark("Compare the chosen clips, or a clip with its best rival")),
            ("A  B  C  D", mark("The side that keys act on")),
            ("W", mark("Wipe between A and B")),
            ("N", mark("The next take comes onto the active side")),
            ("Esc", mark("Back to stage and library")),
        ),
    ),
)

_AROUND = 48  # of the window stays in sight above and below the page


def show_keys(parent: QWidget) -> QDialog:
    """Open the page beside the window, so that the keys can be tried."""
    dialog = QDialog(parent)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setWindowTitle(tr("Keys"))
    page = QWidget()
    columns = QHBoxLayout(page)
    columns.setContentsMargins(0, 0, 0, 0)
    columns.setSpacing(36)
    columns.addLayout(_groups(GROUPS[:2] + GROUPS[4:]))
    columns.addLayout(_groups(GROUPS[2:4]))
    close = Button(tr("Close"))
    close.clicked.connect(dialog.close)
    layout = QVBoxLayout(dialog)
    layout.setContentsMargins(24, 20, 24, 18)
    layout.setSpacing(16)
    area = _scrolled(page)
    layout.addWidget(area, 1)
    layout.addWidget(Text(tr("Letters and digits never act while you type."), "label", "text-3"))
    layout.addWidget(close, 0, Qt.AlignmentFlag.AlignRight)
    whole = dialog.sizeHint().height() - area.sizeHint().height() + page.sizeHint().height()
    dialog.resize(dialog.sizeHint().width(), min(whole, parent.window().height() - _AROUND))
    dialog.show()
    return dialog


def _scrolled(page: QWidget) -> QScrollArea:
    """In a low window it scrolls, up and down only."""
    area = QScrollArea()
    area.setAccessibleName(tr("Keys"))
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setWidget(page)
    area.setMinimumWidth(page.sizeHint().width() + area.verticalScrollBar().sizeHint().width())
    page.setAutoFillBackground(False)
    area.viewport().setAutoFillBackground(False)
    return area


def _groups(groups: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]) -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(16)
    grid.setVerticalSpacing(7)
    for title, keys in groups:
        if grid.rowCount() > 1:
            grid.setRowMinimumHeight(grid.rowCount(), 10)
        grid.addWidget(Text(tr(title), "title", "text"), grid.rowCount(), 0, 1, 2)
        for key, does in keys:
            row = grid.rowCount()
            shown = key.replace("Ctrl", "⌘") if sys.platform == "darwin" else key
            grid.addWidget(Chip(shown, "outline"), row, 0, Qt.AlignmentFlag.AlignLeft)
            grid.addWidget(Text(tr(does), "body", "text-2"), row, 1)
    grid.setRowStretch(grid.rowCount(), 1)
    return grid
