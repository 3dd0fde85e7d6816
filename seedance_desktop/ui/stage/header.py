"""The stage's title: which shot, what it shows, which take; and the menu of what is rarely needed."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QMenu, QWidget

from seedance_desktop.domain import links
from seedance_desktop.domain.clip import Clip
from seedance_desktop.ui import icons
from seedance_desktop.ui.controls import Button, Chip, ElidedLabel
from seedance_desktop.words import tr

from . import facts
from .transport import NARROW_PAD, PAD

_HEIGHT = 40

_Entry = tuple[str, str, Callable[[], object]]


class Header(QWidget):
    """Shows a clip's title; says what was chosen in the menu."""

    use = Signal()
    copy_prompt = Signal()
    show_in_folder = Signal()
    family = Signal()
    reject_rest = Signal()
    compare_takes = Signal()
    trash = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedHeight(_HEIGHT)
        self._clip: Clip | None = None
        self.compare = Button(tr("Compare view"), "compare", "toggle")
        self.compare.clicked.connect(lambda: self.compare.setChecked(False))  # it is on where the comparison is
        self._review = False
        self._takes = 1  # on its stack, as far as is known
        self._related = False
        self._shot = Chip("", "outline")
        self._title = ElidedLabel("", "title", "text")
        self._take = Chip("", "plain")
        self._more = Button(tr("More about this clip"), "more", "icon")
        self._more.clicked.connect(self._open_menu)
        row = self._row = QHBoxLayout(self)
        row.setContentsMargins(PAD, 0, PAD, 0)
        row.setSpacing(8)
        for part in (self.compare, self._shot, self._title, self._take):
            row.addWidget(part, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addStretch(1)
        row.addWidget(self._more)
        self.show_clip(None)

    def show_clip(self, clip: Clip | None) -> None:
        """A clip's title, or nothing."""
        if clip is None or self._clip is None or clip.id != self._clip.id:
            self._takes = clip.takes if clip else 1
        self._clip = clip
        for chip, text in ((self._shot, clip.shot if clip else ""), (self._take, facts.takes(clip) if clip else "")):
            chip.setText(text)
            chip.setVisible(bool(text))
        self._title.setText(facts.title(clip) if clip else "")
        self._more.setVisible(clip is not None)
        self.set_review(self._review)

    def set_review(self, review: bool) -> None:
        """In Review the way to the comparison stands here."""
        self._review = review
        self.compare.setVisible(review and self._clip is not None)

    def set_takes(self, count: int) -> None:
        """So many takes lie on the clip's stack, whatever click they came from."""
        self._takes = count

    def set_family(self, there: bool) -> None:
        """Whether it came from other clips or led to some."""
        self._related = there

    def set_compact(self, compact: bool) -> None:
        """Less air at the sides."""
        pad = NARROW_PAD if compact else PAD
        self._row.setContentsMargins(pad, 0, pad, 0)

    def _open_menu(self) -> None:
        if self._clip is None:
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for entry in self._entries(self._clip):
            if entry is None:
                menu.addSeparator()
            else:
                icon, text, do = entry
                menu.addAction(icons.icon(icon), text).triggered.connect(lambda _checked=False, do=do: do())
        corner = self._more.rect().bottomRight()
        corner.setX(corner.x() - menu.sizeHint().width())
        menu.popup(self._more.mapToGlobal(corner))

    def _entries(self, clip: Clip) -> list[_Entry | None]:
        """What can be done with just this clip; what it has no use for isn't there. None is a line between."""
        entries: list[tuple[bool, _Entry | None]] = [
            (facts.usable(clip), ("recipe", tr("Use recipe"), self.use.emit)),
            (bool(clip.recipe.prompt), ("copy", tr("Copy prompt"), self.copy_prompt.emit)),
            (bool(clip.task), ("copy", tr("Copy task ID"), lambda: _copy(clip.task))),
            (True, ("link", tr("Copy link"), lambda: _copy(links.build(clip.id)))),
            (bool(clip.file or clip.outside), ("folder", tr("Show in folder"), self.show_in_folder.emit)),
            (True, None),
            (self._related, ("family", tr("Family"), self.family.emit)),
            (self._takes > 1, ("compare", tr("Compare takes"), self.compare_takes.emit)),
            (self._takes > 1, ("reject", tr("Reject the rest"), self.reject_rest.emit)),
            (self._related or self._takes > 1, None),
            (not clip.trashed, ("trash", tr("Move to trash"), self.trash.emit)),
        ]
        return [entry for wanted, entry in entries if wanted]


def _copy(text: str) -> None:
    QGuiApplication.clipboard().setText(text)
