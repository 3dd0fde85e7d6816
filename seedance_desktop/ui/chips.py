"""Images named in a text: drawn as chips with number and name, one character each, in any QTextDocument."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from PySide6.QtCore import QRect, QRectF, QSizeF, Qt
from PySide6.QtGui import (
    QFontMetricsF,
    QPainter,
    QPyTextObject,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
)

from seedance_desktop.domain import mentions
from seedance_desktop.domain.counting import is_chinese
from seedance_desktop.domain.mentions import Mention
from seedance_desktop.ui import theme
from seedance_desktop.ui.controls import paint
from seedance_desktop.words import tr

OBJECT = "\ufffc"
"""The character that stands for a chip in a document."""
_KIND = int(QTextFormat.ObjectTypes.UserObject.value) + 1
_KEY = int(QTextFormat.Property.UserProperty.value) + 1
_NAME = _KEY + 1
HIGH = 18
_SIDE, _BOX, _GAP, _END = 2, 14, 5, 6  # pixels: before the number's box, the box, behind it, behind the name
_MARGIN = 1
_WIDEST = 190
_MARKS = str.maketrans(dict.fromkeys(str(Mention("", "")) + OBJECT) | {"\u2029": "\n", "\u2028": "\n"})


class Chips(QPyTextObject):
    """Draws the chips of one document. `images` are key and name of each image, in order; `awaited` keys on their way.

    A chip of neither is marked as missing.
    """

    def __init__(self, document: QTextDocument) -> None:
        super().__init__(document)
        self._document = document
        self.images: tuple[tuple[str, str], ...] = ()
        self.awaited: set[str] = set()
        self._chinese: bool | None = None  # not known for the text there is now
        document.contentsChange.connect(self._forget)
        document.documentLayout().registerHandler(_KIND, self)

    @property
    def keys(self) -> list[str]:
        """The keys of the images, in order."""
        return [key for key, _ in self.images]

    def set_images(self, images: Sequence[tuple[str, str]]) -> None:
        """Number and name the chips by these from now on."""
        if tuple(images) != self.images:
            self.images = tuple(images)
            self.awaited -= set(self.keys)
            self._document.markContentsDirty(0, self._document.characterCount())

    def give_up_waiting(self) -> None:
        """What was awaited does not come: its chips are missing."""
        if self.awaited:
            self.awaited.clear()
            self._document.markContentsDirty(0, self._document.characterCount())

    def number(self, mention: Mention) -> int:
        """Which image it is, from 1; 0 for none of them."""
        return self.keys.index(mention.key) + 1 if mention.key in self.keys else 0

    def name(self, mention: Mention) -> str:
        """What its image is called now, or was."""
        return dict(self.images).get(mention.key, mention.name)

    def is_missing(self, mention: Mention) -> bool:
        """Whether its image is neither here nor on its way."""
        return not self.number(mention) and mention.key not in self.awaited

    def word(self, mention: Mention) -> str:
        """What goes over the wire for it; its name where there is no image."""
        number = self.number(mention)
        return mentions.word(number, chinese=self._is_chinese()) if number else self.name(mention)

    def spoken(self, mention: Mention) -> str:
        """Number and name, as a screen reader says a chip."""
        word, name = self.word(mention), self.name(mention)
        if self.is_missing(mention):
            return tr("{name} is not among the references").format(name=name)
        return name if word == name else f"{word} {name}"

    def reading(self, prompt: str) -> str:
        """A whole prompt as it is read aloud, number and name in the place of each chip."""
        said = (one if isinstance(one, str) else f" {self.spoken(one)} " for one in mentions.pieces(prompt))
        return " ".join("".join(said).split())

    def told(self, mention: Mention) -> str:
        """What a chip's tool tip says: the word that goes over the wire, or that there is no image."""
        return self.spoken(mention) if self.is_missing(mention) else self.word(mention)

    def intrinsicSize(self, document: QTextDocument, _position: int, format_: QTextFormat) -> QSizeF:
        """Qt's hook: as wide as number and name, no wider than a line."""
        mention = mention_of(format_)
        name = self.name(mention) if mention is not None else ""
        wide = _SIDE + _BOX + _GAP + _advance(name) + _END + 2 * _MARGIN
        room = document.textWidth() if document.textWidth() > 0 else _WIDEST
        return QSizeF(min(wide + 1, _WIDEST, room), HIGH)

    def drawObject(
        self, painter: QPainter, rect: QRectF | QRect, _document: QTextDocument, _position: int, format_: QTextFormat
    ) -> None:
        """Qt's hook: the tinted box, the number in its own, the name."""
        mention = mention_of(format_)
        if mention is None:
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._draw(painter, QRectF(rect).adjusted(_MARGIN, 0, -_MARGIN, 0), mention)
        selected = format_.toCharFormat().background()
        if selected.style() != Qt.BrushStyle.NoBrush:  # the selection lies over a chip as it lies behind letters
            veil = selected.color()
            veil.setAlpha(110)
            painter.fillRect(rect, veil)
        painter.restore()

    def _is_chinese(self) -> bool:
        if self._chinese is None:
            self._chinese = is_chinese(self._document.toPlainText())
        return self._chinese

    def _forget(self) -> None:
        self._chinese = None

    def _draw(self, painter: QPainter, area: QRectF, mention: Mention) -> None:
        missing = self.is_missing(mention)
        ink, fill = ("danger", "danger-tint") if missing else ("accent-text", "accent-tint")
        border = theme.color("danger") if missing else None
        corner = paint.radius("chip")
        paint.box(painter, area, fill=theme.color(fill), border=border, corner=corner, dashed=missing)
        box = QRectF(area.left() + _SIDE, area.top() + (area.height() - _BOX) / 2, _BOX, _BOX)
        paint.box(painter, box, fill=theme.color(ink), corner=paint.radius("badge"))
        painter.setFont(theme.font("caption", tabular=True))
        painter.setPen(theme.color("field"))
        number = self.number(mention)
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, str(number) if number else "?" if missing else "…")
        painter.setFont(theme.font("label"))
        painter.setPen(theme.color(ink))
        room = QRectF(box.right() + _GAP, area.top(), area.right() - box.right() - _GAP - 2, area.height())
        name = paint.elided(self.name(mention), QFontMetricsF(painter.font()), room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, name)


@lru_cache(200)
def _advance(name: str) -> float:
    """How wide a name is; Qt asks for all chips of a paragraph at every letter."""
    return QFontMetricsF(theme.font("label")).horizontalAdvance(name)


def mention_of(format_: QTextFormat) -> Mention | None:
    """What the chip of this format names; None for a format of text."""
    if not format_.hasProperty(_KEY):
        return None
    return Mention(str(format_.property(_KEY)), str(format_.property(_NAME)))


def write(cursor: QTextCursor, prompt: str) -> None:
    """Put a prompt with marks in at the cursor, chips for its marks, in one step."""
    cursor.beginEditBlock()
    for piece in mentions.pieces(prompt):
        if isinstance(piece, Mention):
            cursor.insertText(OBJECT, _format(piece))
        else:
            cursor.insertText(piece.replace(OBJECT, ""), QTextCharFormat())
    cursor.endEditBlock()


def show(document: QTextDocument, prompt: str, line: float, kind: QTextBlockFormat.LineHeightTypes) -> None:
    """Let a document hold this prompt and nothing else, its lines `line` pixels high by the rule `kind`."""
    cursor = QTextCursor(document)
    cursor.beginEditBlock()
    cursor.select(QTextCursor.SelectionType.Document)
    cursor.removeSelectedText()
    spaced = QTextBlockFormat()
    spaced.setLineHeight(line, kind.value)
    cursor.setBlockFormat(spaced)
    cursor.setBlockCharFormat(QTextCharFormat())
    write(cursor, prompt)
    cursor.endEditBlock()


def read(selection: QTextCursor) -> str:
    """What is selected, with marks for its chips."""
    texts = selection.selectedText().split(OBJECT)
    read_ = texts[0].translate(_MARKS)
    for (_, mention), text in zip(_found(selection), texts[1:], strict=True):
        read_ += (str(mention) if mention else "") + text.translate(_MARKS)
    return read_


def plain(text: str) -> str:
    """A text from elsewhere without the characters that marks and chips are made of."""
    return text.translate(_MARKS)


def whole(document: QTextDocument) -> QTextCursor:
    """Everything in a document, selected."""
    cursor = QTextCursor(document)
    cursor.select(QTextCursor.SelectionType.Document)
    return cursor


def found(document: QTextDocument) -> list[tuple[int, Mention]]:
    """Every chip with its position, in order."""
    return [(at, mention) for at, mention in _found(whole(document)) if mention]


def units(text: str) -> int:
    """How long a text is to Qt, which counts in UTF-16."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def _found(selection: QTextCursor) -> Iterator[tuple[int, Mention | None]]:
    """Every sign of a chip in a selection: its position, and None where it is a stray one."""
    at = selection.selectionStart()
    cursor = QTextCursor(selection.document())
    for text in selection.selectedText().split(OBJECT)[:-1]:
        at += units(text)
        cursor.setPosition(at + 1)
        yield at, mention_of(cursor.charFormat())
        at += 1


def _format(mention: Mention) -> QTextCharFormat:
    made = QTextCharFormat()
    made.setObjectType(_KIND)
    made.setProperty(_KEY, mention.key)
    made.setProperty(_NAME, mention.name)
    made.setVerticalAlignment(QTextCharFormat.VerticalAlignment.AlignBaseline)
    return made
