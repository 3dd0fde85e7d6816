"""Naming an image while typing: `@`, a few letters of its name, Enter."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QRect, Qt, Signal
from PySide6.QtGui import QInputMethodEvent, QKeyEvent, QTextCursor

from seedance_desktop.domain.catalogue import MOST_REFERENCES
from seedance_desktop.domain.mentions import Mention
from seedance_desktop.ui.chips import OBJECT
from seedance_desktop.words import tr

from .mention_popup import Choice, MentionPopup
from .prompt_edit import PromptEdit
from .reference_list import Entry

if TYPE_CHECKING:
    from seedance_desktop.domain.kept_images import KeptImage

_SIGNS = "@＠"
_LONGEST, _MOST = 40, 60


class Mentioning(QObject):
    """Listens to an editor and shows the list. `wanted(hashes)`: images of the library are named; `adding`: add one.

    The list goes when the cursor leaves what was typed behind the sign, and when nothing is called so.
    """

    wanted = Signal(list)
    adding = Signal()

    def __init__(self, editor: PromptEdit) -> None:
        super().__init__(editor)
        self._editor = editor
        self._popup: MentionPopup | None = None
        self._entries: list[Entry] = []
        self._kept: list[KeptImage] = []
        self._library = Path()
        self._sign: QTextCursor | None = None  # before the sign that opened the list
        self._typed_sign = False
        self._shown: str | None = None  # the letters that the list was made for
        editor.installEventFilter(self)
        editor.textChanged.connect(self._follow)
        editor.cursorPositionChanged.connect(self._follow)
        editor.named.connect(self._fetch)

    @property
    def popup(self) -> MentionPopup | None:
        """The list while it is on screen."""
        return self._popup if self._popup is not None and self._popup.isVisible() else None

    def set_entries(self, entries: list[Entry]) -> None:
        """The strip's images with their pictures."""
        self._entries = entries

    def set_kept(self, kept: list[KeptImage], library: Path) -> None:
        """The library's images and its folder."""
        self._kept, self._library = kept, library

    def close(self) -> None:
        """Take the list away."""
        self._sign = None
        if self._popup is not None:
            self._popup.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt's hook: the keys of the list while it is there, and the sign that opens it."""
        kind = event.type()
        if isinstance(event, QInputMethodEvent):
            self._typed_sign = event.commitString()[-1:] in tuple(_SIGNS)
        elif kind == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and self._is_ours(event):
            event.accept()
            return True
        elif kind == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            self._typed_sign = event.text() in tuple(_SIGNS)
            return self._key(event)
        elif kind == QEvent.Type.FocusOut:
            self.close()
        return super().eventFilter(watched, event)

    def _is_ours(self, event: QKeyEvent) -> bool:
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        return self.popup is not None and not self._editor.composing and plain and event.key() in _KEYS

    def _key(self, event: QKeyEvent) -> bool:
        popup = self.popup
        if popup is None or not self._is_ours(event):
            return False
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        elif event.key() in _STEPS:
            popup.step(_STEPS[Qt.Key(event.key())])
        else:
            popup.choose()
        return True

    def _follow(self) -> None:
        """After every change of the text or the cursor."""
        if self._typed_sign and self._begins():
            self._typed_sign = False
        if self._sign is None:
            return
        letters = self._letters()
        if letters is not None and letters == self._shown:
            return
        self._shown = letters
        choices = [] if letters is None else self._choices(letters)
        if letters is None or len(letters) > _LONGEST:
            self.close()
        elif choices:
            self._show(choices)
        elif self._popup is not None:
            self._popup.hide()

    def _begins(self) -> bool:
        """Whether a sign stands before the cursor that is no part of an address."""
        cursor = self._editor.textCursor()
        at = cursor.position()
        document = self._editor.document()
        if at < 1 or document.characterAt(at - 1) not in _SIGNS:
            return False
        before = document.characterAt(at - 2) if at > 1 else ""
        if before.isascii() and before.isalnum():
            return False
        cursor.setPosition(at - 1)
        cursor.setKeepPositionOnInsert(True)
        self._sign, self._shown = cursor, None
        return True

    def _letters(self) -> str | None:
        """What is typed behind the sign; None where the cursor has left it."""
        assert self._sign is not None
        here = self._editor.textCursor()
        if here.hasSelection() or here.position() <= self._sign.position():
            return None
        between = QTextCursor(self._sign)
        between.setPosition(here.position(), QTextCursor.MoveMode.KeepAnchor)
        text = between.selectedText()
        broken = text[:1] not in tuple(_SIGNS) or "\u2029" in text or OBJECT in text
        return None if broken else text[1:]

    def _choices(self, letters: str) -> list[Choice]:
        words = letters.casefold().split()
        strip = [
            Choice(one.key, one.name, number, data)
            for number, (one, data) in enumerate(self._entries, 1)
            if _fits(words, one.name)
        ]
        have = {one.key for one, _ in self._entries}
        kept = [
            Choice(one.hash, one.name, file=self._library / one.poster)
            for one in (self._kept if len(have) < MOST_REFERENCES else [])
            if one.hash not in have and _fits(words, one.name, *one.tags)
        ]
        if not have and not self._kept and not words:
            return [Choice("", tr("Add reference image"))]
        return (strip + kept)[:_MOST]

    def _show(self, choices: list[Choice]) -> None:
        editor = self._editor
        if self._popup is None or self._popup.parentWidget() is not editor.window():
            self._popup = MentionPopup(editor.window())
            self._popup.chosen.connect(self._choose)
        assert self._sign is not None
        at = editor.cursorRect(self._sign)
        corner = editor.viewport().mapTo(editor.window(), at.topLeft())
        self._popup.show_choices(choices, QRect(corner, at.size()))

    def _choose(self, choice: Choice) -> None:
        if self._sign is None:
            return
        place = QTextCursor(self._sign)
        place.setKeepPositionOnInsert(False)
        place.setPosition(self._editor.textCursor().position(), QTextCursor.MoveMode.KeepAnchor)
        self.close()
        if not choice.key:
            self._editor.insert("", place)
            self.adding.emit()
            return
        self._editor.insert(str(Mention(choice.key, choice.name)), place)
        self._fetch([choice.key])

    def _fetch(self, keys: list[str]) -> None:
        """Images of the library that are named now come into the strip, as many as there is room for."""
        have = {one.key for one, _ in self._entries}
        kept = {one.hash for one in self._kept}
        new = [key for key in dict.fromkeys(keys) if key in kept - have][: MOST_REFERENCES - len(have)]
        if new:
            self._editor.chips.awaited.update(new)
            self._editor.viewport().update()
            self.wanted.emit(new)


def _fits(words: list[str], *texts: str) -> bool:
    inside = " ".join(texts).casefold()
    return all(word in inside for word in words)


_STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
_KEYS = {*_STEPS, Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab, Qt.Key.Key_Escape}
