"""The popover "Filters": stars, shot, ratio, length, resolution, and when clips were made."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFontMetricsF
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from seedance_desktop.domain.catalogue import DURATIONS, RATIOS, RESOLUTIONS
from seedance_desktop.domain.shelf import Query
from seedance_desktop.ui.composer.completion import Completion
from seedance_desktop.ui.composer.popover import Popover
from seedance_desktop.ui.controls import Button, Field, Option, Picker, Text
from seedance_desktop.words import tr

from . import made
from .filters import Filters

_WIDE = 356
_MOST_STARS = 5
_NUMBERS = ("stars", "duration")


class FilterPanel(Popover):
    """Every change asks at once; what is asked otherwise meanwhile shows here too."""

    def __init__(self, anchor: QWidget, filters: Filters, shots: Callable[[], Sequence[str]]) -> None:
        super().__init__(anchor)
        self.setAccessibleName(tr("Filters"))
        self._filters, self._shots = filters, shots
        self.pickers = {
            "stars": _picker(tr("Stars"), tr("Any number of stars"), _stars()),
            "ratio": _picker(tr("Ratio"), tr("Any ratio"), [(one, one) for one in RATIOS]),
            "duration": _picker(
                tr("Length"), tr("Any length"), [(str(one), tr("{n} s").format(n=one)) for one in DURATIONS]
            ),
            "resolution": _picker(tr("Resolution"), tr("Any resolution"), [(one, one) for one in RESOLUTIONS]),
        }
        self.span = _picker(tr("Made"), tr("Any time"), [(span, tr(text)) for span, text in made.NAMES.items()])
        self.shot = Field(name=tr("Only the shot"), placeholder=tr("Any shot"), size="regular")
        self._completion = Completion(self.shot)
        self._completion.asked.connect(lambda: self._completion.set_names(self._shots()))
        self.since, self.until = _day(tr("Made from")), _day(tr("Made to"))
        self.clear = Button(tr("Clear"), kind="link", size="small")
        self.clear.setAccessibleName(tr("Clear the filters"))
        self._lay_out()
        self._connect()

    def come_up(self) -> None:
        """Open, with the keyboard in it."""
        self.show_query(self._filters.query)
        self.open(
            max(_WIDE, self.sizeHint().width()),
            self.sizeHint().height(),
            self.pickers["stars"].segment(self.pickers["stars"].value),
        )

    def show_query(self, query: Query) -> None:
        """What is asked now; a day that is being typed stays as it is."""
        for name, picker in self.pickers.items():
            picker.set_value(str(getattr(query, name) or ""))
        self.span.set_value("")
        self.span.set_value(made.span_of(query.since, query.until))
        for field, text in (
            (self.shot, query.shot),
            (self.since, made.written(query.since)),
            (self.until, made.written(query.until - 1)),
        ):
            if not field.hasFocus():
                field.setText(text)
                field.set_invalid(False)

    def _holds(self, widget: QWidget) -> bool:
        """A second click on the button closes, and doesn't open again."""
        return widget is self._anchor or super()._holds(widget)

    def _connect(self) -> None:
        self._filters.changed.connect(self.show_query)
        for name, picker in self.pickers.items():
            picker.picked.connect(lambda value, name=name: self._picked(name, value))
        self.span.picked.connect(self._pick_span)
        self.shot.editingFinished.connect(self._take_shot)
        for field in (self.since, self.until):
            field.editingFinished.connect(self._take_days)
            field.textEdited.connect(lambda _text, field=field: field.set_invalid(False))
        self.clear.clicked.connect(self._clear)

    def _picked(self, name: str, value: str) -> None:
        self._filters.choose(**{name: int(value or 0) if name in _NUMBERS else value})

    def _pick_span(self, span: str) -> None:
        self._filters.choose(since=made.since(span) if span else 0, until=0)

    def _take_shot(self) -> None:
        shot = self.shot.text().strip()
        if shot != self._filters.query.shot:
            self._filters.choose(shot=shot)

    def _take_days(self) -> None:
        """Days that can be read are asked for; one that can't is marked, and asks nothing."""
        days = [made.read(field.text()) for field in (self.since, self.until)]
        for field, day in zip((self.since, self.until), days, strict=True):
            field.set_invalid(day is None and bool(field.text().strip()))
        if self.since.invalid or self.until.invalid:
            return
        since, until = made.begin(days[0]) if days[0] else 0, made.end(days[1]) if days[1] else 0
        if (since, until) != (self._filters.query.since, self._filters.query.until):
            self._filters.choose(since=since, until=until)

    def _clear(self) -> None:
        self.shot.clear()
        self._filters.drop((*self.pickers, "shot", "since", "until"))
        self.show_query(self._filters.query)

    def _lay_out(self) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(1, 1)
        days = QHBoxLayout()
        days.setSpacing(6)
        for widget in (self.since, Text("–", "label"), self.until):
            days.addWidget(widget, int(isinstance(widget, Field)))
        rows: list[tuple[str, QWidget | QHBoxLayout]] = [
            (tr("Stars"), self.pickers["stars"]),
            (tr("Shot"), self.shot),
            (tr("Ratio"), self.pickers["ratio"]),
            (tr("Length"), self.pickers["duration"]),
            (tr("Resolution"), self.pickers["resolution"]),
            (tr("Made"), self.span),
            ("", days),
        ]
        for row, (text, inside) in enumerate(rows):
            grid.addWidget(Text(text, "label"), row, 0, Qt.AlignmentFlag.AlignVCenter)
            if isinstance(inside, QWidget):
                grid.addWidget(inside, row, 1)
            else:
                grid.addLayout(inside, row, 1)
        self.body.setContentsMargins(14, 14, 14, 10)
        self.body.addLayout(grid)
        self.body.addWidget(self.clear, 0, Qt.AlignmentFlag.AlignRight)

    def minimumSizeHint(self) -> QSize:
        """It has the size that it was opened with."""
        return QSize(0, 0)


def _stars() -> list[tuple[str, str]]:
    return [(str(n), f"{n}+" if n < _MOST_STARS else str(n)) for n in range(1, _MOST_STARS + 1)]


def _picker(name: str, any_: str, options: list[tuple[str, str]]) -> Picker:
    """Of one kind of filter; its buttons are called otherwise than those of the composer."""
    made_of = [Option("", tr("Any"), name=any_)]
    made_of += [Option(value, text, name=tr("Only {filter}").format(filter=text)) for value, text in options]
    return Picker(made_of, name=name)


def _day(name: str) -> Field:
    field = Field(name=name, placeholder=tr("year-month-day"), size="regular")
    field.setToolTip(name)
    field.setMinimumWidth(round(QFontMetricsF(field.font()).horizontalAdvance(field.placeholderText())) + 28)
    return field
