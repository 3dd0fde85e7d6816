"""The text of the prompt: any script, chips for images, plain text in and out for everybody else."""

from __future__ import annotations

from PySide6.QtCore import QMimeData, QSize, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QInputMethodEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
)
from PySide6.QtWidgets import QWidget

from seedance_desktop.domain import mentions
from seedance_desktop.domain.mentions import Mention
from seedance_desktop.ui import accessible, chips, theme
from seedance_desktop.ui.chip_text import MIME, ChipText
from seedance_desktop.ui.controls import paint
from seedance_desktop.words import tr

from . import intake
from .state import Edit


class PromptEdit(ChipText):
    """Text and chips, no rich text; images that are pasted are handed on. Undo is the composer's, over everything."""

    images = Signal(list)
    named = Signal(list)  # keys of the images that were named by what was pasted or dropped
    focus_changed = Signal()
    undo_wanted = Signal()
    redo_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.composing = False
        self._edit: Edit | None = None
        self.setAccessibleName(tr("Prompt"))
        self.setPlaceholderText(tr("Describe the shot: subject, movement, camera, light."))
        self.setAcceptRichText(False)
        self.document().contentsChange.connect(self._note)
        self._place = 0  # where the cursor was
        self.cursorPositionChanged.connect(self._moved)
        self.set_text("")
        self._tint()
        theme.signals.changed.connect(self._tint)

    def set_text(self, text: str) -> None:
        """Replace everything."""
        self.show_prompt(text, QTextBlockFormat.LineHeightTypes.MinimumHeight)
        self.moveCursor(QTextCursor.MoveOperation.End)
        self._edit = None

    def insert(self, text: str, cursor: QTextCursor | None = None) -> None:
        """Put text with marks in place of what `cursor`, or else the creator, has selected."""
        cursor = cursor or self.textCursor()
        cursor.beginEditBlock()
        cursor.removeSelectedText()
        chips.write(cursor, text)
        cursor.endEditBlock()
        self.setTextCursor(cursor)
        self.ensureCursorVisible()

    def take_edit(self) -> Edit | None:
        """The last change of the text, once."""
        edit, self._edit = self._edit, None
        return edit

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        """Text; what carries images falls through to the composer."""
        falls = intake.carries_images(source) and not intake.is_text(source)
        return not falls and super().canInsertFromMimeData(source)

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Our own chips come back as chips, images go to the reference strip, anything else comes in as plain text."""
        if source.hasFormat(MIME):
            marked = bytes(source.data(MIME).data()).decode(errors="replace")
            self.insert(marked)
            self.named.emit([one.key for one in mentions.pieces(marked) if isinstance(one, Mention)])
        elif intake.pastes_images(source):
            self.images.emit(intake.read(source))
        elif source.hasText():
            self.insert(chips.plain(source.text()))

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Remember whether an input method is composing: keys are its own then."""
        self.composing = bool(event.preeditString())
        super().inputMethodEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Qt's own menu, with the composer's undo."""
        menu = self.createStandardContextMenu(event.pos())
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for name, wanted in (("edit-undo", self.undo_wanted), ("edit-redo", self.redo_wanted)):
            for action in menu.actions():
                if action.objectName() == name:
                    action.setEnabled(True)
                    action.triggered.connect(lambda _on=False, wanted=wanted: wanted.emit())
        menu.popup(event.globalPos())

    def sizeHint(self) -> QSize:
        """Small: what grows it is the room that is left."""
        return QSize(200, 80)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The text; Qt cuts a placeholder to one line, so ours is drawn here."""
        super().paintEvent(event)
        if not self.document().isEmpty() or self.composing:
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

    def _moved(self) -> None:
        """What is typed behind a chip is text again; a chip that was stepped over is said aloud, as a letter is."""
        cursor = self.textCursor()
        before, self._place = self._place, cursor.position()
        behind = chips.mention_of(cursor.charFormat())
        if abs(self._place - before) == 1 and (over := self._chip_before(max(before, self._place))) is not None:
            accessible.say(self, self.chips.spoken(over))
        if behind is not None and not cursor.hasSelection():
            self.setCurrentCharFormat(QTextCharFormat())

    def _chip_before(self, position: int) -> Mention | None:
        if self.document().characterAt(position - 1) != chips.OBJECT:
            return None
        cursor = QTextCursor(self.document())
        cursor.setPosition(position)
        return chips.mention_of(cursor.charFormat())

    def _tint(self) -> None:
        tinted = self.palette()
        tinted.setColor(QPalette.ColorRole.Base, paint.clear(theme.color("field")))
        tinted.setColor(QPalette.ColorRole.PlaceholderText, paint.clear(theme.color("field")))
        self.setPalette(tinted)
