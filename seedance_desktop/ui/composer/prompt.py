"""The prompt in its frame: the text with its chips, and at its foot what is to be said about it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QPaintEvent, QResizeEvent, QTextCursor
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from seedance_desktop.domain import mentions, suffixes
from seedance_desktop.domain.catalogue import ADVISED_CHINESE_CHARACTERS, ADVISED_ENGLISH_WORDS
from seedance_desktop.domain.counting import Count, count
from seedance_desktop.domain.mentions import Mention
from seedance_desktop.domain.recipe import Reference
from seedance_desktop.ui import chips, theme
from seedance_desktop.ui.controls import ElidedLabel, Text, paint
from seedance_desktop.words import ntr, tr

from . import highlights
from .mentioning import Mentioning
from .prompt_edit import PromptEdit
from .reference_list import Entry

if TYPE_CHECKING:
    from seedance_desktop.domain.kept_images import KeptImage

_NAME_LETTERS = 16
_LOOK_AFTER = 60  # milliseconds without a key: a long prompt isn't counted at every letter


class PromptBox(QWidget):
    """`changed` tells that the text is another, `looked` a moment later which `domain.suffixes` it has."""

    changed = Signal()
    looked = Signal(list)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.editor = PromptEdit(self)
        self.mentioning = Mentioning(self.editor)
        self._counted = Count(0, 0, 0)
        self._advice = ElidedLabel("", "caption", "text-3", parent=self)
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
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_LOOK_AFTER)
        self._timer.timeout.connect(self._look)
        self.editor.textChanged.connect(self._changed)
        self.editor.focus_changed.connect(self.update)
        theme.signals.changed.connect(self._look)
        self._look()

    @property
    def text(self) -> str:
        """The prompt as it stands, with marks for its chips (`domain.mentions`)."""
        return self.editor.text

    def set_text(self, text: str) -> None:
        """Show `text`, chips for its marks, without a `changed`."""
        self.mentioning.close()
        self.editor.blockSignals(True)
        self.editor.set_text(text)
        self.editor.blockSignals(False)
        self._look()

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

    def set_entries(self, entries: list[Entry]) -> None:
        """The strip's images with their pictures: what chips are numbered by."""
        self.mentioning.set_entries(entries)
        self.editor.chips.set_images([(one.key, one.name) for one, _ in entries])
        self._look()

    def set_kept(self, kept: list[KeptImage], library: Path) -> None:
        """The library's images, which can be named as well."""
        self.mentioning.set_kept(kept, library)

    def awaits(self, references: tuple[Reference, ...]) -> bool:
        """Whether one of these was named before it came."""
        return any(one.key in self.editor.chips.awaited for one in references)

    def give_up_waiting(self) -> None:
        """Images that were named and asked for do not come."""
        self.editor.chips.give_up_waiting()
        self._look()

    def insert_mention(self, reference: Reference) -> None:
        """A chip for an image at the cursor, in place of what is selected."""
        self.editor.insert(str(Mention(reference.key, reference.name)))
        self.editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def insert_mention_at(self, place: QPoint, reference: Reference) -> bool:
        """A chip where a thumbnail was let go (a point of the screen); False if that isn't over the prompt."""
        if not self.rect().contains(self.mapFromGlobal(place)):
            return False
        cursor = self.editor.cursorForPosition(self.editor.viewport().mapFromGlobal(place))
        self.editor.insert(str(Mention(reference.key, reference.name)), cursor)
        self.editor.setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    def event(self, event: QEvent) -> bool:
        """A click on the frame or the foot goes into the text."""
        if event.type() == QEvent.Type.MouseButtonPress:
            self.editor.setFocus()
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The foot is another one where there is less room."""
        super().resizeEvent(event)
        self._fit()

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

    def _look(self) -> None:
        """Count it as it will be sent, say what is to be said, light up what has a meaning."""
        self._timer.stop()
        prompt = self.text
        self._counted = counted = count(mentions.shown(prompt, self.editor.chips.keys))
        self._counts.set_color("warning" if advice(counted) else "text-3")
        sentence, ink = self._sentence(counted)
        self._advice.setText(sentence)
        self._advice.set_color(ink)
        self._fit()
        self.editor.describe()
        plain = self.editor.toPlainText()
        self.editor.setExtraSelections(highlights.selections(self.editor.document(), plain))
        self.looked.emit(suffixes.find(plain))

    def _fit(self) -> None:
        """Where there is no room for all, what is to be said goes before the lesser count."""
        self._counts.setText(counts(self._counted))
        if self._advice.sizeHint().width() + self._counts.sizeHint().width() > self.width() - 34:
            self._counts.setText(short(self._counted))

    def _sentence(self, counted: Count) -> tuple[str, str]:
        """The one thing to say at the foot, and in which colour."""
        drawn = self.editor.chips
        named = [mention for _, mention in chips.found(self.editor.document())]
        for gone in filter(drawn.is_missing, named):
            return tr("{name} has no image").format(name=_brief(drawn.name(gone))), "danger"
        if advised := advice(counted):
            return advised, "warning"
        for one in filter(drawn.number, named):
            return tr("{name} goes out as {word}").format(name=_brief(drawn.name(one)), word=drawn.word(one)), "text-3"
        return (tr("@ names an image") if drawn.images else ""), "text-3"


def _brief(name: str) -> str:
    """A name that leaves room for what is said of it."""
    return name if len(name) <= _NAME_LETTERS else name[: _NAME_LETTERS - 1].rstrip() + "…"


def counts(counted: Count) -> str:
    """`132 characters · 24 words`; words only where a script has them."""
    shown = ntr("{n} character", "{n} characters", counted.characters)
    if counted.words:
        shown += " · " + ntr("{n} word", "{n} words", counted.words)
    return shown


def short(counted: Count) -> str:
    """The one count that the advice is about: words, or characters where it is written in Chinese or not in words."""
    if counted.words > counted.han:
        return ntr("{n} word", "{n} words", counted.words)
    return counts(replace(counted, words=0))


def advice(counted: Count) -> str:
    """What to say about a prompt longer than the model is known to follow; empty for none. Nothing is cut."""
    if counted.han > ADVISED_CHINESE_CHARACTERS:
        return tr("Best below {n} Chinese characters").format(n=ADVISED_CHINESE_CHARACTERS)
    if counted.words > ADVISED_ENGLISH_WORDS:
        return tr("Best below {n} words").format(n=ADVISED_ENGLISH_WORDS)
    return ""
