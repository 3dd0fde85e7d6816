"""Presets in menus: apply one by its name, keep the present settings as one, take one away."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QDialog, QMenu, QWidget

from seedance_desktop.domain.memory import Preset
from seedance_desktop.domain.recipe import Draft
from seedance_desktop.ui import icons
from seedance_desktop.ui.namedialog import NameDialog
from seedance_desktop.ui.wishes import Wishes
from seedance_desktop.words import ntr, tr


class Presets:
    """Those there are, and what can be wished about them; `draft` gives what the composer holds."""

    def __init__(self, wishes: Wishes, over: QWidget, draft: Callable[[], Draft]) -> None:
        self._wishes, self._over, self._draft = wishes, over, draft
        self._presets: list[Preset] = []

    def set_presets(self, presets: Sequence[Preset]) -> None:
        """There are these now, by name."""
        self._presets = list(presets)

    def fill(self, menu: QMenu) -> None:
        """Add to a menu what can be done now."""
        for preset in self._presets:
            action = menu.addAction(_plain(preset.name) + "\t" + settings(preset))
            action.triggered.connect(lambda _checked, name=preset.name: self._wishes.apply_preset.emit(name))
        if self._presets:
            menu.addSeparator()
        menu.addAction(icons.icon("plus"), tr("Save settings as preset…")).triggered.connect(self.save)
        if self._presets:
            remove = menu.addMenu(icons.icon("trash"), tr("Remove preset"))
            for preset in self._presets:
                action = remove.addAction(_plain(preset.name))
                action.triggered.connect(lambda _checked, name=preset.name: self._wishes.remove_preset.emit(name))

    def save(self) -> QDialog:
        """Ask for a name, and keep the settings under it."""
        draft = self._draft()
        images = len(draft.recipe.references)
        dialog = NameDialog(
            self._over,
            tr("Save settings as preset"),
            "",
            lambda name, with_images: self._wishes.keep_preset.emit(Preset.of(name, draft, images=with_images)),
            agree=tr("Save"),
            tick=ntr("With the {n} image", "With the {n} images", images) if images else "",
            taken=[one.name for one in self._presets],
        )
        dialog.open()
        return dialog


def settings(preset: Preset) -> str:
    """`16:9 · 5 s · 1080p · 2 takes · 3 images`."""
    recipe = preset.recipe
    parts = [recipe.ratio, tr("{n} s").format(n=recipe.duration), recipe.resolution]
    if preset.takes > 1:
        parts.append(ntr("{n} take", "{n} takes", preset.takes))
    if preset.images:
        parts.append(ntr("{n} image", "{n} images", len(recipe.references)))
    return " · ".join(parts)


def _plain(name: str) -> str:
    """A name as a menu's text: an ampersand is one, and no key."""
    return name.replace("&", "&&").replace("\t", " ")
