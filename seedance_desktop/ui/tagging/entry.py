"""The way to a new tag: a button that becomes a field with completion, and a button again."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from seedance_desktop.ui import theme
from seedance_desktop.ui.composer.completion import Completion
from seedance_desktop.ui.controls import Button, Field, paint
from seedance_desktop.words import tr

_FIELD, _LEAST_FIELD = 150, 90
_HIGH, _PAD, _ICON, _GAP = 22, 8, 12, 7  # as a button of that height has them


class AddChip(Button):
    """Drawn as the outline of a tag that isn't there yet.

    Delete and Backspace end here: they are meant for the tag that has just gone, never for the clip.
    """

    keeps = frozenset({Qt.Key.Key_Delete, Qt.Key.Key_Backspace})

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(tr("Tag"), "plus", "ghost", size="small", icon_size=_ICON, parent=parent)
        self.setAccessibleName(tr("Add tag"))
        self.setFont(theme.font("caption"))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """As high as a tag."""
        words = QFontMetricsF(self.font()).horizontalAdvance(self.text())
        return QSize(round(words + _ICON + _GAP + 2 * _PAD + 1), _HIGH)

    def event(self, event: QEvent) -> bool:
        """Its keys are its own."""
        if isinstance(event, QKeyEvent) and event.key() in self.keeps:
            event.accept()
            return True
        return super().event(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """A dashed box, icon and word."""
        painter = paint.start(self)
        fill, _border, ink = self._colors()
        edge = theme.color("control-border")
        paint.box(painter, QRectF(self.rect()), fill=fill, border=edge, corner=paint.radius("chip"), dashed=True)
        self.draw_content(painter, ink)
        painter.end()


class TagEntry(QWidget):
    """`entered` carries one tag that isn't there yet, spelled as it is known."""

    entered = Signal(str)
    turned = Signal()  # from button to field, or back

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._shown: tuple[str, ...] = ()
        self._known: list[str] = []
        self._wished: set[str] = set()  # since the last answer: Enter on a completion may come as two
        self.add = AddChip(self)
        self.add.clicked.connect(self.open)
        self.field = Field(name=tr("New tag"), placeholder=tr("New tag"), size="small", parent=self)
        self.field.setMaximumWidth(_FIELD)
        self.field.setMinimumWidth(_LEAST_FIELD)
        self.field.hide()
        self._completion = Completion(self.field)
        self._completion.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        completer = self.field.completer()
        if completer is not None:  # queued: the field writes the word into itself after we have heard of it
            completer.activated.connect(self.take, Qt.ConnectionType.QueuedConnection)
        self.field.returnPressed.connect(self.take)
        self.field.textEdited.connect(self._typed)
        self.field.installEventFilter(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.add)
        row.addWidget(self.field)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Of the button, or of the field."""
        return QSize(_FIELD, self.field.height()) if self.field.isVisibleTo(self) else self.add.sizeHint()

    def set_shown(self, tags: tuple[str, ...]) -> None:
        """These are there: they aren't offered, nor entered again."""
        self._wished.clear()
        self._shown = tags
        self._complete()

    def set_known(self, tags: list[str]) -> None:
        """All tags of the library, for completion."""
        self._known = list(tags)
        self._complete()

    def open(self) -> None:
        """The field, with the keyboard in it."""
        self.add.hide()
        self.field.show()
        self.turned.emit()
        self.field.setFocus()

    def close_field(self) -> None:
        """No new tag after all."""
        if self.field.isVisibleTo(self):
            back = self.field.hasFocus()
            self.field.clear()
            self.field.hide()
            self.add.show()
            self.turned.emit()
            if back:
                self.add.setFocus()

    def take(self) -> None:
        """What stands in the field is a tag now."""
        tag = " ".join(self.field.text().split())
        self.field.clear()
        spelled = self._spelled(tag)
        if tag and spelled not in self._shown and spelled not in self._wished:
            self._wished.add(spelled)
            self.entered.emit(spelled)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Escape closes the field; leaving it with a word in it adds the word, unless it is only for a popup."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
            self.close_field()
            return True
        if event.type() == QEvent.Type.FocusOut and not self._completion.list.isVisible():
            self.take()
            self.close_field()
        return super().eventFilter(watched, event)

    def _typed(self, text: str) -> None:
        """A comma ends a tag, whichever script it is of."""
        if text.endswith((",", "，", "、")):
            self.field.setText(text[:-1])
            self.take()

    def _spelled(self, tag: str) -> str:
        """As the library spells it already, so that Coast and coast don't become two."""
        return next((known for known in self._known if known.casefold() == tag.casefold()), tag)

    def _complete(self) -> None:
        self._completion.set_names([tag for tag in self._known if tag not in self._shown])
