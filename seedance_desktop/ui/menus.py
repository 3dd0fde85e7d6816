"""The menus: every entry does something now, and says its key."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar, QWidget

from seedance_desktop.ui.palette import OWN
from seedance_desktop.words import tr

Do = Callable[[], object]


@dataclass(frozen=True, slots=True)
class Deeds:
    """What the menus call. `clip_menu` fills a menu for the clips that are chosen."""

    new_draft: Do
    drafts: Do
    add_images: Do
    hand_over: Do
    import_clips: Do
    import_folder: Do
    open_folder: Do
    settings: Do
    quit: Do
    undo: Do
    redo: Do
    prompt_history: Do
    select_all: Do
    find: Do
    clip_menu: Callable[[QMenu], None]
    make: Do
    review: Do
    composer: Do
    library: Do
    trash: Do
    ledger: Do
    full_screen: Do
    find_command: Do
    keys: Do
    log_folder: Do
    diagnostics: Do
    updates: Do | None  # this build may have no place where it looks for them
    about: Do


def build(window: QWidget, deeds: Deeds) -> QMenuBar:
    """The menu bar; its shortcuts work in the whole window, and text fields take theirs first."""
    bar = QMenuBar()
    file = bar.addMenu(tr("File"))
    _add(window, file, tr("New draft"), deeds.new_draft, "Ctrl+N")
    _add(window, file, tr("Drafts…"), deeds.drafts)
    _add(window, file, tr("Add reference images…"), deeds.add_images)
    file.addSeparator()
    _add(window, file, tr("Hand over…"), deeds.hand_over, "Ctrl+E")
    _add(window, file, tr("Import clips…"), deeds.import_clips)
    _add(window, file, tr("Import a folder of clips…"), deeds.import_folder)
    file.addSeparator()
    _add(window, file, tr("Open library folder"), deeds.open_folder)
    settings = _add(window, file, tr("Settings…"), deeds.settings, "Ctrl+,")
    settings.setMenuRole(QAction.MenuRole.PreferencesRole)
    file.addSeparator()
    _add(window, file, tr("Quit"), deeds.quit, "Ctrl+Q").setMenuRole(QAction.MenuRole.QuitRole)
    edit = bar.addMenu(tr("Edit"))
    _add(window, edit, tr("Undo"), deeds.undo, "Ctrl+Z")
    _add(window, edit, tr("Redo in the composer"), deeds.redo, "Ctrl+Shift+Z")
    edit.addSeparator()
    _add(window, edit, _told(tr("Prompt history"), "Ctrl+R"), deeds.prompt_history)  # the composer has the key
    _add(window, edit, tr("Choose all clips"), deeds.select_all)
    _add(window, edit, tr("Search library"), deeds.find, "Ctrl+F")
    clip = bar.addMenu(tr("Clip"))
    clip.aboutToShow.connect(lambda: _refill(clip, deeds.clip_menu))
    view = bar.addMenu(tr("View"))
    _add(window, view, tr("Make"), deeds.make)
    _add(window, view, tr("Review"), deeds.review)
    view.addSeparator()
    _add(window, view, tr("Composer pane"), deeds.composer)
    _add(window, view, tr("Library pane"), deeds.library)
    _add(window, view, tr("Trash"), deeds.trash)
    _add(window, view, tr("Ledger"), deeds.ledger)
    view.addSeparator()
    _add(window, view, tr("Full screen") + "\tF", deeds.full_screen)
    _fill_help(window, bar.addMenu(tr("Help")), deeds)
    return bar


def _fill_help(window: QWidget, menu: QMenu, deeds: Deeds) -> None:
    _add(window, menu, tr("Find a command…"), deeds.find_command, "Ctrl+K").setObjectName(OWN)
    _add(window, menu, tr("Keys"), deeds.keys, "F1")
    menu.addSeparator()
    _add(window, menu, tr("Open log folder"), deeds.log_folder)
    _add(window, menu, tr("Save diagnostics…"), deeds.diagnostics)
    menu.addSeparator()
    if deeds.updates is not None:
        _add(window, menu, tr("Check for updates…"), deeds.updates)
    about = _add(window, menu, tr("About {name}").format(name="Seedance Desktop"), deeds.about)
    about.setMenuRole(QAction.MenuRole.AboutRole)


def _add(window: QWidget, menu: QMenu, text: str, do: Do, key: str = "") -> QAction:
    action = menu.addAction(text)
    action.triggered.connect(lambda _checked: do())
    if key:
        action.setShortcut(QKeySequence(key))
        window.addAction(action)  # the bar may be hidden or native; the key works all the same
    return action


def _told(text: str, key: str) -> str:
    """An entry that says the key of something that is not the window's own."""
    return text + "\t" + QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)


def _refill(menu: QMenu, fill: Callable[[QMenu], None]) -> None:
    menu.clear()
    fill(menu)
