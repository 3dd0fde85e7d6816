"""Asks for a name: of a draft, or of a preset with one thing to tick."""

from __future__ import annotations

from collections.abc import Callable, Collection

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from seedance_desktop.ui.controls import Button, Field, Switch, Text
from seedance_desktop.words import tr

_MOST = 80  # letters of a name


class NameDialog(QDialog):
    """`then` gets the name and whether `tick` was ticked. Of `taken` names it says that one will be replaced."""

    def __init__(
        self,
        parent: QWidget,
        title: str,
        name: str,
        then: Callable[[str, bool], object],
        *,
        agree: str,
        tick: str = "",
        taken: Collection[str] = (),
        may_be_empty: bool = False,
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        self._taken, self._may_be_empty, self._agree_text = taken, may_be_empty, agree
        self.field = Field(name=tr("Name"))
        self.field.setMaxLength(_MOST)
        self.field.setText(name)
        self.field.selectAll()
        self.tick = Switch(tick)
        self.tick.setVisible(bool(tick))
        self.agree = Button(agree, kind="primary")
        self._said = Text("", "label", "warning", wrap=True)
        cancel = Button(tr("Cancel"))
        self.agree.clicked.connect(self.accept)
        self.field.returnPressed.connect(self.agree.click)
        self.field.textChanged.connect(self._look)
        cancel.clicked.connect(self.reject)
        self.accepted.connect(lambda: then(self.field.text().strip(), self.tick.isChecked()))
        self._lay_out(title, cancel)
        self._look()
        self.field.setFocus()

    def _lay_out(self, title: str, cancel: Button) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 18, 20, 16)
        layout.setSpacing(12)
        layout.addWidget(Text(title, "title", "text"))
        layout.addWidget(self.field)
        layout.addWidget(self._said)
        layout.addWidget(self.tick)
        layout.addLayout(_buttons(cancel, self.agree))
        self.setFixedWidth(380)

    def _look(self) -> None:
        name = self.field.text().strip()
        there = name in self._taken
        self.agree.setEnabled(bool(name) or self._may_be_empty)
        self.agree.set_text(tr("Replace") if there else self._agree_text)
        self._said.setText(tr("There is one of that name: it will be replaced.") if there else "")
        self._said.setVisible(there)
        self.adjustSize()


def _buttons(*buttons: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(8)
    row.addStretch()
    for button in buttons:
        row.addWidget(button)
    return row
