"""Variations in a prompt: counted, priced, listed word for word before anything is sent, and approved whole."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from seedance_desktop.domain.mentions import Mention
from seedance_desktop.domain.preferences import Preferences
from seedance_desktop.domain.recipe import Draft, Recipe, Reference, check
from seedance_desktop.domain.variations import expand, plan
from seedance_desktop.ui.approval import Approval
from seedance_desktop.ui.composer import Composer
from seedance_desktop.ui.composer.batch import Batch, batch, counted, prompts
from seedance_desktop.ui.composer.rows import Rows
from seedance_desktop.ui.controls import Button
from seedance_desktop.ui.wishes import Wishes
from tests.ui.test_making_clips import Heard

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
PROMPT = "A harbour at {sunset|dawn|night}, slow push"
TOO_MANY = "72 clips from one click are too many: at most 64. Use fewer variations or fewer takes."


class Desk:
    """A composer on screen."""

    def __init__(self, qtbot: QtBot) -> None:
        self.qtbot, self.wishes = qtbot, Wishes()
        self.composer = Composer(self.wishes)
        qtbot.addWidget(self.composer)
        self.composer.resize(328, 834)
        self.composer.show()
        self.composer.activateWindow()
        qtbot.waitUntil(self.composer.isActiveWindow)

    def write(self, prompt: str, takes: int = 1) -> None:
        self.composer.set_draft(Draft(Recipe(prompt), takes), {})
        self.composer.variations.flush()

    @property
    def line(self) -> str:
        return self.composer.variations.text.replace("\u00a0", " ")


@pytest.fixture
def desk(qtbot: QtBot) -> Desk:
    return Desk(qtbot)


def test_the_line_says_what_the_variations_come_to(desk: Desk) -> None:
    desk.write(PROMPT, 2)
    assert desk.line == "3 variations × 2 takes = 6 clips · $1.68"
    assert desk.composer.generate_button.accessibleName() == "Generate 6 clips · $1.68"
    desk.composer.choices.takes.setValue(1)
    assert desk.line == "3 variations · $0.84"
    assert desk.composer.generate_button.accessibleName() == "Generate 3 clips · $0.84"
    desk.composer.set_prices(Preferences(prices={Recipe("").model: 100}))
    assert desk.line.endswith("· $3.00")
    desk.composer.flush()


def test_without_variations_there_is_no_line(desk: Desk) -> None:
    desk.write("A harbour {at dawn}", 2)
    assert desk.line == ""
    assert desk.composer.variations.isHidden()
    assert desk.composer.generate_button.accessibleName() == "Generate 2 takes · $0.56"


def test_the_line_comes_and_goes_as_it_is_typed(desk: Desk) -> None:
    desk.composer.prompt.editor.insertPlainText("a ｛red｜blue｝ boat")
    desk.qtbot.waitUntil(lambda: desk.line == "2 variations · $0.56")
    assert desk.composer.generate_button.accessibleName() == "Generate 2 clips · $0.56"
    desk.composer.prompt.editor.selectAll()
    QTest.keyClick(desk.composer.prompt.editor, Qt.Key.Key_Delete)
    assert desk.line == ""
    assert desk.composer.generate_button.accessibleName() == "Generate · $0.28"
    desk.composer.flush()


def test_every_prompt_is_listed_as_it_will_be_sent(desk: Desk) -> None:
    desk.write(PROMPT, 2)
    button = next(one for one in desk.composer.findChildren(Button) if one.accessibleName() == "Show variations")
    button.click()
    rows = next(one for one in desk.composer.findChildren(Rows) if one.accessibleName() == "Prompts that will be sent")
    assert rows.hasFocus()
    names = [rows.model().index(row, 0).data(Qt.ItemDataRole.AccessibleTextRole) for row in range(3)]
    assert names == [f"{n}: A harbour at {time}, slow push" for n, time in enumerate(("sunset", "dawn", "night"), 1)]
    QTest.keyClick(rows, Qt.Key.Key_Down)
    assert rows.current[0] == "A harbour at dawn, slow push"
    QTest.keyClick(rows, Qt.Key.Key_Escape)
    assert not rows.isVisible()


@pytest.mark.parametrize(
    "prompt",
    [
        PROMPT,
        "A {red|blue |} boat at {dawn|golden hour}",
        "海边的｛灯塔｜港口｝，{蓝调|黄昏}时刻",
        "{a b|a} {c|b c}",
        " {x|y} and {no choice} ",
    ],
)
def test_the_list_is_what_is_sent_and_marks_the_choices(prompt: str) -> None:
    listed = prompts(prompt, ())
    assert list(listed) == expand(prompt.strip())
    assert list(listed) == [one.prompt for one in plan(check(Draft(Recipe(prompt))))]
    for text, spans in listed.items():
        rest = text
        for start, end in reversed(spans):
            assert text[start:end].strip() == text[start:end] != ""
            rest = rest[:start] + rest[end:]
        assert len(rest) < len(text)


def test_images_are_listed_by_the_words_that_are_sent() -> None:
    mara, tower = Reference("Mara", "aa", ".jpg"), Reference("Tower", "bb", ".jpg")
    prompt = f"{Mention('bb', 'Tower')} at {{dawn|night}}"
    assert list(prompts(prompt, [mara.key, tower.key])) == ["Image 2 at dawn", "Image 2 at night"]


def test_too_many_are_told_before_and_at_the_click(desk: Desk) -> None:
    generated = Heard(desk.wishes.generate)
    desk.write("{a|b|c} {d|e|f}", 8)
    assert desk.line == TOO_MANY
    desk.composer.generate()
    assert desk.composer.reason.text == TOO_MANY
    assert not generated.all
    desk.composer.choices.takes.setValue(7)
    assert desk.line == "9 variations × 7 takes = 63 clips · $17.64"
    desk.composer.generate()
    assert [draft.takes for draft in generated.all] == [7]


def test_a_click_right_after_the_last_key_counts_what_is_there(desk: Desk) -> None:
    QTest.keyClicks(desk.composer.prompt.editor, "a {red|blue} boat")
    desk.composer.generate()
    assert desk.composer.variations.batch == Batch(2, 1)


def test_a_batch_is_asked_about_as_a_whole() -> None:
    asked: list[tuple[str, str]] = []

    def ask(question: str, yes: str, then: Callable[[], object]) -> Any:
        asked.append((question, yes))
        then()

    wishes = Wishes()
    heard = Heard(wishes.generate)
    approval = Approval(wishes, ask)
    approval.consider(Draft(Recipe("A {red|blue} boat"), 3))
    assert not asked
    approval.consider(Draft(Recipe(PROMPT), 3))
    assert asked == [
        (
            "3 variations × 3 takes.\nThis costs $2.52: you want to be asked above $2.00. Generate?",
            "Generate · $2.52",
        )
    ]
    assert len(heard.all) == 2


def test_counts_in_words() -> None:
    assert counted(Batch(1, 2)) == "2 takes"
    assert counted(Batch(3, 1)) == "3 variations"
    assert batch("{a|a|b}", (), 2) == Batch(2, 2)


def test_a_long_prompt_is_followed_quickly(desk: Desk) -> None:
    long = "word " * 1000 + "{a|b|c|d} {e|f|g|h} {i|j|k|l}"
    desk.write(long)
    times = []
    for n in range(9):
        start = time.perf_counter()
        desk.composer.variations.follow(long + "x" * n, (), 1, Preferences().price(Recipe("").model))
        times.append(time.perf_counter() - start)
    assert sorted(times)[4] < 0.002
    desk.composer.variations.flush()
