"""The buttons of a row, by name: what each is called and which wish it makes."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMenu, QSizePolicy, QWidget

from seedance_desktop.domain.clip import Clip
from seedance_desktop.ui import icons
from seedance_desktop.ui.controls import Button
from seedance_desktop.ui.wishes import Wishes
from seedance_desktop.words import tr

from .details import show_details
from .face import price


def build(name: str, clip: Clip, wishes: Wishes) -> Button:
    """The button for an action of `Face.actions`; its wish carries the clip's id."""
    number = clip.id
    makers: dict[str, Callable[[], Button]] = {
        "undo": lambda: _button(tr("Undo"), lambda: wishes.undo.emit(number)),
        "queue": lambda: _button(tr("More"), icon="more", kind="icon"),
        "remove": lambda: _button(tr("Remove"), lambda: wishes.remove.emit(number), "close", "icon"),
        "edit": lambda: _button(tr("Edit recipe"), lambda: wishes.edit_recipe.emit(number), "recipe"),
        "retry": lambda: _retry(clip, wishes),
        "again": lambda: _send_again(clip, wishes),
        "adopt": lambda: _button(tr("I have its task ID")),
        "dismiss": lambda: _button(tr("Dismiss"), lambda: wishes.dismiss.emit(number), kind="ghost"),
        "details": lambda: _details(clip),
        "stop": lambda: _stop(clip, wishes),
        "menu": lambda: _more(clip, wishes),
    }
    return makers[name]()


def _button(text: str, pressed: Callable[[], object] | None = None, icon: str = "", kind: str = "secondary") -> Button:
    made = Button(text, icon, kind, size="small")
    made.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
    if pressed is not None:
        made.clicked.connect(pressed)
    return made


def _retry(clip: Clip, wishes: Wishes) -> Button:
    """With a task id nothing is charged again; without one it is a new approval and says its price."""
    text = tr("Retry") if clip.task else tr("Retry · {price}").format(price=price(clip))
    made = _button(text, lambda: wishes.retry.emit(clip.id), "retry")
    made.setAccessibleName(tr("Retry"))
    made.setAccessibleDescription(text)
    if clip.task:
        made.setToolTip(tr("Asks the gateway again and fetches the clip; nothing is charged"))
    return made


def _send_again(clip: Clip, wishes: Wishes) -> Button:
    text = tr("Send again · may cost another {price}").format(price=price(clip))
    made = _button(text, lambda: wishes.send_again.emit(clip.id))
    made.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)  # may be cut in a narrow pane
    made.setAccessibleName(tr("Send again"))
    made.setAccessibleDescription(text)
    return made


def _stop(clip: Clip, wishes: Wishes) -> Button:
    made = _button(tr("Stop watching"), lambda: wishes.stop_watching.emit(clip.id), "eye-off", "icon")
    made.setToolTip(tr("Stop watching: it stays charged"))
    return made


def _details(clip: Clip) -> Button:
    made = _button(tr("Details"), kind="ghost")
    raw = str(clip.reason.fact("raw")) if clip.reason else ""
    made.clicked.connect(lambda: show_details(made, raw))
    return made


def _more(clip: Clip, wishes: Wishes) -> Button:
    made = _button(tr("More"), icon="more", kind="icon")
    made.clicked.connect(lambda: _menu(made, clip, wishes).popup(made.mapToGlobal(made.rect().bottomLeft())))
    return made


def _menu(parent: QWidget, clip: Clip, wishes: Wishes) -> QMenu:
    menu = QMenu(parent)
    menu.aboutToHide.connect(menu.deleteLater)
    if not clip.stage.settled and clip.stage.in_flight:
        stop = menu.addAction(icons.icon("eye-off"), tr("Stop watching — stays charged"))
        stop.triggered.connect(lambda: wishes.stop_watching.emit(clip.id))
    if clip.task:
        copy = menu.addAction(icons.icon("copy"), tr("Copy task ID"))
        copy.triggered.connect(lambda: QGuiApplication.clipboard().setText(clip.task))
    use = menu.addAction(icons.icon("recipe"), tr("Use recipe"))
    use.triggered.connect(lambda: wishes.edit_recipe.emit(clip.id))
    return menu
