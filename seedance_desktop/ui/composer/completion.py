"""What is typed into a field is completed from names that there are; anything else may be typed all the same."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QStringListModel, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QCompleter, QListView, QStyledItemDelegate

from seedance_desktop.ui.controls import Field

_MOST_SHOWN = 8


class Completion(QObject):
    """Offers names below `field`, whichever part of them is typed; `asked` when the field gets the keyboard."""

    asked = Signal()

    def __init__(self, field: Field) -> None:
        super().__init__(field)
        self._field = field
        self._names = QStringListModel(self)
        self._completer = completer = QCompleter(self._names, self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setMaxVisibleItems(_MOST_SHOWN)
        self.list = QListView()
        self.list.setObjectName("completions")
        self.list.setUniformItemSizes(True)
        self.list.setAccessibleName(field.accessibleName())
        completer.setPopup(self.list)
        self.list.setItemDelegate(QStyledItemDelegate(self.list))
        field.setCompleter(completer)
        field.installEventFilter(self)

    def set_names(self, names: Sequence[str]) -> None:
        """There are these names."""
        if list(names) != self._names.stringList():
            self._names.setStringList(list(names))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Down in an empty field shows every name; getting the keyboard asks for them."""
        if isinstance(event, QFocusEvent) and event.type() == QEvent.Type.FocusIn:
            if event.reason() != Qt.FocusReason.PopupFocusReason:  # the list has gone, that's all
                self.asked.emit()
        elif isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.key() == Qt.Key.Key_Down:
            self._completer.setCompletionPrefix(self._field.text())
            if self._completer.completionCount():
                self._completer.complete()
                return True
        return super().eventFilter(watched, event)
