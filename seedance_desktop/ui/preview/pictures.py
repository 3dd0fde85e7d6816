"""The two pictures of a previewed image: the original, as well as it can be had here, and the bytes that are sent."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from seedance_desktop.domain.cropping import WHOLE
from seedance_desktop.domain.recipe import Reference

from .reading import Reader, Source

if TYPE_CHECKING:
    from seedance_desktop.domain.kept_images import Prepared


class Pictures(QObject):
    """`changed` when one has come; `wanted` (a Reference) where Qt cannot read the original: HEIC, AVIF, a giant."""

    changed = Signal()
    wanted = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._library: Path | None = None
        self._reference: Reference | None = None
        self._given: tuple[str, bytes] = ("", b"")
        self._asked: set[str] = set()
        self._prepared: Prepared | None = None
        self.original, self.sent = QImage(), QImage()
        self.failed = False  # there is no original to show
        self._good = False
        self._originals, self._sendings = Reader(self), Reader(self)
        self._originals.done.connect(self._take_original)
        self._sendings.done.connect(self._take_sent)

    def set_library(self, library: Path) -> None:
        """Originals lie in its `references/`, small pictures in its `posters/`."""
        self._library = library

    def give(self, key: str, data: bytes) -> None:
        """An encoded picture of the whole image `key`, upright, that Qt can read: what `wanted` asks for."""
        self._given = (key, data)
        if self._reference is not None and self._reference.key == key:
            self._read_original()

    def show(self, reference: Reference | None) -> None:
        """Read the original of this image; None lets everything go."""
        self._reference, self._prepared = reference, None
        self.original, self.sent = QImage(), QImage()
        self.failed = self._good = False
        self._sendings.drop()
        self._originals.drop()
        if reference is not None:
            self._read_original()
        else:
            self._given = ("", b"")
            self._asked.clear()

    def set_prepared(self, prepared: Prepared | None) -> None:
        """What is sent for it now, None while that is being made."""
        if prepared is self._prepared:
            return
        self._prepared = prepared
        self.sent = QImage()
        self._sendings.drop()
        if prepared is not None and prepared.data:
            self._sendings.ask([prepared.data])
            if not self._good:
                self._read_original()

    def _read_original(self) -> None:
        reference = self._reference
        if reference is None:
            return
        shape = reference.width / reference.height if reference.width and reference.height else 0.0
        self._originals.ask([*self._good_sources(reference), *self._makeshift(reference)], shape)

    def _good_sources(self, reference: Reference) -> list[Source]:
        """The picture that was given for it, else its file."""
        if self._given[0] == reference.key and self._given[1]:
            return [self._given[1]]
        if self._library is not None and reference.file:
            return [self._library / "references" / reference.file]
        return []

    def _makeshift(self, reference: Reference) -> list[Source]:
        """What is sent, where that is the whole of it, else the small picture."""
        sources: list[Source] = []
        if self._prepared is not None and self._prepared.reference.part == WHOLE:
            sources.append(self._prepared.data)
        if self._library is not None and reference.hash:
            sources.append(self._library / "posters" / f"{reference.hash}.jpg")
        return sources

    def _take_original(self, picture: QImage, source: int) -> None:
        reference = self._reference
        if reference is None:
            return
        self._good = 0 <= source < len(self._good_sources(reference))
        self.original, self.failed = picture, picture.isNull()
        if not self._good and reference.key not in self._asked:
            self._asked.add(reference.key)
            self.wanted.emit(reference)
        self.changed.emit()

    def _take_sent(self, picture: QImage, _source: int) -> None:
        self.sent = picture
        self.changed.emit()
