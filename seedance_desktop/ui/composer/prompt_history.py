"""Every prompt ever sent, searched as it is typed: to put one into the editor, or to take its whole recipe."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QObject, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QPainter
from PySide6.QtWidgets import QHBoxLayout, QWidget

from seedance_desktop.ui import accessible, theme
from seedance_desktop.ui.controls import Button, Field, Text
from seedance_desktop.ui.when import ago
from seedance_desktop.words import ntr, tr

from . import textlines
from .popover import Popover
from .rows import Look, Rows

if TYPE_CHECKING:
    from seedance_desktop.domain.memory import PastPrompt

_WIDE, _HIGH = 460, 480
_LINE, _SMALL, _GAP = 18, 16, 3
_MOST_LINES = 3
_ASK_AFTER = 120  # milliseconds without a key, then the search is asked for
_STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 5, Qt.Key.Key_PageUp: -5}
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class _Look(Look):
    """The prompt on three lines with what was found in it, over when and how often."""

    def __init__(self) -> None:
        self.words = ""

    def name(self, value: Any, row: int) -> str:
        """The prompt, when, how many clips."""
        return ", ".join((value.prompt, _facts(value)))

    def height(self, value: Any, width: int) -> int:
        """As many lines as it has, at most three, and the facts."""
        text, _spans = self._shown(value)
        return textlines.high(text, "body", width, _MOST_LINES, _LINE) + _GAP + _SMALL

    def draw(self, painter: QPainter, box: QRect, value: Any, row: int) -> None:
        """Prompt, facts."""
        text, spans = self._shown(value)
        textlines.draw(painter, box, text, spans, scale="body", most=_MOST_LINES, line=_LINE, ink="text")
        painter.setFont(theme.font("caption", tabular=True))
        painter.setPen(theme.color("text-3"))
        below = QRect(box.left(), box.bottom() + 1 - _SMALL, box.width(), _SMALL)
        painter.drawText(below, Qt.AlignmentFlag.AlignVCenter, _facts(value))

    def _shown(self, value: PastPrompt) -> tuple[str, list[textlines.Span]]:
        return textlines.excerpt(value.prompt, textlines.found(value.prompt, self.words))


class PromptHistory(Popover):
    """`wanted` asks for the prompts with some words, which `set_prompts` answers; the rest says what was picked."""

    wanted = Signal(str)
    prompt_picked = Signal(str)
    recipe_picked = Signal(object)  # id of a clip

    def __init__(self, anchor: QWidget) -> None:
        super().__init__(anchor)
        self.setAccessibleName(tr("Prompt history"))
        self._look = _Look()
        self.search = Field(name=tr("Search prompts"), icon="search", placeholder=tr("Search every prompt ever sent"))
        self.search.make_clearable(tr("Clear search"))
        self.search.installEventFilter(self)
        self.rows = Rows(tr("Prompts"), self._look)
        self.rows.chosen.connect(self._chosen)
        self.rows.moved.connect(self._renew)
        self._empty = Text("", "body", "text-3", wrap=True)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._use = Button(tr("Use prompt"), size="small")
        self._use.setToolTip(tr("Enter"))
        self._use_all = Button(tr("Use whole recipe"), "recipe", "ghost", size="small")
        self._use_all.setToolTip(tr("Shift+Enter"))
        self._use.clicked.connect(self._use_prompt)
        self._use_all.clicked.connect(self._use_recipe)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self._use_all)
        foot.addWidget(self._use)
        for part in (self.search, self.rows, self._empty):
            self.body.addWidget(part, 0 if part is self.search else 1)
        self.body.addLayout(foot)
        self._timer = QTimer(self, singleShot=True, interval=_ASK_AFTER)
        self._timer.timeout.connect(self._ask)
        self.search.textChanged.connect(self._timer.start)
        self._empty.hide()
        self._renew()

    def show_prompts(self) -> None:
        """Open with everything, newest first, and ask for it."""
        self._timer.stop()
        self.search.blockSignals(True)
        self.search.clear()
        self.search.blockSignals(False)
        self.open(_WIDE, _HIGH, self.search)
        self._ask()

    def set_prompts(self, prompts: list[PastPrompt]) -> None:
        """The answer to what was asked last."""
        if self._timer.isActive():
            return  # a newer question is on its way
        self._look.words = self.search.text()
        self.rows.fill(prompts)
        searched = bool(self.search.text().strip())
        self._empty.setText(tr("No prompt has these words.") if searched else tr("Nothing was sent yet."))
        self._empty.setVisible(not prompts)
        self.rows.setVisible(bool(prompts))
        self._renew()
        accessible.say(self, ntr("{n} prompt", "{n} prompts", len(prompts)))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """From the search field, arrows and Enter go to the list, unless they belong to an input method."""
        if watched is self.search and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() in _STEPS:
                self.rows.step(_STEPS[Qt.Key(event.key())])
                return True
            if event.key() in _ENTER:
                self.rows.choose(other=bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))
                return True
        return super().eventFilter(watched, event)

    def hideEvent(self, event: QHideEvent) -> None:
        """Nothing is asked any more."""
        self._timer.stop()
        super().hideEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """What is typed on the list goes on with the search."""
        if event.text() and event.text().isprintable() and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.search.setFocus()
            self.search.insert(event.text())
            event.accept()
        else:
            super().keyPressEvent(event)

    def _ask(self) -> None:
        self.wanted.emit(self.search.text().strip())

    def _use_prompt(self) -> None:
        self.rows.choose()

    def _use_recipe(self) -> None:
        self.rows.choose(other=True)

    def _chosen(self, value: PastPrompt, whole: bool) -> None:
        self.close_back()
        if whole:
            self.recipe_picked.emit(value.clip)
        else:
            self.prompt_picked.emit(value.prompt)

    def _renew(self) -> None:
        for button in (self._use, self._use_all):
            button.setEnabled(self.rows.current is not None)


def _facts(value: PastPrompt) -> str:
    """`5 min ago · 4 clips`."""
    past = ago(value.made, int(time.time() * 1000))
    return " · ".join(part for part in (past, ntr("{n} clip", "{n} clips", value.clips)) if part)
