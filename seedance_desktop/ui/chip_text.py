"""A text with chips in it, to be read or written: what is common to the prompt editor and to the prompt of a clip."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QMimeData, QPoint
from PySide6.QtGui import QHelpEvent, QTextBlockFormat
from PySide6.QtWidgets import QFrame, QTextEdit, QToolTip, QWidget

from seedance_desktop.domain import mentions
from seedance_desktop.domain.mentions import Mention

from . import chips, theme
from .chips import Chips
from .viewport import viewport

MIME = "application/x-seedance-prompt"
"""A piece of a prompt with its marks, beside the plain text."""


class ChipText(QTextEdit):
    """Chips copy as the words that go over the wire, tell them in their tool tips, and are read aloud."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text: str | None = None  # what was read, while it holds
        self.setTabChangesFocus(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFont(theme.font("body"))
        self.setUndoRedoEnabled(False)
        viewport(self).setAutoFillBackground(False)
        self.document().setDocumentMargin(0)
        self.chips = Chips(self.document())
        self.document().contentsChange.connect(self._forget)

    @property
    def text(self) -> str:
        """The prompt with its marks."""
        if self._text is None:
            self._text = chips.read(chips.whole(self.document()))
        return self._text

    def show_prompt(self, prompt: str, rule: QTextBlockFormat.LineHeightTypes) -> None:
        """Hold this prompt, chips for its marks, in lines by this rule."""
        chips.show(self.document(), prompt, float(theme.tokens()["type"]["scale"]["body"]["line"]), rule)

    def describe(self) -> None:
        """Let a screen reader have the words of the chips: Qt's text interface has one sign for each, no words.

        PySide binds no text interface that could put them there (`selection` and `attributes` are missing), so the
        description, which is read with the name, holds the prompt as it reads.
        """
        self.setAccessibleDescription(self.chips.reading(self.text) if chips.found(self.document()) else "")

    def chip_at(self, point: QPoint) -> Mention | None:
        """The chip under a point of the viewport."""
        across, down = self.horizontalScrollBar().value(), self.verticalScrollBar().value()
        return chips.mention_of(self.document().documentLayout().formatAt((point + QPoint(across, down)).toPointF()))

    def createMimeDataFromSelection(self) -> QMimeData:
        """Plain text as it would be sent, so that no font of ours travels along; our marks for ourselves."""
        marked = chips.read(self.textCursor())
        mime = QMimeData()
        mime.setData(MIME, marked.encode(errors="replace"))
        words = [one if isinstance(one, str) else self.chips.word(one) for one in mentions.pieces(marked)]
        mime.setText("".join(words))
        return mime

    def viewportEvent(self, event: QEvent) -> bool:
        """The tool tip of a chip says what goes over the wire."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            mention = self.chip_at(event.pos())
            QToolTip.showText(event.globalPos(), "" if mention is None else self.chips.told(mention), self)
            return True
        return super().viewportEvent(event)

    def _forget(self) -> None:
        self._text = None
