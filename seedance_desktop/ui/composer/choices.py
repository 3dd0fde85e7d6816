"""The settings of a recipe as pickers: use, ratio, duration, resolution, takes."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QPainter
from PySide6.QtWidgets import QHBoxLayout, QLayout, QVBoxLayout, QWidget

from seedance_desktop.domain.catalogue import DURATIONS, MOST_TAKES, RATIOS, RESOLUTIONS
from seedance_desktop.domain.cropping import nearest_ratio
from seedance_desktop.domain.recipe import USE_COUNTS, Reference, Use, natural_use
from seedance_desktop.ui import theme
from seedance_desktop.ui.controls import Button, Option, Picker, Stepper, Text, paint
from seedance_desktop.words import USES, tr

_LABEL = 76


class UsePicker(QWidget):
    """What the images are for. It follows their number until the creator picks a use, and while that one fits."""

    changed = Signal()
    swapped = Signal()  # first and last frame are to change places

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._images = 0
        self._picked: Use | None = None
        self._compact = False
        self._head = Text(tr("Use as"), "caption", "text-2")
        self.picker = Picker(
            [
                Option(Use.FIRST_FRAME, tr("First frame"), "use-first", tr(USES[Use.FIRST_FRAME])),
                Option(Use.FIRST_LAST, tr("First + last"), "use-first-last", tr(USES[Use.FIRST_LAST])),
                Option(Use.REFERENCES, tr("References"), "use-refs", tr(USES[Use.REFERENCES])),
            ],
            name=tr("Use as"),
            tall=True,
        )
        self._meaning = Text("", "caption", "text-3", wrap=True)
        self.swap = Button(tr("Swap first and last frame"), "swap", "icon", size="small")
        below = QHBoxLayout()
        below.setSpacing(6)
        below.addWidget(self._meaning, 1)
        below.addWidget(self.swap, 0, Qt.AlignmentFlag.AlignTop)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addWidget(self._head)
        layout.addWidget(self.picker)
        layout.addLayout(below)
        self.picker.picked.connect(self._pick)
        self.swap.clicked.connect(self.swapped)
        self.set_images(0)

    @property
    def use(self) -> Use:
        """The use that is chosen."""
        return Use(self.picker.value)

    def set_use(self, use: Use, images: int) -> None:
        """Show a recipe's use, which counts as picked where it isn't the natural one."""
        self._picked = use if images and use != natural_use(images) else None
        self.set_images(images)

    def set_images(self, images: int) -> None:
        """There are so many images now: keep what was picked while it fits, else take the natural use."""
        self._images = images
        if self._picked is not None and not _fits(self._picked, images):
            self._picked = None
        self.picker.set_value(self._picked or natural_use(images))
        self.picker.setEnabled(images > 0)
        for use in Use:
            segment = self.picker.segment(use)
            segment.setEnabled(_fits(use, images))
            segment.setToolTip(_meaning(use) if segment.isEnabled() else _why_not(use, images))
        self._explain()

    def set_compact(self, compact: bool) -> None:
        """Leave out what can be read elsewhere where height is short."""
        self._compact = compact
        self._head.setVisible(not compact)
        self._explain()

    def _pick(self, value: str) -> None:
        self._picked = Use(value)
        self._explain()
        self.changed.emit()

    def _explain(self) -> None:
        """What the chosen use does, said under it and by a screen reader; nothing where there are no images."""
        words = _meaning(self.use) if self._images else ""
        self._meaning.setText(words)
        self._meaning.setVisible(bool(words) and not (self._compact and self.use != Use.FIRST_LAST))
        self.swap.setVisible(self._images > 0 and self.use == Use.FIRST_LAST)
        self.picker.setAccessibleDescription(words)


def _meaning(use: Use) -> str:
    return {
        Use.FIRST_FRAME: tr("The clip begins with this image."),
        Use.FIRST_LAST: tr("The clip begins with Image 1 and ends with Image 2."),
        Use.REFERENCES: tr("The model keeps their people, things and look; the clip begins freely."),
    }[use]


def _fits(use: Use, images: int) -> bool:
    least, most = USE_COUNTS[use]
    return least <= images <= most


def _why_not(use: Use, images: int) -> str:
    if not images:
        return tr("Add a reference image first")
    return {
        Use.FIRST_FRAME: tr("A first frame is one image"),
        Use.FIRST_LAST: tr("First and last frame are two images"),
        Use.REFERENCES: tr("Reference images are one to nine"),
    }[use]


class Match(Button):
    """A way to another ratio, as small as the notes below the other labels."""

    def __init__(self) -> None:
        super().__init__(tr("Match image"), kind="link")
        self.setFont(theme.font("caption"))

    def sizeHint(self) -> QSize:
        """The text alone."""
        return QSize(round(QFontMetricsF(self.font()).horizontalAdvance(self.text())) + 5, 16)

    def minimumSizeHint(self) -> QSize:
        """It isn't cut."""
        return self.sizeHint()

    def draw_content(self, painter: QPainter, ink: str) -> None:
        """Flush with the label above."""
        painter.setPen(theme.color(ink))
        painter.setFont(self.font())
        text = paint.elided(self.text(), QFontMetricsF(self.font()), self.width())
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, text)


class Choices(QWidget):
    """Ratio, duration, resolution and takes, a row each; `changed` when the creator changes one."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ratio = Picker(
            [Option(ratio, ratio, f"ratio-{ratio.replace(':', '-')}") for ratio in RATIOS],
            name=tr("Ratio"),
            parent=self,  # already ours when its row is laid out: Tab comes to it before Match image
        )
        seconds = tr("{n} s")
        self.duration = Picker(
            [Option(str(length), seconds.format(n=length), "clock") for length in DURATIONS], name=tr("Duration")
        )
        self.resolution = Picker(
            [Option(lines, lines, f"res-{lines.removesuffix('p')}") for lines in RESOLUTIONS], name=tr("Resolution")
        )
        self.match = Match()
        self.match.hide()
        self._nearest = ""
        self.takes = Stepper(1, MOST_TAKES, name=tr("Takes"))
        self._each = Text("", "label", "text-3", tabular=True)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(8)
        wide = _widest()
        self._layout.addLayout(_row(wide, tr("Ratio"), self.match, self.ratio))
        self._layout.addLayout(_row(wide, tr("Duration"), _note(tr("same price")), self.duration))
        self._layout.addLayout(_row(wide, tr("Resolution"), _note(tr("same price")), self.resolution))
        self._layout.addLayout(_row(wide, tr("Takes"), None, self.takes, self._each))
        for picker in (self.ratio, self.duration, self.resolution):
            picker.picked.connect(self._changed)
        self.ratio.picked.connect(self._offer_match)
        self.match.clicked.connect(lambda: self.pick_ratio(self._nearest))
        self.takes.valueChanged.connect(self._changed)

    def set_price(self, price: str) -> None:
        """Say what one take costs."""
        self._each.setText(tr("{price} each").format(price=price))

    def set_images(self, images: Sequence[Reference]) -> None:
        """Match image offers the ratio that keeps most of the first image, where its size is known."""
        sized = [one for one in images[:1] if one.width and one.height]
        self._nearest = nearest_ratio(sized[0].width, sized[0].height) if sized else ""
        self._offer_match()

    def pick_ratio(self, ratio: str) -> None:
        """Choose a ratio as the creator would."""
        if ratio != self.ratio.value:
            self.ratio.set_value(ratio)
            self._offer_match()
            self._changed()

    def set_compact(self, compact: bool) -> None:
        """Draw the rows closer where height is short."""
        self._layout.setSpacing(5 if compact else 8)

    def set_values(self, ratio: str, duration: int, resolution: str, takes: int) -> None:
        """Show a recipe's settings without a `changed`."""
        self.ratio.set_value(ratio)
        self._offer_match()
        self.duration.set_value(str(duration))
        self.resolution.set_value(resolution)
        self.takes.blockSignals(True)
        self.takes.setValue(takes)
        self.takes.blockSignals(False)
        self.takes.update()

    def _offer_match(self) -> None:
        self.match.setVisible(self._nearest not in ("", self.ratio.value))

    def _changed(self) -> None:
        self.changed.emit()


def _note(text: str) -> QWidget:
    return Text(text, "caption", "text-3")


def _widest() -> int:
    """How wide the labels are, with a little air, in the language that is spoken."""
    label, note = QFontMetricsF(theme.font("label")), QFontMetricsF(theme.font("caption"))
    texts = [label.horizontalAdvance(text) for text in (tr("Ratio"), tr("Duration"), tr("Resolution"), tr("Takes"))]
    texts += [note.horizontalAdvance(text) for text in (tr("same price"), tr("Match image"))]
    return max(_LABEL, round(max(texts)) + 9)


def _row(wide: int, label: str, note: QWidget | None, control: QWidget, after: QWidget | None = None) -> QLayout:
    texts = QVBoxLayout()
    texts.setSpacing(0)
    texts.addStretch()
    texts.addWidget(Text(label, "label", "text-2"))
    if note is not None:
        texts.addWidget(note, 0, Qt.AlignmentFlag.AlignLeft)
    texts.addStretch()
    holder = QWidget()
    holder.setFixedSize(wide, 32)
    texts.setContentsMargins(0, 0, 0, 0)
    holder.setLayout(texts)
    row = QHBoxLayout()
    row.setSpacing(0)
    row.addWidget(holder)
    row.addWidget(control, 0 if after else 1)
    if after is not None:
        row.addSpacing(8)
        row.addWidget(after, 1)
    return row
