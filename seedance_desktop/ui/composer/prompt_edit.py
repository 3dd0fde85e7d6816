"""The text of the prompt: any script, chips for images, plain text in and out for everybody else."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QMimeData, QPoint, QSize, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QHelpEvent,
    QInputMethodEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
)
from PySide6.QtWidgets import QFrame, QTextEdit, QToolTip, QWidget

from seedance_desktop.domain import mentions
from seedance_desktop.domain.mentions import Mention
from seedance_desktop.ui import chips, theme
from seedance_desktop.ui.chips import Chips
from seedance_desktop.ui.controls import paint
from seedance_desktop.words import tr

from . import intake
from .state import Edit

MIME = "application/x-seedance-prompt"
"""A piece of a prompt with its marks, beside the plain text."""


class PromptEdit(QTextEdit):
    """Text and chips, no rich text; images that are pasted are handed on. Undo is the composer's, over everything."""

    images = Signal(list)
    focus_changed = Signal()
    undo_wanted = Signal()
    redo_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.composing = False
        self._edit: Edit | None = None
        self._text: str | None = None  # what was read, while it holds
        self.setAccessibleName(tr("Prompt"))
        self.setPlaceholderText(tr("Describe the shot: subject, movement, camera, light."))
        self.setAcceptRichText(False)
        self.setTabChangesFocus(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFont(theme.font("body"))
        self.setUndoRedoEnabled(False)
        self.document().setDocumentMargin(0)
        self.chips = Chips(self.document())
        self.document().contentsChange.connect(self._note)
        self.cursorPositionChanged.connect(self._leave_chip)
        self.viewport().setAutoFillBackground(False)
        self.set_text("")
        self._tint()
        theme.signals.changed.connect(self._tint)

    @property
    def text(self) -> str:
        """The prompt with its marks."""
        if self._text is None:
            self._text = chips.read(chips.whole(self.document()))
        return self._text

    def set_text(self, text: str) -> None:
        """Replace everything."""
        line = float(theme.tokens()["type"]["scale"]["body"]["line"])
        chips.show(self.document(), text, line, QTextBlockFormat.LineHeightTypes.MinimumHeight)
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

    def chip_at(self, point: QPoint) -> Mention | None:
        """The chip under a point of the viewport."""
        across, down = self.horizontalScrollBar().value(), self.verticalScrollBar().value()
        return chips.mention_of(self.document().documentLayout().formatAt((point + QPoint(across, down)).toPointF()))

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        """Text; what carries images falls through to the composer."""
        return not intake.carries_images(source) and super().canInsertFromMimeData(source)

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Our own chips come back as chips, images go to the reference strip, anything else comes in as plain text."""
        if source.hasFormat(MIME):
            self.insert(bytes(source.data(MIME).data()).decode(errors="replace"))
        elif intake.pastes_images(source):
            self.images.emit(intake.read(source))
        elif source.hasText():
            self.insert(chips.plain(source.text()))

    def createMimeDataFromSelection(self) -> QMimeData:
        """Plain text as it would be sent, so that no font of ours travels along; our marks for ourselves."""
        marked = chips.read(self.textCursor())
        mime = QMimeData()
        mime.setData(MIME, marked.encode(errors="replace"))
        words = [one if isinstance(one, str) else self.chips.word(one) for one in mentions.pieces(marked)]
        mime.setText("".join(words))
        return mime

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

    def viewportEvent(self, event: QEvent) -> bool:
        """The tool tip of a chip says what goes over the wire."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            mention = self.chip_at(event.pos())
            QToolTip.showText(event.globalPos(), "" if mention is None else self.chips.told(mention), self)
            return True
        return super().viewportEvent(event)

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
        self._text = None
        letter = self.document().characterAt(position) if added == 1 else ""
        self._edit = Edit(position, removed, added, letter)

    def _leave_chip(self) -> None:
        """What is typed behind a chip is text again."""
        if chips.mention_of(self.currentCharFormat()) is not None and not self.textCursor().hasSelection():
            self.setCurrentCharFormat(QTextCharFormat())

    def _tint(self) -> None:
        tinted = self.palette()
        tinted.setColor(QPalette.ColorRole.Base, paint.clear(theme.color("field")))
        tinted.setColor(QPalette.ColorRole.PlaceholderText, paint.clear(theme.color("field")))
        self.setPalette(tinted)
