"""The order of what is planned: how far a clip can go in it, and the menu that lets it go."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtWidgets import QMenu, QWidget

from seedance_desktop.domain.clip import Clip, Stage
from seedance_desktop.ui import icons
from seedance_desktop.ui.wishes import Wishes
from seedance_desktop.words import charge, ntr, tr


@dataclass(frozen=True, slots=True)
class Steps:
    """By how many places a planned clip can go, for the wish `move`; 0 where it can't. `click` is how many of its
    click are planned, itself too; `row` is where it stands among the `rows` that wait, from 1."""

    up: int = 0
    down: int = 0
    front: int = 0
    click: int = 1
    row: int = 1
    rows: int = 1


def order(clip: Clip) -> tuple[int, int, int, int]:
    """The studio's own order of sending."""
    return (clip.place, clip.made, clip.click, clip.take)


def steps(clips: Iterable[Clip], clip: Clip, now: int) -> Steps:
    """For one clip among all; those that still count down stand elsewhere on screen, and are passed over."""
    planned = sorted((one for one in clips if one.stage is Stage.PLANNED), key=order)
    places = {one.id: place for place, one in enumerate(planned)}
    waiting = [one.id for one in planned if one.send_after <= now]
    if clip.id not in waiting:
        return Steps()
    row, here = waiting.index(clip.id), places[clip.id]
    return Steps(
        up=places[waiting[row - 1]] - here if row else 0,
        down=places[waiting[row + 1]] - here if row + 1 < len(waiting) else 0,
        front=places[waiting[0]] - here,
        click=sum(one.click == clip.click for one in planned),
        row=row + 1,
        rows=len(waiting),
    )


def menu(parent: QWidget, clip: Clip, can: Steps, wishes: Wishes) -> QMenu:
    """What can be done with a planned clip; not opened yet."""
    made = QMenu(parent)
    made.aboutToHide.connect(made.deleteLater)
    for text, by in (
        (tr("Move up") + "\t" + _keys("↑"), can.up),
        (tr("Move down") + "\t" + _keys("↓"), can.down),
        (tr("Move to the front"), can.front),
    ):
        action = made.addAction(text)
        action.setEnabled(by != 0)
        action.triggered.connect(lambda _checked, by=by: wishes.move.emit(clip.id, by))
    made.addSeparator()
    use = made.addAction(icons.icon("recipe"), tr("Use recipe"))
    use.triggered.connect(lambda: wishes.edit_recipe.emit(clip.id))
    free = "\t" + charge("no", "")
    made.addAction(icons.icon("close"), tr("Remove") + free).triggered.connect(lambda: wishes.remove.emit(clip.id))
    if can.click > 1:
        text = ntr("Remove the {n} planned of this click", "Remove the {n} planned of this click", can.click)
        made.addAction(icons.icon("trash"), text + free).triggered.connect(lambda: wishes.undo.emit(clip.id))
    return made


def _keys(arrow: str) -> str:
    return tr("Alt+{key}").format(key=arrow)
