"""What can be done with one image of the strip, as a menu for mouse and keyboard."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMenu

from seedance_desktop.domain.cropping import nearest_ratio
from seedance_desktop.ui import icons
from seedance_desktop.words import tr

from .carried_row import CarriedRow


@dataclass(frozen=True, slots=True)
class Doing:
    """What a list of references does with an image beyond moving it."""

    rename: Callable[[int], None]
    toggle_link: Callable[[int], None]
    match: Callable[[str], None]  # take this ratio


def build(listed: CarriedRow, index: int, doing: Doing) -> QMenu:
    """A menu for the image at `index`; it goes when it is closed."""
    menu = QMenu(listed)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    menu.setToolTipsVisible(True)
    _add_looking(menu, listed, index, doing)
    menu.addSeparator()
    _add_naming(menu, listed, index, doing)
    menu.addSeparator()
    earlier = menu.addAction(tr("Move earlier") + "\tAlt+←", lambda: listed.move_to(index, index - 1))
    later = menu.addAction(tr("Move later") + "\tAlt+→", lambda: listed.move_to(index, index + 1))
    earlier.setEnabled(index > 0)
    later.setEnabled(index < len(listed.references) - 1)
    menu.addSeparator()
    menu.addAction(icons.icon("trash"), tr("Remove") + "\tDel", lambda: listed.remove(index))
    return menu


def _add_looking(menu: QMenu, listed: CarriedRow, index: int, doing: Doing) -> None:
    reference = listed.references[index]
    menu.addAction(icons.icon("pen"), tr("Name in prompt") + "\t@", lambda: listed.mentioned.emit(reference))
    menu.addAction(
        icons.icon("crop"), tr("Preview and crop…") + "\t" + tr("Space"), lambda: listed.previewed.emit(index)
    )
    match = menu.addAction(tr("Match image"))
    if reference.width and reference.height:
        wide, high = reference.width * reference.part[2], reference.height * reference.part[3]
        ratio = nearest_ratio(max(1, round(wide)), max(1, round(high)))
        match.setText(tr("Match image") + f"\t{ratio}")
        match.triggered.connect(lambda: doing.match(ratio))
    else:
        match.setEnabled(False)


def _add_naming(menu: QMenu, listed: CarriedRow, index: int, doing: Doing) -> None:
    reference = listed.references[index]
    menu.addAction(tr("Rename…") + "\tF2", lambda: doing.rename(index))
    if reference.url and reference.hash:
        text = tr("Send embedded") if reference.as_link else tr("Send as link")
        menu.addAction(icons.icon("link"), text, lambda: doing.toggle_link(index))
    if reference.url:
        menu.addAction(icons.icon("copy"), tr("Copy link"), lambda: QGuiApplication.clipboard().setText(reference.url))
