"""The middle of the window: the stage, or what stands in its place."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from seedance_desktop.domain.preferences import Preferences
from seedance_desktop.ui import accessible
from seedance_desktop.ui.controls import Button, Panel, Text
from seedance_desktop.ui.first_run import FirstRun
from seedance_desktop.ui.glyph import Glyph
from seedance_desktop.ui.wishes import Wishes
from seedance_desktop.words import tr


class Blocked(Panel):
    """Why the library does not open, and what can be done."""

    def __init__(self, wishes: Wishes, sentence: str, library: Path, *, rebuild: bool = False) -> None:
        super().__init__("panel")
        self._wishes = wishes
        text = Text(sentence, "body", "text-2", wrap=True)
        text.setFixedWidth(460)
        again, other = Button(tr("Try again"), "retry"), Button(tr("Choose another folder"), "folder")
        again.clicked.connect(lambda: wishes.choose_library.emit(str(library)))
        other.clicked.connect(lambda: wishes.open_settings.emit("library"))
        self._buttons = [again, other]
        if rebuild:
            self._buttons.insert(0, self._rebuild_button())
        self._progress = Text("", "body-strong", "text", tabular=True)
        self._progress.hide()
        buttons = QHBoxLayout()
        for button in self._buttons:
            buttons.addWidget(button)
        buttons.addStretch()
        inside = QVBoxLayout()
        inside.setSpacing(12)
        inside.addWidget(Glyph("drive", "danger", 20))
        inside.addWidget(Text(tr("The library does not open"), "display", "text"))
        inside.addWidget(text)
        inside.addLayout(buttons)
        if rebuild:
            reads = tr("Rebuilding reads the newest backup, the records and the recipes; it deletes nothing.")
            inside.addWidget(Text(reads, "label", "text-3", wrap=True))
        inside.addWidget(self._progress)
        layout = QVBoxLayout(self)
        layout.addStretch(2)
        middle = QHBoxLayout()
        middle.addStretch()
        middle.addLayout(inside)
        middle.addStretch()
        layout.addLayout(middle)
        layout.addStretch(3)

    def show_rebuilding(self, done: int, total: int) -> None:
        """How far it is; nothing else can be chosen meanwhile."""
        for button in self._buttons:
            button.setEnabled(False)
        if total:
            said = tr("Rebuilding the library: {done} of {all} files").format(done=done, all=total)
        else:
            said = tr("Rebuilding the library…")
        if not self._progress.isVisibleTo(self):
            self._progress.show()
            accessible.say(self, said)
        self._progress.setText(said)

    def _rebuild_button(self) -> Button:
        made = Button(tr("Rebuild the library"), "retry", "primary")
        made.clicked.connect(self._rebuild)
        return made

    def _rebuild(self) -> None:
        self.show_rebuilding(0, 0)  # a second click finds no button
        self._wishes.rebuild.emit()


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

    def show_rebuilding(self, done: int, total: int) -> None:
        """How far the rebuild of the library is that does not open."""
        if self._blocked is not None:
            self._blocked.show_rebuilding(done, total)

    def show_blocked(self, sentence: str, library: Path, *, rebuild: bool = False) -> None:
        """The library does not open: say so until it does; an empty sentence takes it away."""
        if self._blocked is not None:
            self.removeWidget(self._blocked)
            self._blocked.deleteLater()
            self._blocked = None
        if sentence:
            self._blocked = Blocked(self._wishes, sentence, library, rebuild=rebuild)
            self.addWidget(self._blocked)
            self.setCurrentWidget(self._blocked)
        else:
            self.setCurrentWidget(self._stage)
