"""How clips are handed over: folder, names, form, and what goes with them."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QGridLayout, QHBoxLayout, QLayout, QVBoxLayout, QWidget

from seedance_desktop.domain.clip import Clip
from seedance_desktop.domain.errors import BadRecipe
from seedance_desktop.domain.handover import NUMBER, Format, Handover, Listing, check, stem
from seedance_desktop.domain.naming import DEFAULT_TEMPLATE, FIELDS
from seedance_desktop.ui.controls import Button, Field, Option, Picker, Switch, Text
from seedance_desktop.words import mark, say, tr

_LABELS = 84
_ENDINGS = {Format.PRORES: ".mov", Format.DNXHR: ".mov", Format.H264: ".mp4"}
_FORMS = (
    (
        Format.COPY,
        mark("Copies as they are"),
        mark("The files of the library, encoded anew only where a cut or a join needs it."),
    ),
    (
        Format.PRORES,
        mark("ProRes 422 HQ"),
        mark("For editors that can't read H.264, or stutter with it. Much larger files."),
    ),
    (
        Format.DNXHR,
        mark("DNxHR HQ"),
        mark("For Media Composer, and other editors that can't read H.264. Much larger files."),
    ),
    (Format.H264, mark("H.264"), mark("For everything that plays video; what is H.264 already is copied.")),
)


class Form(QWidget):
    """`changed` says that something was chosen otherwise."""

    changed = Signal()

    def __init__(self, chosen: Handover, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._browser: QFileDialog | None = None
        self.folder = Field(name=tr("Folder to hand over to"), placeholder=tr("Choose a folder"))
        self.browse = Button(tr("Browse…"), "folder", size="field")
        self.names = Field(name=tr("File names"))
        self.form = Picker([Option(str(form), tr(text)) for form, text, _hint in _FORMS], name=tr("Form"))
        self.trimmed = Switch(tr("Cut to in and out"))
        self.joined = Switch(tr("Join into one file"))
        self.recipes = Switch(tr("With recipes inside"))
        self.otio = Switch(tr("OpenTimelineIO timeline"))
        listings = [Option(Listing.NONE, tr("None"), name=tr("No list")), Option("csv", "CSV"), Option("json", "JSON")]
        self.listing = Picker(listings, name=tr("List"))
        self._folder_fault, self._names_fault = _fault(), _fault()
        self._example, self._hint, self._ranges = Text("", "label", "text-2", wrap=True), _hint(), _hint()
        self._lay_out()
        self._show(chosen)
        self._connect()

    def value(self, ids: tuple[int, ...]) -> Handover:
        """What is chosen, for these clips."""
        return Handover(
            ids,
            self.folder.text().strip() and str(Path(self.folder.text().strip()).expanduser()),
            self.names.text().strip() or DEFAULT_TEMPLATE,
            Format(self.form.value),
            self.trimmed.isChecked(),
            self.joined.isChecked(),
            self.otio.isChecked(),
            self.recipes.isChecked(),
            Listing(self.listing.value),
        )

    def wrong(self, handover: Handover) -> bool:
        """Whether it can't be asked for like that; it is said where it is wrong, and the keyboard goes there."""
        try:
            check(handover)
        except BadRecipe as bad:
            sentence = say(bad.reason.code, dict(bad.reason.facts))
            if bad.reason.code == "handover-folder":
                self._say_folder(sentence if handover.folder else tr("Choose a folder to hand over to."))
                self.folder.setFocus()
            else:
                self.names.setFocus()
            return True
        return False

    def show_example(self, clips: list[Clip]) -> None:
        """What the first file will be called, and what else depends on the clips."""
        handover = self.value(tuple(clip.id for clip in clips[:1]))
        wrong = _template_fault(handover)
        self.names.set_invalid(bool(wrong))
        _tell(self._names_fault, wrong)
        _tell(self._example, "" if wrong else tr("First file: {name}").format(name=_name(handover, clips)))
        self._hint.setText(next(tr(hint) for form, _text, hint in _FORMS if form == handover.format))
        ranged = sum(clip.mark_in >= 0 or clip.mark_out >= 0 for clip in clips)
        said = tr("{n} of {total} have in and out points.").format(n=ranged, total=len(clips))
        self._ranges.setText(said if ranged else tr("None of them has in and out points."))

    # within

    def _show(self, chosen: Handover) -> None:
        self.folder.setText(chosen.folder)
        self.names.setText(chosen.template)
        self.form.set_value(chosen.format)
        self.listing.set_value(chosen.listing)
        for name in ("trimmed", "joined", "otio", "recipes"):
            switch: Switch = getattr(self, name)
            switch.set_on(getattr(chosen, name))

    def _connect(self) -> None:
        self.browse.clicked.connect(self._browse)
        self.folder.textChanged.connect(lambda: self._say_folder(""))
        for signal in (self.names.textChanged, self.form.picked, self.trimmed.toggled, self.joined.toggled):
            signal.connect(self.changed)

    def _say_folder(self, sentence: str) -> None:
        self.folder.set_invalid(bool(sentence))
        _tell(self._folder_fault, sentence)

    def _browse(self) -> None:
        if self._browser is not None:
            return
        self._browser = QFileDialog(self.window(), tr("Hand over to"), self.folder.text())
        self._browser.setFileMode(QFileDialog.FileMode.Directory)
        self._browser.setOption(QFileDialog.Option.ShowDirsOnly)
        self._browser.fileSelected.connect(self.folder.setText)
        self._browser.finished.connect(self._browsed)
        self._browser.open()

    def _browsed(self) -> None:
        if self._browser is not None:
            self._browser.deleteLater()
            self._browser = None

    def _lay_out(self) -> None:
        folder = QHBoxLayout()
        folder.setSpacing(8)
        folder.addWidget(self.folder, 1)
        folder.addWidget(self.browse)
        known = _hint(" ".join((NUMBER, *("{" + name + "}" for name in FIELDS))))
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(14)
        self._grid.setColumnMinimumWidth(0, _LABELS)
        self._grid.setColumnStretch(1, 1)
        self._add(tr("Folder"), folder, self._folder_fault)
        self._add(tr("File names"), self.names, self._names_fault, self._example, known)
        self._add(tr("Form"), self.form, self._hint)
        self._add(tr("Clips"), self.trimmed, self._ranges, self.joined, self.recipes)
        self._add(tr("Beside them"), self.otio, _hint(tr("The clips in order, in and out points as cuts.")))
        self._add(tr("List"), self.listing, _hint(tr("All recipes, stars, tags and notes in one file.")))
        self._grid.setRowStretch(self._grid.rowCount(), 1)

    def _add(self, label: str, *parts: QWidget | QLayout) -> None:
        row = self._grid.rowCount()
        text = Text(label, "label", "text-2")
        text.setFixedHeight(30)
        self._grid.addWidget(text, row, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout()
        column.setSpacing(5)
        for part in parts:
            if isinstance(part, QLayout):
                column.addLayout(part)
            else:
                column.addWidget(part)
        self._grid.addLayout(column, row, 1)


def _name(handover: Handover, clips: list[Clip]) -> str:
    """What the first file will be called."""
    if not clips:
        return ""
    more = len(clips) - 1 if handover.joined else 0
    name = stem(handover.template, clips[0], 1, 1 if handover.joined else len(clips))
    own = Path(clips[0].file or clips[0].outside).suffix.lower() or ".mp4"
    ending = _ENDINGS.get(handover.format, ".mp4" if handover.joined else own)
    return name + (f" +{more}" if more else "") + ending


def _template_fault(handover: Handover) -> str:
    """What is wrong with the names, whatever the folder is."""
    try:
        check(handover)
    except BadRecipe as bad:
        if bad.reason.code not in ("handover-folder", "handover-empty"):
            return say(bad.reason.code, dict(bad.reason.facts))
    return ""


def _hint(text: str = "") -> Text:
    return Text(text, "label", "text-3", wrap=True)


def _fault() -> Text:
    made = Text("", "label", "danger", wrap=True)
    made.hide()
    return made


def _tell(label: Text, sentence: str) -> None:
    label.setText(sentence)
    label.setVisible(bool(sentence))
