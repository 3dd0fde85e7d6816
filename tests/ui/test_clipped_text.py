"""No text of the product is cut: every view, at both sizes, in both languages and in a made-up long one."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QLocale, QRect, Qt, QTranslator
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from seedance_desktop import words
from seedance_desktop.domain import resources
from seedance_desktop.ui import theme
from seedance_desktop.ui.controls import Button, Chip, ElidedLabel, Field, Option, Picker, Select, Switch, Text
from tests.shots import tongues
from tests.shots.__main__ import NARROW, SCENES, WIDE
from tests.shots.bench import Bench, hurry
from tests.shots.clipping import Clip, Finder
from tests.shots.inspector import Inspector
from tests.shots.stand_in import make
from tests.shots.tongues import MARK

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", "Immediate exit requested", extend=True)

# Texts of the product that may be cut with an ellipsis, by the module that shows them: what they look like, and why.
MAY_BE_CUT = {
    "ui.ledger.cells": (r"[.。：]|: ", "a reason on the one line of its row; the tool tip has it whole"),
    "ui.preview.header": (r" · ", "it ends with the creator's name of the image; the tool tip has it whole"),
    "ui.composer.prompt": (r"…", "a hint about an image, with the creator's name of it; the tool tip has it whole"),
}


@pytest.fixture(scope="module")
def catalogues(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("languages")


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Bench:
    return Bench(make(tmp_path_factory.mktemp("clipped") / "library"))


@pytest.fixture(autouse=True)
def _as_it_was(qapp: QApplication) -> Iterator[None]:
    before = QLocale()
    theme.set_reduced_motion(True)
    theme.apply(qapp, "dark")
    hurry(0.05)
    yield
    hurry(1.0)
    theme.set_reduced_motion(False)
    words.speak("en", resources.folder() / "translations")
    for translator in qapp.findChildren(QTranslator):
        qapp.removeTranslator(translator)
        translator.deleteLater()
    QLocale.setDefault(before)


@pytest.mark.parametrize("scene", SCENES)
@pytest.mark.parametrize("language", tongues.LANGUAGES)
def test_nothing_is_cut(qapp: QApplication, bench: Bench, catalogues: Path, language: str, scene: str) -> None:
    tongues.speak(qapp, language, catalogues, marked=True)
    finder = Finder()
    with finder.listening():
        for size in (WIDE, NARROW):
            inspector = Inspector(finder, size)
            SCENES[scene](bench, inspector, size)
            assert inspector.taken, "the scene showed nothing"
    assert finder.heard > 100, "nothing was drawn"
    found = [f"{one} ({view})" for one, view in sorted(finder.found.items()) if not _may_be(one)]
    assert not found, "\n" + "\n".join(found)


def _may_be(one: Clip) -> bool:
    pattern, _why = MAY_BE_CUT.get(one.where, ("", ""))
    return one.why == "cut" and MARK in one.text and bool(pattern) and re.search(pattern, one.text) is not None


# That the test can fail: each kind of a cut text, planted


def _said(text: str) -> str:
    return f"{MARK}{text}{MARK}"


LONG = _said("Ask before spending more than")


class _Painted(QWidget):
    """Draws a text without asking whether there is room."""

    def __init__(self, box: QRect, flags: Qt.AlignmentFlag | Qt.TextFlag) -> None:
        super().__init__()
        self._box, self._flags = box, flags
        self.setFixedHeight(30)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.drawText(self._box, self._flags, LONG)
        painter.end()


def _low() -> QWidget:
    label = Text(" ".join([LONG] * 4), wrap=True)
    label.setFixedHeight(20)
    return label


def _chosen() -> Select:
    select = Select(name="Sort by")
    select.addItem(LONG)
    return select


PLANTED: dict[str, Callable[[], QWidget]] = {
    "label": lambda: QLabel(LONG),
    "low": _low,
    "elided": lambda: ElidedLabel(LONG),
    "amount": lambda: ElidedLabel("$1,234,567,890.00"),
    "button": lambda: Button(LONG),
    "chip": lambda: Chip(LONG),
    "switch": lambda: Switch(LONG),
    "select": _chosen,
    "picker": lambda: Picker([Option("a", LONG), Option("b", LONG)]),
    "placeholder": lambda: Field(name="Name", placeholder=LONG),
    "plain placeholder": lambda: QLineEdit(placeholderText=LONG),
    "small box": lambda: _Painted(QRect(0, 0, 40, 30), Qt.AlignmentFlag.AlignCenter),
    "low box": lambda: _Painted(QRect(0, 0, 60, 20), Qt.TextFlag.TextWordWrap),
    "past the edge": lambda: _Painted(QRect(20, 0, 400, 30), Qt.AlignmentFlag.AlignLeft),
}


@pytest.mark.parametrize("kind", PLANTED)
@pytest.mark.parametrize("room", [80, 900])
def test_a_planted_clip_is_found(qtbot: QtBot, kind: str, room: int) -> None:
    widget = PLANTED[kind]()
    place = QWidget()
    qtbot.addWidget(place)
    column = QVBoxLayout(place)
    column.setContentsMargins(0, 0, 0, 0)
    column.addWidget(widget)
    widget.setMinimumWidth(0)
    widget.setFixedWidth(room)
    place.show()
    always = kind in ("low", "small box", "low box") and (kind != "low" or room == 80)
    with (finder := Finder()).listening():
        finder.look(place)
    assert bool(finder.found) is (room == 80 or always), finder.found


def test_the_creators_own_words_may_be_cut(qtbot: QtBot) -> None:
    title = ElidedLabel("The keeper climbs the last stairs of the tower")
    qtbot.addWidget(title)
    title.resize(80, 20)
    title.show()
    with (finder := Finder()).listening():
        finder.look(title)
    assert not finder.found
    assert finder.heard


def test_words_behind_the_creators_own_are_the_products_again(qtbot: QtBot) -> None:
    title = ElidedLabel("The keeper climbs the stairs · " + _said("charged"))
    qtbot.addWidget(title)
    title.resize(80, 20)
    title.show()
    with (finder := Finder()).listening():
        finder.look(title)
    assert [one.why for one in finder.found] == ["cut"]


def test_what_sticks_out_or_lies_over_another_is_found(qtbot: QtBot) -> None:
    place, row = QWidget(), QWidget()
    qtbot.addWidget(place)
    row.setParent(place)
    one, other = QLabel(_said("Duration")), QLabel(_said("same price"))
    layout = QHBoxLayout(row)
    layout.addWidget(one)
    layout.addWidget(other)
    row.setGeometry(0, 0, 300, 40)
    place.resize(320, 60)
    place.show()
    with (finder := Finder()).listening():
        finder.look(place)
        assert not finder.found
        other.move(one.x() + 5, one.y())
        finder.look(place)
        assert {one.why for one in finder.found} == {"overlapped"}
        row.move(-60, 0)
        finder.look(place)
    assert {one.why for one in finder.found} >= {"overlapped", "sticks out sideways"}


def test_listening_ends(qtbot: QtBot) -> None:
    draw = QPainter.drawText
    with Finder().listening():
        assert QPainter.drawText is not draw
    assert QPainter.drawText is draw


@pytest.mark.parametrize(
    ("text", "longer"),
    [
        ("Make", "[Måķé]"),
        ("{width} × {height}", "{width} × {height}"),
        (" {n} s", " [{n} š]"),
        ("Library", "[Ļîîbŕåŕý]"),
    ],
)
def test_the_made_up_language(text: str, longer: str) -> None:
    assert tongues.made_up(text) == longer


def test_a_made_up_text_is_longer_by_its_size() -> None:
    short, long = "Ask before spending more", "The gateway asks to wait; the clip is sent by itself when it may. " * 2
    assert 1.4 <= len(tongues.made_up(short)) / len(short) <= 1.6
    assert 1.25 <= len(tongues.made_up(long)) / len(long) <= 1.45
