"""Save diagnostics: what will be in the file, where it goes, how far it is, and where it is then."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QFileDialog, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from seedance_desktop.domain.reports import LATEST_CLIPS
from seedance_desktop.ui.controls import Button, ElidedLabel, Panel, Switch, Text
from seedance_desktop.ui.glyph import Glyph
from seedance_desktop.ui.jobs.share import Share
from seedance_desktop.ui.keyline import Verdict
from seedance_desktop.ui.wishes import Wishes
from seedance_desktop.words import mark, tr

from .place import free_name, place

_WIDTH = 520
_INSIDE = (
    ("ledger", mark("The log and the crash reports")),
    ("info", mark("Versions of the program, of Qt and of the system; screens")),
    ("settings", mark("Your settings, without folders, projects and proxy addresses")),
    ("library", mark("The library in numbers: clips by stage, sizes, free disk, whether its database is sound")),
)


def ask_diagnostics(window: QWidget, wishes: Wishes) -> Diagnostics:
    """Open the dialog over `window`, or bring the one forward that is open."""
    dialog = window.findChild(Diagnostics)
    if dialog is None:
        dialog = Diagnostics(window, wishes)
        dialog.open()
    dialog.raise_()
    return dialog


class Diagnostics(QDialog):
    """Wishes `save_diagnostics`; how that goes comes by `show_share`, `show_saved`, `show_failed`, `show_stopped`."""

    def __init__(self, parent: QWidget, wishes: Wishes) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Save diagnostics"))
        self._wishes, self._writing = wishes, False
        self._file = free_name(place(), "seedance-diagnostics", ".zip")
        self.browser: QFileDialog | None = None
        self.with_prompts = Switch(
            tr("With prompts, file names and folders of the last {n} clips").format(n=LATEST_CLIPS)
        )
        self.where = ElidedLabel("", "body", "text")
        self.change = Button(tr("Change…"), "folder", size="small")
        self.share = Share()
        self.verdict = Verdict()
        self.show_button = Button(tr("Show in folder"), "folder")
        self.cancel = Button(tr("Cancel"))
        self.save = Button(tr("Save"), kind="primary")
        self.save.setDefault(True)
        self._connect()
        self._lay_out()
        self._show()
        self.save.setFocus()

    @property
    def file(self) -> Path:
        """Where it will be, or is."""
        return self._file

    def show_share(self, share: float) -> None:
        """`share` of it is written, from 0 to 1."""
        self.share.show_share(share)

    def show_saved(self) -> None:
        """It is there."""
        self._finish("accepted", tr("Saved. Look into it before you send it to anybody."))
        self.show_button.show()
        self.cancel.set_text(tr("Close"))
        self.save.hide()
        for control in (self.with_prompts, self.change):
            control.setEnabled(False)
        self._fit()
        self.show_button.setFocus()

    def show_failed(self, sentence: str) -> None:
        """It could not be written."""
        self._finish("fault", sentence)
        self.save.setFocus()

    def show_stopped(self) -> None:
        """The creator has stopped it."""
        self._finish("none", tr("Stopped: nothing was saved."))
        self.save.setFocus()

    def reject(self) -> None:
        """Escape and Cancel stop the writing first; where nothing is written they close."""
        if self._writing:
            self._wishes.cancel_diagnostics.emit()
        else:
            super().reject()

    def _connect(self) -> None:
        self.change.clicked.connect(self._ask_where)
        self.cancel.clicked.connect(self.reject)
        self.save.clicked.connect(self._save)
        self.show_button.clicked.connect(lambda: self._wishes.show_file.emit(str(self._file)))

    def _save(self) -> None:
        self._writing = True
        self.verdict.tell("none", "")
        self.show_share(0)
        self._show()
        self.cancel.setFocus()
        self._wishes.save_diagnostics.emit(str(self._file), self.with_prompts.isChecked())

    def _finish(self, state: str, sentence: str) -> None:
        self._writing = False
        self._show()
        self.verdict.tell(state, sentence)
        self._fit()

    def _show(self) -> None:
        self.where.setText(str(self._file))
        self.share.setVisible(self._writing)
        self.show_button.hide()
        for control in (self.with_prompts, self.change, self.save):
            control.setEnabled(not self._writing)
        self._fit()

    def _fit(self) -> None:
        """As high as its texts need in this width, which `adjustSize` doesn't ask."""
        layout = self.layout()
        if layout is not None:
            layout.activate()
            self.setFixedHeight(layout.totalHeightForWidth(_WIDTH))

    def _ask_where(self) -> None:
        if self.browser is not None:
            return
        browser = self.browser = QFileDialog(self, tr("Save diagnostics"))
        browser.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        browser.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        browser.setNameFilter(tr("Zip archive (*.zip)"))
        browser.setDefaultSuffix("zip")
        browser.setDirectory(str(self._file.parent))
        browser.selectFile(self._file.name)
        browser.fileSelected.connect(self._choose)
        browser.finished.connect(self._browser_closed)
        browser.open()

    def _choose(self, file: str) -> None:
        self._file = Path(file)
        self.verdict.tell("none", "")
        self._show()

    def _browser_closed(self) -> None:
        self.browser = None

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 18, 20, 16)
        layout.setSpacing(12)
        layout.addWidget(Text(tr("Save diagnostics"), "title", "text"))
        intro = tr("One file for whoever helps you. It stays on this computer until you send it yourself.")
        layout.addWidget(Text(intro, "body", "text-2", wrap=True))
        layout.addWidget(_inside())
        layout.addWidget(self.with_prompts)
        never = tr("Without them, no prompt, image, clip or folder is named. Your key is never inside.")
        layout.addWidget(Text(never, "label", "text-3", wrap=True))
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.where, 1)
        row.addWidget(self.change)
        layout.addLayout(row)
        layout.addWidget(self.share)
        layout.addWidget(self.verdict)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self.show_button)
        buttons.addStretch()
        buttons.addWidget(self.cancel)
        buttons.addWidget(self.save)
        layout.addLayout(buttons)
        self.setFixedWidth(_WIDTH)


def _inside() -> Panel:
    """What will be in the file."""
    panel = Panel("raised", border="card-border", radius="control")
    grid = QGridLayout(panel)
    grid.setContentsMargins(14, 12, 14, 12)
    grid.setHorizontalSpacing(10)
    grid.setVerticalSpacing(8)
    grid.setColumnStretch(1, 1)
    for number, (icon, text) in enumerate(_INSIDE):
        grid.addWidget(Glyph(icon, "text-2"), number, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(Text(tr(text), "body", "text", wrap=True), number, 1)
    return panel
