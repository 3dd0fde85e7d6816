"""The middle of the window: the stage, or what stands in its place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from seedance_desktop.domain.preferences import Preferences
from seedance_desktop.domain.recipe import Reference
from seedance_desktop.ui import accessible
from seedance_desktop.ui.controls import Button, Panel, Text
from seedance_desktop.ui.glyph import Glyph
from seedance_desktop.ui.wishes import Wishes
from seedance_desktop.words import tr

if TYPE_CHECKING:
    from seedance_desktop.domain.kept_images import Prepared
    from seedance_desktop.ui.first_run import FirstRun
    from seedance_desktop.ui.preview import Preview


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
    """Shows `stage`, unless something stands in its place: the library that does not open, a preview, the first run.

    The signals are the preview's, which is made when it is first shown.
    """

    image_cropped = Signal(int, object)  # index in the strip, Reference with its new part
    ratio_wanted = Signal(str)
    image_wanted = Signal(int)  # index in the strip of the image to preview instead
    picture_wanted = Signal(object)  # Reference whose original Qt cannot read: answer with `set_picture`
    preview_closed = Signal()  # by the creator

    def __init__(self, wishes: Wishes, preferences: Preferences, stage: QWidget) -> None:
        super().__init__()
        self._wishes, self._preferences = wishes, preferences
        self._stage = stage
        self.first_run: FirstRun | None = None
        self._first = False
        self._blocked: Blocked | None = None
        self._preview: Preview | None = None
        self._previewing = False
        self._library: Path | None = None
        self._prepared: tuple[Prepared, ...] = ()
        self._refused: dict[str, str] = {}
        self.addWidget(stage)

    def set_preferences(self, preferences: Preferences) -> None:
        """The first run shows them too."""
        self._preferences = preferences
        if self.first_run is not None:
            self.first_run.set_preferences(preferences)

    def set_library(self, library: Path) -> None:
        """This library is open now."""
        self._library = library
        if self._preview is not None:
            self._preview.set_library(library)
        self.show_blocked("", library)

    def show_first_run(self, on: bool) -> None:
        """The first run in the stage's place, or the stage."""
        self._first = on
        if on and self.first_run is None:
            from seedance_desktop.ui.first_run import FirstRun

            self.first_run = FirstRun(self._wishes, self._preferences)
            self.addWidget(self.first_run)
        self._show()

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
        self._show()

    @property
    def previewing(self) -> bool:
        """Whether a preview hides the stage, so that the stage's keys would act unseen."""
        return self._previewing

    @property
    def preview(self) -> Preview:
        """The preview, made when it is first asked for."""
        if self._preview is None:
            self._preview = self._made_preview()
            self.addWidget(self._preview)
        return self._preview

    def show_preview(self, reference: Reference, number: int, ratio: str, of: int = 1) -> None:
        """Image `number` of `of` in the stage's place. Called again it follows what has changed about the image.

        Opening it takes the keyboard; following takes it from nobody.
        """
        opened = not self._previewing
        self._previewing = True
        self.preview.show_reference(reference, number, ratio, of)
        self._show()
        if opened:
            self.preview.canvas.setFocus()

    def hide_preview(self) -> None:
        """The stage again; what was begun in the preview is done."""
        if self._preview is not None and self._previewing:
            self._previewing = False
            self._preview.rest()
            self._show()

    def set_prepared(self, prepared: Sequence[Prepared], refused: Mapping[str, str] = MappingProxyType({})) -> None:
        """What will be sent for the images of the strip, and for others, by their key, why they cannot be sent.

        It is kept for a preview that is opened later.
        """
        self._prepared, self._refused = tuple(prepared), dict(refused)
        if self._preview is not None:
            self._preview.set_prepared(self._prepared, self._refused)

    def _show(self) -> None:
        """What matters most of all that wants to stand here."""
        first = self.first_run if self._first else None
        preview = self._preview if self._previewing else None
        self.setCurrentWidget(self._blocked or preview or first or self._stage)

    def _made_preview(self) -> Preview:
        from seedance_desktop.ui.preview import Preview

        made = Preview()
        if self._library is not None:
            made.set_library(self._library)
        made.set_prepared(self._prepared, self._refused)
        made.cropped.connect(lambda reference: self.image_cropped.emit(made.number - 1, reference))
        made.ratio_wanted.connect(self.ratio_wanted)
        made.moved.connect(self.image_wanted)
        made.picture_wanted.connect(self.picture_wanted)
        made.closed.connect(self._close_preview)
        return made

    def _close_preview(self) -> None:
        self.hide_preview()
        self.preview_closed.emit()
