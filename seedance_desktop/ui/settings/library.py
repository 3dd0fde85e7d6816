"""The library page: where clips lie, how their files are called, and the recipe inside them."""

from __future__ import annotations

import time

from PySide6.QtWidgets import QFileDialog, QHBoxLayout

from seedance_desktop.domain.errors import BadRecipe
from seedance_desktop.domain.naming import DEFAULT_TEMPLATE, FIELDS, NameParts, check_template, file_stem
from seedance_desktop.domain.preferences import Preferences
from seedance_desktop.ui.controls import Button, Field, Switch
from seedance_desktop.ui.wishes import Wishes
from seedance_desktop.words import say, tr

from .page import Page, fault, hint, tell


class LibraryPage(Page):
    """The folder is changed by a wish, because a library is opened there; the rest are preferences."""

    def __init__(self, wishes: Wishes) -> None:
        super().__init__(tr("Library"))
        self._wishes = wishes
        self._preferences = Preferences()
        self._dialog: QFileDialog | None = None
        self.folder = Field(name=tr("Library folder"), placeholder=tr("Seedance, in the Videos folder"))
        self.folder.setReadOnly(True)
        self.change_button = Button(tr("Change…"), "folder", size="field")
        self.change_button.setAccessibleName(tr("Change library folder"))
        self.names = Field(name=tr("File names"))
        self._example = hint()
        self._fault = fault()
        self.recipe = Switch(tr("Keep the recipe inside the MP4"))
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.folder, 1)
        row.addWidget(self.change_button)
        known = " ".join("{" + name + "}" for name in FIELDS)
        self.add_row(tr("Folder"), row, hint(tr("Another folder opens the library there; nothing is moved.")))
        self.add_row(tr("File names"), self.names, self._example, self._fault, hint(known))
        self.add_row(tr("Recipe"), self.recipe, hint(tr("Prompt, settings and image names travel with the file.")))
        self.fill()
        self.change_button.clicked.connect(self._browse)
        self.names.textChanged.connect(self._show_example)
        self.names.editingFinished.connect(self.commit)
        self.recipe.toggled.connect(lambda on: self.edited.emit({"recipe_in_file": on}))

    def show_preferences(self, preferences: Preferences) -> None:
        """Show folder, template and switch."""
        self._preferences = preferences
        if preferences.library:
            self.folder.setText(preferences.library)
        if not (self.names.hasFocus() and self.names.invalid):
            self.names.setText(preferences.file_names)
        self.recipe.blockSignals(True)
        self.recipe.set_on(preferences.recipe_in_file)
        self.recipe.blockSignals(False)

    def set_folder(self, folder: str) -> None:
        """Show the folder that is open now, also where it is the default."""
        self.folder.setText(folder)
        self.folder.setToolTip(folder)

    def commit(self) -> None:
        """Keep the template if it is one; an empty one means the default."""
        template = self.names.text().strip() or DEFAULT_TEMPLATE
        if _fault_of(template) or template == self._preferences.file_names:
            return
        self.edited.emit({"file_names": template})

    def _show_example(self) -> None:
        template = self.names.text().strip() or DEFAULT_TEMPLATE
        wrong = _fault_of(template)
        self.names.set_invalid(bool(wrong))
        tell(self._fault, wrong)
        tell(self._example, "" if wrong else f"{file_stem(template, _sample())}.mp4")

    def _browse(self) -> None:
        if self._dialog is not None:
            return
        self._dialog = QFileDialog(self.window(), tr("Choose a library folder"), self.folder.text())
        self._dialog.setFileMode(QFileDialog.FileMode.Directory)
        self._dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        self._dialog.fileSelected.connect(self._wishes.choose_library)
        self._dialog.finished.connect(self._closed)
        self._dialog.open()

    def _closed(self) -> None:
        if self._dialog is not None:
            self._dialog.deleteLater()
            self._dialog = None


def _fault_of(template: str) -> str:
    try:
        check_template(template)
    except BadRecipe as bad:
        return say(bad.reason.code, dict(bad.reason.facts))
    return ""


def _sample() -> NameParts:
    prompt = tr("Mara climbs the last stairs of the lighthouse")
    return NameParts(int(time.time() * 1000), tr("Lighthouse film"), "12B", prompt, 1, "k3f9x2ab")
