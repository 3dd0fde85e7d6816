"""The creator's notes on the clip: a quiet field that grows with them and is never lost."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QFontMetricsF, QHideEvent, QKeyEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QSizePolicy, QWidget

from seedance_desktop.ui import theme
from seedance_desktop.ui.controls import paint
from seedance_desktop.words import tr

_AFTER = 400  # ms without typing
_PAD = 4
_BESIDE = 3  # more of it beside the words, which else touch the ring
_MOST_LINES = 6


class Notes(QPlainTextEdit):
    """`changed` carries the clip's id and all of its notes: soon after typing, on leaving, before another clip."""

    changed = Signal(object, str)
    grown = Signal()  # it wants another height

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._clip: int | None = None
        self._known = ""  # what the library has, as far as it has said
        self._wished: list[str] = []  # what it has not confirmed yet, the oldest first
        self._most = _MOST_LINES
        self._high = 0
        self.setAccessibleName(tr("Notes"))
        self.setPlaceholderText(tr("Add a note"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setTabChangesFocus(True)
        self.setFont(theme.font("body"))
        self.document().setDocumentMargin(_PAD)
        self.setViewportMargins(_BESIDE, 0, _BESIDE, 0)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport().setAutoFillBackground(False)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._timer = QTimer(self, singleShot=True, interval=_AFTER)
        self._timer.timeout.connect(self.flush)
        self.textChanged.connect(self._typed)
        self.document().documentLayout().documentSizeChanged.connect(lambda _size: self._grow())
        self._tint()
        theme.signals.changed.connect(self._tint)
        self._grow()

    def show_notes(self, clip: int, notes: str) -> None:
        """The notes of a clip as they are saved; what has been typed since stays, and is wished for."""
        if clip != self._clip:
            self.flush()
            self._clip, self._known, self._wished = clip, notes, []
            self._fill(notes)
        elif notes in self._wished:
            del self._wished[: self._wished.index(notes) + 1]
            self._known = notes
        elif notes != self._known:  # changed elsewhere: taken back by undo, say
            self._known = notes
            if not self._timer.isActive():
                self._wished.clear()
                self._fill(notes)

    def flush(self) -> None:
        """Wish for what isn't saved yet, now."""
        self._timer.stop()
        text = self.toPlainText()
        last = self._wished[-1] if self._wished else self._known
        if self._clip is not None and text != last:
            self._wished.append(text)
            self.changed.emit(self._clip, text)

    def set_most_lines(self, lines: int) -> None:
        """Grow to so many lines, then scroll."""
        self._most = lines
        self._grow()

    def sizeHint(self) -> QSize:
        """As high as what stands in it."""
        return QSize(120, self._high)

    def minimumSizeHint(self) -> QSize:
        """It may be narrow."""
        return QSize(60, self._high)

    def event(self, event: QEvent) -> bool:
        """A box, round the scroll bar too, only where there is something: the hand, the keyboard, words."""
        if event.type() == QEvent.Type.Paint:
            self._draw_box()
            return True
        return super().event(event)

    def viewportEvent(self, event: QEvent) -> bool:
        """The box comes and goes with the mouse."""
        if event.type() in (QEvent.Type.Enter, QEvent.Type.Leave):
            self.update()
        return super().viewportEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape is done with writing: letters are the player's keys again."""
        if event.key() == Qt.Key.Key_Escape:
            self.clearFocus()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The box shows it."""
        super().focusInEvent(event)
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Narrower is higher."""
        super().resizeEvent(event)
        self._grow()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Leaving saves; a menu of its own is no leaving."""
        super().focusOutEvent(event)
        self.update()
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.flush()

    def hideEvent(self, event: QHideEvent) -> None:
        """So does whatever takes its place."""
        super().hideEvent(event)
        self.flush()

    def _draw_box(self) -> None:
        focus, over = self.hasFocus(), self.underMouse()
        if focus or over or not self.document().isEmpty():
            edge = theme.color("focus" if focus else "control-border" if over else "card-border")
            fill = theme.color("field") if focus or over else None
            painter = paint.start(self)
            paint.box(painter, QRectF(self.rect()), fill=fill, border=edge, width=2 if focus else 1)
            painter.end()

    def _fill(self, notes: str) -> None:
        if notes != self.toPlainText():
            self.blockSignals(True)
            self.setPlainText(notes)
            self.blockSignals(False)
            self._grow()
        self.document().clearUndoRedoStacks()

    def _typed(self) -> None:
        self._timer.start()
        self.update()

    def _grow(self) -> None:
        lines = max(1, min(self._most, round(self.document().size().height())))
        high = round(lines * QFontMetricsF(self.font()).lineSpacing()) + 2 * _PAD + 2
        scrolls = self.document().size().height() > self._most
        policy = Qt.ScrollBarPolicy
        self.setVerticalScrollBarPolicy(policy.ScrollBarAsNeeded if scrolls else policy.ScrollBarAlwaysOff)
        if high != self._high:
            self._high = high
            self.setFixedHeight(high)
            self.grown.emit()

    def _tint(self) -> None:
        tinted = self.palette()
        tinted.setColor(QPalette.ColorRole.Base, paint.clear(theme.color("field")))
        tinted.setColor(QPalette.ColorRole.PlaceholderText, theme.color("text-3"))
        self.setPalette(tinted)
