"""About: which version this is, and the licences of the program and of everything in it."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QGuiApplication, QIcon
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from seedance_desktop import __version__
from seedance_desktop.domain import resources
from seedance_desktop.ui import accessible
from seedance_desktop.ui.controls import Button, Separator, Text
from seedance_desktop.ui.wishes import Wishes
from seedance_desktop.words import tr

from .details import NAME, built_for, details, versions
from .licences import Licences

_SIZE = (860, 640)
_SMALLEST = (640, 480)
_ICON = 64


class About(QDialog):
    """Stands beside the window until it is closed; `licences` is filled by `app`."""

    def __init__(self, wishes: Wishes, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("About {name}").format(name=NAME))
        self.setMinimumSize(*_SMALLEST)
        room = parent.window().size() - QSize(48, 48)
        self.resize(QSize(*_SIZE).boundedTo(room).expandedTo(QSize(*_SMALLEST)))
        self.licences = Licences(wishes)
        self.copy = Button(tr("Copy details"), "copy")
        self.copy.setToolTip(tr("For a report of a fault: versions and system, nothing about you"))
        self.copy.clicked.connect(self._copy)
        close = Button(tr("Close"), kind="primary")
        close.clicked.connect(self.close)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(self._head())
        layout.addWidget(Separator())
        layout.addWidget(self.licences, 1)
        layout.addWidget(Separator())
        layout.addLayout(_foot(self.copy, close))
        self.licences.search.setFocus()

    def _head(self) -> QHBoxLayout:
        """Icon, name, version, and the licence in three sentences."""
        words = QVBoxLayout()
        words.setSpacing(3)
        words.addWidget(Text(NAME, "title", "text"))
        words.addWidget(Text(tr("Version {version}").format(version=__version__), "body-strong", "text"))
        words.addWidget(_readable(Text(f"{built_for()} · {versions()}", "label", "text-2", wrap=True)))
        words.addSpacing(6)
        words.addWidget(_readable(Text(_notice(), "label", "text-2", wrap=True)))
        row = QHBoxLayout()
        row.setContentsMargins(24, 20, 24, 16)
        row.setSpacing(18)
        row.addWidget(_Picture(), 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)
        return row

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(details())
        self.copy.set_text(tr("Copied"))
        accessible.say(self, tr("Copied"))


class _Picture(Text):
    """The program's icon, sharp on every screen."""

    def __init__(self) -> None:
        super().__init__()
        icon = QIcon()
        for side in (_ICON, 2 * _ICON, 4 * _ICON):
            icon.addFile(str(resources.folder() / "application" / f"seedance-{side}.png"), QSize(side, side))
        self.setFixedSize(_ICON, _ICON)
        self.setPixmap(icon.pixmap(QSize(_ICON, _ICON), self.devicePixelRatio()))
        accessible.as_picture(self, tr("The icon of {name}").format(name=NAME))


def _notice() -> str:
    """The words that the licences ask for."""
    return " ".join(
        (
            tr("Free software under the GNU General Public License, version 3 or later, without any warranty."),
            tr("Qt, PySide and FFmpeg are used under the GNU Lesser General Public License, x265 under the GPL."),
            tr("You may exchange these libraries for your own builds of them."),
        )
    )


def _readable(text: Text) -> Text:
    """It may be selected with the mouse."""
    text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return text


def _foot(copy: Button, close: Button) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setContentsMargins(24, 12, 24, 12)
    row.setSpacing(8)
    row.addWidget(copy)
    row.addStretch()
    row.addWidget(close)
    return row
