"""Keeps the large preview and the composer's strip in step, whichever of the two the creator works in."""

from __future__ import annotations

from PySide6.QtCore import QObject

from seedance_desktop.domain.recipe import Reference
from seedance_desktop.ui.centre import Centre
from seedance_desktop.ui.composer import Composer
from seedance_desktop.ui.wishes import Wishes


class Previewing(QObject):
    """Shows images of the strip in the stage's place, until they are gone or a clip is opened there."""

    def __init__(self, composer: Composer, centre: Centre, wishes: Wishes) -> None:
        super().__init__(centre)
        self._composer, self._centre = composer, centre
        composer.strip.previewed.connect(self.show)
        composer.followed.connect(self._follow)
        centre.image_wanted.connect(self.show)
        centre.image_cropped.connect(self._crop)
        centre.ratio_wanted.connect(composer.set_ratio)
        centre.preview_closed.connect(composer.strip.list.setFocus)
        wishes.open_clip.connect(self._opened_clip)

    def show(self, index: int) -> None:
        """The image at `index` of the strip; nothing where there is none."""
        references = self._composer.strip.references
        if 0 <= index < len(references):
            ratio = self._composer.choices.ratio.value
            self._centre.show_preview(references[index], index + 1, ratio, len(references))

    def _follow(self) -> None:
        """The strip or the ratio is another: the same image wherever it is now, or the stage if it is gone."""
        if not self._centre.previewing:
            return
        keys = [one.key for one in self._composer.strip.references]
        index, key = self._centre.preview.number - 1, self._centre.preview.key
        if not (index < len(keys) and keys[index] == key):
            index = keys.index(key) if key in keys else -1
        if index < 0:
            self._centre.hide_preview()
        else:
            self.show(index)

    def _crop(self, index: int, reference: Reference) -> None:
        references = self._composer.strip.references
        if index < len(references) and references[index].key == reference.key:
            self._composer.strip.replace(index, reference)

    def _opened_clip(self, clip: object) -> None:
        if clip is not None:
            self._centre.hide_preview()
