"""A camera that takes no pictures: it looks for clipped text in what it is shown, and in what lies over it."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from seedance_desktop.ui.window import MainWindow

from .bench import settle
from .camera import Camera
from .clipping import Finder, windows


class Inspector(Camera):
    """Tells `finder` of every window of that size, and of one that its words have made larger."""

    def __init__(self, finder: Finder, size: tuple[int, int]) -> None:
        """Nothing is seen yet."""
        self._finder, self._size, self.mark = finder, size, f" at {size[0]}"
        self.taken = 0

    def take(self, widget: QWidget, name: str) -> None:
        """Look at it."""
        settle()
        self.taken += 1
        for window in windows():
            self._finder.look(window, name + self.mark)
            if isinstance(window, MainWindow) and (window.width(), window.height()) != self._size:
                grown = f"{window.width()} × {window.height()}"
                self._finder.add("ui.window", f"made larger by its words in {name}", grown)
        if not widget.isVisible():
            self._finder.add(name, "not on screen", "")
