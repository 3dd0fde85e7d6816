"""Asks whether clips from outside are copied into the library, or referenced where they lie."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from seedance_desktop.ui.controls import Button, ElidedLabel, Option, Picker, Text
from seedance_desktop.words import ntr, tr

_COPY, _REFERENCE = "copy", "reference"
_WIDE = 420
_NAMED = 3


class ImportDialog(QDialog):
    """`then` gets True where the files stay where they are."""

    def __init__(
        self, parent: QWidget, paths: Sequence[str], then: Callable[[bool], object], *, reference: bool
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Import clips"))
        self.picker = Picker(
            [Option(_COPY, tr("Copy into the library")), Option(_REFERENCE, tr("Reference where they lie"))],
            name=tr("How to import"),
        )
        self.picker.set_value(_REFERENCE if reference else _COPY)
        self._hint = Text("", "label", "text-3", wrap=True)
        self.picker.picked.connect(self._show)
        self.agree = Button(tr("Import"), kind="primary")
        cancel = Button(tr("Cancel"))
        self.agree.setDefault(True)
        self.agree.clicked.connect(self.accept)
        cancel.clicked.connect(self.reject)
        self.accepted.connect(lambda: then(self.picker.value == _REFERENCE))
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addStretch()
        buttons.addWidget(cancel)
        buttons.addWidget(self.agree)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 18, 20, 16)
        layout.setSpacing(10)
        layout.addWidget(Text(tr("Import clips"), "title", "text"))
        layout.addWidget(ElidedLabel(_named(paths), "label", "text-2"))
        layout.addWidget(self.picker)
        layout.addWidget(self._hint)
        layout.addSpacing(4)
        layout.addLayout(buttons)
        self.setFixedWidth(max(_WIDE, layout.sizeHint().width()))
        self._show(self.picker.value)
        self.agree.setFocus()

    def _show(self, how: str) -> None:
        if how == _REFERENCE:
            said = tr("Nothing is copied. A file that is moved or deleted there is missing here.")
        else:
            said = tr("The library gets its own copies; the files stay as they are.")
        self._hint.setText(said)


def ask_how_to_import(
    parent: QWidget, paths: Sequence[str], then: Callable[[bool], object], *, reference: bool = False
) -> ImportDialog:
    """Open the question; `reference` is what was chosen the last time."""
    dialog = ImportDialog(parent, paths, then, reference=reference)
    dialog.open()
    return dialog


def _named(paths: Sequence[str]) -> str:
    """The first of them by name, and how many more there are."""
    names = [Path(path).name or path for path in paths[:_NAMED]]
    more = len(paths) - len(names)
    return ", ".join(names) + (" " + ntr("and {n} more", "and {n} more", more) if more else "")
