"""Takes the picture on screen out of the program, into a file or onto the clipboard."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path, PurePath

from PySide6.QtCore import QObject, QStandardPaths, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFileDialog, QMenu, QWidget

from seedance_desktop.domain.clip import Clip
from seedance_desktop.ui import icons
from seedance_desktop.words import tr

TO_FILE, TO_CLIPBOARD = "Ctrl+Shift+G", "Ctrl+G"


class Grabbing(QObject):
    """`wanted` carries the clip's id, the number of the frame and the file, which is empty for the clipboard.

    `frame` says which one is on screen now (-1 for none). Its keys work where `over` is on screen.
    """

    wanted = Signal(object, int, str)

    def __init__(self, over: QWidget, frame: Callable[[], int]) -> None:
        super().__init__(over)
        self._over, self._frame = over, frame
        self._clip: Clip | None = None
        self._folder: Path | None = None
        self._dialog: QFileDialog | None = None
        self._keys = [
            QShortcut(QKeySequence(TO_FILE), over, self.to_file),
            QShortcut(QKeySequence(TO_CLIPBOARD), over, self.to_clipboard),
        ]

    def set_clip(self, clip: Clip | None) -> None:
        """The frames are those of this clip; None where there are none."""
        self._clip = clip

    def open_menu(self, button: QWidget) -> None:
        """Both ways, for the frame that was on screen when the button was pressed, whatever plays meanwhile."""
        frame = self._frame()
        menu = QMenu(button)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.addAction(icons.icon("image"), _told(tr("Save frame as…"), TO_FILE), lambda: self._ask_where(frame))
        menu.addAction(icons.icon("copy"), _told(tr("Copy frame"), TO_CLIPBOARD), lambda: self._copy(frame))
        menu.popup(button.mapToGlobal(button.rect().bottomLeft()))

    def to_clipboard(self) -> None:
        """Copy the frame that is on screen."""
        self._copy(self._frame())

    def to_file(self) -> None:
        """Save the frame that is on screen; where to is asked."""
        self._ask_where(self._frame())

    def _copy(self, frame: int) -> None:
        if self._clip is not None and frame >= 0:
            self.wanted.emit(self._clip.id, frame, "")

    def _ask_where(self, frame: int) -> None:
        if self._clip is None or frame < 0 or self._dialog is not None:
            return
        number = self._clip.id
        dialog = self._dialog = QFileDialog(self._over.window(), tr("Save frame {n}").format(n=frame))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilter(tr("PNG image (*.png)"))
        dialog.setDefaultSuffix("png")
        dialog.setDirectory(str(self._folder or _pictures()))
        dialog.selectFile(file_name(self._clip, frame))
        dialog.fileSelected.connect(lambda file: self._save(number, frame, file))
        dialog.finished.connect(self._closed)
        dialog.open()

    def _save(self, clip: int, frame: int, file: str) -> None:
        self._folder = Path(file).parent
        self.wanted.emit(clip, frame, file)

    def _closed(self) -> None:
        if self._dialog is not None:
            self._dialog.deleteLater()
            self._dialog = None


def file_name(clip: Clip, frame: int) -> str:
    """`2026-11-22 Lighthouse film 12B frame 61.png`."""
    stem = PurePath(clip.file or clip.outside).stem or clip.name
    return tr("{name} frame {n}").format(name=stem, n=frame) + ".png"


def _pictures() -> Path:
    return Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.PicturesLocation))


def _told(text: str, key: str) -> str:
    """An entry with its key; the key itself is a shortcut that works without the menu."""
    return text + "\t" + QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)
