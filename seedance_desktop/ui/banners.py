"""What stops the whole studio: one banner at a time, worst first, with its one action; it leaves with its cause."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from seedance_desktop.domain.trouble import Halt, Trouble, worst_first
from seedance_desktop.ui import accessible, theme
from seedance_desktop.ui.controls import Button, Chip, Panel, Text
from seedance_desktop.ui.glyph import Glyph
from seedance_desktop.ui.wishes import Wishes
from seedance_desktop.words import mark, ntr, say, tr

_HEAD = re.compile(r"^(.{4,80}?(?::\s|：|\.\s|。))(.*)$", re.DOTALL)


@dataclass(frozen=True, slots=True)
class _Look:
    icon: str
    tone: str  # warning, danger or neutral
    action: str
    wish: Callable[[Wishes], None]


_LOOKS = {
    Halt.FOLDER_GONE: _Look("drive", "danger", mark("Try now"), lambda wishes: wishes.try_now.emit()),
    Halt.DISK_FULL: _Look(
        "disk", "warning", mark("Open library folder"), lambda wishes: wishes.open_library_folder.emit()
    ),
    Halt.KEY_REFUSED: _Look(
        "key", "danger", mark("Paste a new key"), lambda wishes: wishes.open_settings.emit("account")
    ),
    Halt.NO_KEY: _Look("key", "neutral", mark("Add a key"), lambda wishes: wishes.open_settings.emit("account")),
    Halt.NO_BALANCE: _Look("account", "warning", mark("Try again"), lambda wishes: wishes.resume.emit()),
    Halt.BUDGET_REACHED: _Look(
        "budget", "warning", mark("Change budget"), lambda wishes: wishes.open_settings.emit("generating")
    ),
    Halt.OFFLINE: _Look("offline", "neutral", mark("Try now"), lambda wishes: wishes.try_now.emit()),
}
_DRIVE_GONE = _Look("drive", "danger", mark("Locate library"), lambda wishes: wishes.open_settings.emit("library"))
_TONES = {
    "warning": ("warning-tint", "warning", "warning"),
    "danger": ("danger-tint", "danger", "danger"),
    "neutral": ("raised", "control-border", "text-2"),
}


class Banners(QWidget):
    """Shows the worst of the troubles it is given; the others are counted."""

    def __init__(self, wishes: Wishes, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._wishes = wishes
        self._shown: Trouble | None = None
        self._panel = Panel("raised", border="control-border", radius="control")
        self._panel.setMinimumHeight(int(theme.tokens()["banner"]["height"]))
        self._sign = Glyph()
        self._head = Text("", "body-strong", "text")
        self._rest = Text("", "body", "text-2", wrap=True)
        self._more = Chip("", "outline")
        self.action = Button("")
        self.action.clicked.connect(self._act)
        row = QHBoxLayout(self._panel)
        row.setContentsMargins(14, 0, 8, 0)
        row.setSpacing(8)
        row.addWidget(self._sign)
        row.addSpacing(2)
        row.addWidget(self._head)
        row.addWidget(self._rest, 1)
        row.addWidget(self._more)
        row.addWidget(self.action)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 6, 8, 6)
        layout.addWidget(self._panel)
        self.hide()

    def show_troubles(self, troubles: tuple[Trouble, ...]) -> None:
        """Show the worst of `troubles`, or nothing where there are none."""
        ordered = worst_first(list(troubles))
        if not ordered:
            self._shown = None
            self.hide()
            return
        self._show(ordered[0])
        self._more.setText(f"+{len(ordered) - 1}")
        self._more.setVisible(len(ordered) > 1)
        others = [_sentence(trouble) for trouble in ordered[1:]]
        self._more.setToolTip("\n".join(others))
        self._more.setAccessibleName(ntr("and {n} more", "and {n} more", len(others)))
        self.show()

    def _show(self, trouble: Trouble) -> None:
        if trouble == self._shown:
            return
        news = self._shown is None or trouble.halt is not self._shown.halt
        self._shown = trouble
        look = _look(trouble)
        fill, border, ink = _TONES[look.tone]
        sentence = _sentence(trouble)
        head, rest = _split(sentence)
        self._panel.set_colors(fill, border)
        self._sign.show_icon(look.icon, ink)
        self._head.setText(head)
        self._rest.setText(rest)
        self.action.set_text(tr(look.action))
        if news:
            accessible.say(self, sentence)

    def _act(self) -> None:
        if self._shown is not None:
            _look(self._shown).wish(self._wishes)


def _look(trouble: Trouble) -> _Look:
    """A drive that is gone may have come back elsewhere; a folder that can't be written may be tried again."""
    gone = trouble.halt is Halt.FOLDER_GONE and trouble.reason.code == "disk-gone"
    return _DRIVE_GONE if gone else _LOOKS[trouble.halt]


def _sentence(trouble: Trouble) -> str:
    return say(trouble.reason.code, dict(trouble.reason.facts))


def _split(sentence: str) -> tuple[str, str]:
    """What happened, and the rest: the first is set in bold."""
    found = _HEAD.match(sentence)
    return (found.group(1).strip(), found.group(2).strip()) if found else (sentence, "")
