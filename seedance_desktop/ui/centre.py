"""The middle of the window: the stage, or what stands in its place."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from seedance_desktop.domain.preferences import Preferences
from seedance_desktop.ui.controls import Button, Panel, Text
from seedance_desktop.ui.first_run import FirstRun
from seedance_desktop.ui.glyph import Glyph
from seedance_desktop.ui.wishes import Wishes
from seedance_desktop.words import tr


class Blocked(Panel):
    """Why the library does not open, and what can be done."""

    def __init__(self, wishes: Wishes, sentence: str, library: Path) -> None:
        super().__init__("panel")
        text = Text(sentence, "body", "text-2", wrap=True)
        text.setFixedWidth(460)
        again, other = Button(tr("Try again"), "retry"), Button(tr("Choose another folder"), "folder")
        again.clicked.connect(lambda: wishes.choose_library.emit(str(library)))
        other.clicked.connect(lambda: wishes.open_settings.emit("library"))
        buttons = QHBoxLayout()
        buttons.addWidget(again)
        buttons.addWidget(other)
        buttons.addStretch()
        inside = QVBoxLayout()
        inside.setSpacing(12)
        inside.addWidget(Glyph("drive", "danger", 20))
        inside.addWidget(Text(tr("The library does not open"), "display", "text"))
        inside.addWidget(text)
        inside.addLayout(buttons)
        layout = QVBoxLayout(self)
        layout.addStretch(2)
        middle = QHBoxLayout()
        middle.addStretch()
        middle.addLayout(inside)
        middle.addStretch()
        layout.addLayout(middle)
        layout.addStretch(3)


class Centre(QStackedWidget):
    """Shows `stage`, unless there is nothing to show on it yet."""

    def __init__(self, wishes: Wishes, preferences: Preferences, stage: QWidget) -> None:
        super().__init__()
        self._wishes, self._preferences = wishes, preferences
        self._stage = stage
        self.first_run: FirstRun | None = None
        self._blocked: Blocked | None = None
        self.addWidget(stage)

    def set_preferences(self, preferences: Preferences) -> None:
        """The first run shows them too."""
        self._preferences = preferences
        if self.first_run is not None:
            self.first_run.set_preferences(preferences)

    def show_first_run(self, on: bool) -> None:
        """The first run in the stage's place, or the stage."""
        if on and self.first_run is None:
            self.first_run = FirstRun(self._wishes, self._preferences)
            self.addWidget(self.first_run)
        if self._blocked is None:
            self.setCurrentWidget(self.first_run if on and self.first_run is not None else self._stage)

    def show_blocked(self, sentence: str, library: Path) -> None:
        """The library does not open: say so until it does; an empty sentence takes it away."""
        if self._blocked is not None:
            self.removeWidget(self._blocked)
            self._blocked.deleteLater()
            self._blocked = None
        if sentence:
            self._blocked = Blocked(self._wishes, sentence, library)
            self.addWidget(self._blocked)
            self.setCurrentWidget(self._blocked)
        else:
            self.setCurrentWidget(self._stage)
