"""The prompt: plain text of any script, with its counts, images that are pasted handed on."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QMimeData, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QInputMethodEvent,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QTextBlockFormat,
    QTextCursor,
)
from PySide6.QtWidgets import QFrame, QHBoxLayout, QTextEdit, QVBoxLayout, QWidget

from seedance_desktop.domain.catalogue import ADVISED_CHINESE_CHARACTERS, ADVISED_ENGLISH_WORDS
from seedance_desktop.domain.counting import Count, count
from seedance_desktop.ui import theme
from seedance_desktop.ui.controls import ElidedLabel, Text, paint
from seedance_desktop.words import ntr, tr

from . import intake
from .state import Edit
from .undo_keys import asked

_COUNT_AFTER = 60  # milliseconds without a key: a long prompt isn't counted at every letter


class PromptEdit(QTextEdit):
    """A text editor that takes plain text only, and hands on images that are pasted."""

    images = Signal(list)
    focus_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.composing = False
        self.setAccessibleName(tr("Prompt"))
        self.setPlaceholderText(tr("Describe the shot: subject, movement, camera, light."))
        self.setAcceptRichText(False)
        self.setTabChangesFocus(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFont(theme.font("body"))
        self.document().setDocumentMargin(0)
        self.setUndoRedoEnabled(False)  # undo is the composer's, over everything
        self._edit: Edit | None = None
        self.document().contentsChange.connect(self._note)
        self.viewport().setAutoFillBackground(False)
        self.set_text("")
        self._tint()
        theme.signals.changed.connect(self._tint)

    def set_text(self, text: str) -> None:
        """Replace everything."""
        self.setPlainText(text)
        spaced = QTextBlockFormat()
        line = float(theme.tokens()["type"]["scale"]["body"]["line"])
        spaced.setLineHeight(line, QTextBlockFormat.LineHeightTypes.MinimumHeight.value)
        cursor = QTextCursor(self.document())
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.mergeBlockFormat(spaced)
        self.moveCursor(QTextCursor.MoveOperation.End)
        self.take_edit()

    def take_edit(self) -> Edit | None:
        """The last change of the text, once."""
        edit, self._edit = self._edit, None
        return edit

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        """Text; what carries images falls through to the composer."""
        return not intake.carries_images(source) and super().canInsertFromMimeData(source)

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Images go to the reference strip, anything else comes in as plain text."""
        if intake.pastes_images(source):
            self.images.emit(intake.read(source))
        elif source.hasText():
            self.insertPlainText(source.text())

    def createMimeDataFromSelection(self) -> QMimeData:
        """Copy as plain text, so that no font of ours travels along."""
        plain = QMimeData()
        plain.setText(self.textCursor().selection().toPlainText())
        return plain

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Undo is not for the text alone: it goes on to the composer."""
        if asked(event):
            event.ignore()
        else:
            super().keyPressEvent(event)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Remember whether an input method is composing: keys are its own then."""
        self.composing = bool(event.preeditString())
        super().inputMethodEvent(event)

    def sizeHint(self) -> QSize:
        """Small: what grows it is the room that is left."""
        return QSize(200, 80)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The text; Qt cuts a placeholder to one line, so ours is drawn here."""
        super().paintEvent(event)
        if self.toPlainText() or self.composing:
            return
        painter = QPainter(self.viewport())
        painter.setFont(self.font())
        painter.setPen(theme.color("text-3"))
        painter.drawText(self.viewport().rect(), Qt.TextFlag.TextWordWrap, self.placeholderText())
        painter.end()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The frame round it shows the focus."""
        super().focusInEvent(event)
        self.focus_changed.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The frame round it shows the focus; what was being composed is committed or gone."""
        super().focusOutEvent(event)
        self.composing = False
        self.focus_changed.emit()

    def _note(self, position: int, removed: int, added: int) -> None:
        letter = self.document().characterAt(position) if added == 1 else ""
        self._edit = Edit(position, removed, added, letter)

    def _tint(self) -> None:
        tinted = self.palette()
        tinted.setColor(QPalette.ColorRole.Base, paint.clear(theme.color("field")))
        tinted.setColor(QPalette.ColorRole.PlaceholderText, paint.clear(theme.color("field")))
        self.setPalette(tinted)


class PromptBox(QWidget):
    """The editor in its frame, with counts and advice at its foot; `changed` tells that the text is another."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.editor = PromptEdit(self)
        self._advice = ElidedLabel("", "caption", "warning", parent=self)
        self._counts = Text("", "caption", "text-3", tabular=True, parent=self)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self._advice, 1)
        foot.addWidget(self._counts)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(13, 11, 9, 9)
        layout.setSpacing(4)
        layout.addWidget(self.editor, 1)
        layout.addLayout(foot)
        self.setMinimumHeight(116)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_COUNT_AFTER)
        self._timer.timeout.connect(self._count)
        self.editor.textChanged.connect(self._changed)
        self.editor.focus_changed.connect(self.update)
        self._count()

    @property
    def text(self) -> str:
        """The prompt as it stands."""
        return self.editor.toPlainText()

    def set_text(self, text: str) -> None:
        """Show `text` without a `changed`."""
        self.editor.blockSignals(True)
        self.editor.set_text(text)
        self.editor.blockSignals(False)
        self._count()

    @property
    def cursor_at(self) -> tuple[int, int]:
        """Where the selection begins and where the cursor is."""
        cursor = self.editor.textCursor()
        return cursor.anchor(), cursor.position()

    def show_text(self, text: str, at: tuple[int, int]) -> None:
        """Show `text` with the cursor `at` (anchor, position; -1 is the end), without a `changed`."""
        if text != self.text:
            self.set_text(text)
        cursor = self.editor.textCursor()
        last = self.editor.document().characterCount() - 1
        for place, mode in zip(at, (QTextCursor.MoveMode.MoveAnchor, QTextCursor.MoveMode.KeepAnchor), strict=True):
            cursor.setPosition(last if place < 0 else min(place, last), mode)
        self.editor.setTextCursor(cursor)

    def event(self, event: QEvent) -> bool:
        """A click on the frame or the foot goes into the text."""
        if event.type() == QEvent.Type.MouseButtonPress:
            self.editor.setFocus()
        return super().event(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The frame; with the focus it is the ring."""
        painter = paint.start(self)
        focused = self.editor.hasFocus()
        edge = theme.color("focus" if focused else "control-border")
        paint.box(painter, QRectF(self.rect()), fill=theme.color("field"), border=edge, width=2 if focused else 1)
        painter.end()

    def _changed(self) -> None:
        self._timer.start()
        self.changed.emit()

    def _count(self) -> None:
        counted = count(self.text)
        self._counts.setText(counts(counted))
        self._advice.setText(advice(counted))
        self._counts.set_color("warning" if self._advice.text() else "text-3")


def counts(counted: Count) -> str:
    """`132 characters · 24 words`; words only where a script has them."""
    shown = ntr("{n} character", "{n} characters", counted.characters)
    if counted.words:
        shown += " · " + ntr("{n} word", "{n} words", counted.words)
    return shown


def advice(counted: Count) -> str:
    """What to say about a prompt longer than the model is known to follow; empty for none. Nothing is cut."""
    if counted.han > ADVISED_CHINESE_CHARACTERS:
        return tr("Best below {n} Chinese characters").format(n=ADVISED_CHINESE_CHARACTERS)
    if counted.words > ADVISED_ENGLISH_WORDS:
        return tr("Best below {n} words").format(n=ADVISED_ENGLISH_WORDS)
    return ""
