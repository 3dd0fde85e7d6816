"""Undo over everything in the composer: words, chips, images, settings, in the order in which they were done."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QInputMethodEvent, QKeySequence, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from seedance_desktop.domain.mentions import Mention
from seedance_desktop.domain.recipe import Draft, Recipe, Reference, Use
from seedance_desktop.ui import theme
from seedance_desktop.ui.composer import Composer
from seedance_desktop.ui.composer.history import OTHER, TYPING, History
from seedance_desktop.ui.composer.state import Edit, Snapshot
from seedance_desktop.ui.wishes import Wishes

pytestmark = pytest.mark.qt_log_ignore("does not support propagateSizeHints", extend=True)  # offscreen says it

MARA = Reference("Mara", "aa", ".jpg", "", 900, 1200)
TOWER = Reference("Tower", "bb", ".png", "", 1000, 1000)
NAMED = str(Mention("aa", "Mara"))


class Desk:
    """A composer on screen with the keyboard in its prompt."""

    def __init__(self, qtbot: QtBot) -> None:
        self.wishes = Wishes()
        self.composer = Composer(self.wishes)
        self.editor = self.composer.prompt.editor
        self.kept: list[Draft] = []
        self.wishes.draft_changed.connect(self.kept.append)
        qtbot.addWidget(self.composer)
        self.composer.resize(328, 834)
        self.composer.show()
        self.composer.activateWindow()
        qtbot.waitUntil(self.composer.isActiveWindow)
        self.composer.focus_prompt()

    def have(self, *references: Reference) -> None:
        self.composer.add_references([(reference, b"") for reference in references])

    def type(self, text: str) -> None:
        QTest.keyClicks(self.editor, text)

    @property
    def text(self) -> str:
        return self.composer.prompt.text

    @property
    def names(self) -> list[str]:
        return [one.name for one in self.composer.draft().recipe.references]


@pytest.fixture
def desk(qtbot: QtBot, qapp: QApplication) -> Desk:
    theme.apply(qapp, "dark")
    return Desk(qtbot)


def undo(widget: QWidget | None = None) -> None:
    QTest.keyClick(_target(widget), Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)


def redo(widget: QWidget | None = None) -> None:
    both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    QTest.keyClick(_target(widget), Qt.Key.Key_Z, both)


def _target(widget: QWidget | None) -> QWidget:
    target = widget or QApplication.focusWidget()
    assert target is not None
    return target


def compose(widget: QWidget, preedit: str, commit: str = "") -> None:
    event = QInputMethodEvent(preedit, [])
    if commit:
        event.setCommitString(commit)
    QApplication.sendEvent(widget, event)


def test_typing_goes_word_by_word(desk: Desk) -> None:
    desk.type("rain on the")
    seen = []
    for _ in range(4):
        undo()
        seen.append(desk.text)
    assert seen == ["rain on", "rain", "", ""]
    for _ in range(4):
        redo()
    assert desk.text == "rain on the"


def test_lines_and_erasing_are_steps_of_their_own(desk: Desk) -> None:
    desk.type("ab")
    QTest.keyClick(desk.editor, Qt.Key.Key_Return)
    desk.type("cd")
    for _ in range(2):
        QTest.keyClick(desk.editor, Qt.Key.Key_Backspace)
    seen = [desk.text]
    for _ in range(4):
        undo()
        seen.append(desk.text)
    assert seen == ["ab\n", "ab\ncd", "ab\n", "ab", ""]


def test_the_cursor_comes_back_to_where_it_was(desk: Desk) -> None:
    desk.type("rain falls")
    QTest.keyClick(desk.editor, Qt.Key.Key_Home)
    desk.type("x")
    QTest.keyClick(desk.editor, Qt.Key.Key_End)
    undo()
    assert desk.composer.prompt.cursor_at == (0, 0)
    redo()
    assert desk.composer.prompt.cursor_at == (1, 1)


def test_everything_is_one_order_of_steps(desk: Desk) -> None:
    composer = desk.composer
    before = [composer.draft()]

    def note() -> None:
        before.append(composer.draft())

    desk.type("rain")
    note()
    desk.have(MARA)
    note()
    composer.prompt.insert_mention(MARA)
    note()
    composer.choices.ratio.segment("9:16").click()
    note()
    composer.choices.takes.setValue(3)
    note()
    desk.have(TOWER)
    note()
    composer.use.picker.segment(Use.REFERENCES).click()
    note()
    composer.strip.list.move_to(0, 1)
    note()
    composer.strip.list.remove(1)
    note()
    QTest.keyClicks(composer.project, "Film")
    note()
    QTest.keyClicks(composer.shot, "12B")
    note()
    for draft in reversed(before[:-1]):
        composer.undo()
        assert composer.draft() == draft
    composer.undo()
    assert composer.draft() == before[0]
    for draft in before[1:]:
        composer.redo()
        assert composer.draft() == draft


def test_images_come_back_with_their_pictures(desk: Desk) -> None:
    desk.composer.add_references([(MARA, b"picture of Mara")])
    desk.composer.strip.list.remove(0)
    undo()
    assert desk.composer.strip.snapshot() == [(MARA, b"picture of Mara")]


@pytest.mark.parametrize("place", ["project", "shot", "takes", "strip", "picker", "button"])
def test_the_keys_work_wherever_the_keyboard_is_in_the_composer(desk: Desk, place: str) -> None:
    composer = desk.composer
    fired: list[bool] = []
    shortcut = QShortcut(QKeySequence("Ctrl+Z"), composer)  # as the window's own undo is
    shortcut.activated.connect(lambda: fired.append(True))
    desk.have(MARA)
    desk.type("rain")
    places: dict[str, QWidget] = {
        "project": composer.project,
        "shot": composer.shot,
        "takes": composer.choices.takes,
        "strip": composer.strip.list,
        "picker": composer.choices.ratio.segment("16:9"),
        "button": composer.generate_button,
    }
    places[place].setFocus(Qt.FocusReason.TabFocusReason)
    undo()
    assert (desk.text, fired) == ("", [])
    redo()
    assert desk.text == "rain"


def test_a_field_does_not_undo_by_itself(desk: Desk) -> None:
    QTest.keyClicks(desk.composer.project, "Film")
    desk.composer.focus_prompt()
    desk.type("rain")
    undo(desk.composer.project)
    assert (desk.composer.project.text(), desk.text) == ("Film", "")
    undo(desk.composer.project)
    assert desk.composer.project.text() == ""


def test_nothing_is_recorded_in_the_middle_of_a_composition(desk: Desk) -> None:
    desk.type("ab")
    desk.editor.selectAll()
    compose(desk.editor, "y")  # an input method takes the selection away at its first key
    compose(desk.editor, "yu")
    undo()
    assert desk.text == "", "the key is the input method's"
    compose(desk.editor, "", "雨")
    assert desk.text == "雨"
    undo()
    assert desk.text == "ab"
    redo()
    assert desk.text == "雨"


def test_a_composition_that_comes_to_nothing_can_be_undone_as_well(desk: Desk) -> None:
    desk.type("ab")
    desk.editor.selectAll()
    compose(desk.editor, "y")
    compose(desk.editor, "")
    assert desk.text == ""
    undo()
    assert desk.text == "ab"


@pytest.mark.parametrize("field", ["project", "shot"])
def test_no_key_fires_while_a_field_composes(desk: Desk, field: str) -> None:
    generated: list[Draft] = []
    desk.wishes.generate.connect(generated.append)
    desk.type("rain")
    widget = getattr(desk.composer, field)
    widget.setFocus()
    compose(widget, "deng")
    undo(widget)
    QTest.keyClick(widget, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert (desk.text, generated) == ("rain", [])
    compose(widget, "", "灯")
    undo(widget)
    assert (getattr(desk.composer, field).text(), desk.text) == ("", "rain")


def test_each_composition_is_a_step(desk: Desk) -> None:
    for word in ("雨夜", "里的", "灯塔"):
        compose(desk.editor, "x")
        compose(desk.editor, "", word)
    undo()
    assert desk.text == "雨夜里的"


def test_paste_and_cut_are_steps(desk: Desk) -> None:
    mime = QMimeData()
    mime.setText("a lamp turns")
    desk.editor.insertFromMimeData(mime)
    desk.type("!")
    desk.editor.selectAll()
    desk.editor.cut()
    seen = []
    for _ in range(3):
        undo()
        seen.append(desk.text)
    assert seen == ["a lamp turns!", "a lamp turns", ""]


def test_a_recipe_that_is_used_can_be_taken_back_and_a_draft_that_is_opened_not(desk: Desk, qtbot: QtBot) -> None:
    desk.have(MARA)
    desk.composer.prompt.insert_mention(MARA)
    mine = desk.composer.draft()
    other = Draft(Recipe("Image 1 at dawn", (TOWER,), ratio="1:1"), 2, "Film", "3")
    desk.composer.set_draft(other, {"bb": b"small"}, undoable=True)
    assert desk.text == f"{Mention('bb', 'Tower')} at dawn"
    qtbot.waitUntil(lambda: bool(desk.kept))
    undo()
    assert desk.composer.draft() == mine
    redo()
    assert desk.composer.strip.snapshot() == [(TOWER, b"small")]
    desk.composer.set_draft(Draft(Recipe("new")), {})
    undo()
    assert desk.text == "new"


def test_a_settings_step_is_kept_like_a_change(desk: Desk) -> None:
    desk.composer.choices.ratio.segment("1:1").click()
    desk.composer.flush()
    undo(desk.composer.prompt.editor)
    desk.composer.flush()
    assert [draft.recipe.ratio for draft in desk.kept] == ["1:1", "16:9"]


def test_crop_is_a_step(desk: Desk) -> None:
    desk.have(MARA)
    desk.composer.strip.replace(0, replace(MARA, part=(0.1, 0.1, 0.5, 0.5)))
    undo()
    assert desk.composer.draft().recipe.references == (MARA,)


# the history by itself


class Typed:
    """A history that is fed letters, at a time of our own."""

    def __init__(self) -> None:
        self.now = 0.0
        self.shown = ""
        self.text = ""
        self.history = History(self.state(), self._show, clock=lambda: self.now)

    def state(self) -> Snapshot:
        return Snapshot(Draft(Recipe(self.text)), [])

    def letters(self, text: str) -> None:
        for letter in text:
            self.text += letter
            self.history.record(self.state(), TYPING, Edit(len(self.text) - 1, 0, 1, letter))

    def _show(self, state: Snapshot) -> None:
        self.text = state.draft.recipe.prompt


def test_a_pause_begins_a_new_step(qapp: QApplication) -> None:
    typed = Typed()
    typed.letters("la")
    typed.now += 1.4
    typed.letters("mp")
    typed.now += 1.6
    typed.letters("s")
    typed.history.undo()
    assert typed.text == "lamp"
    typed.history.undo()
    assert typed.text == ""
    assert not typed.history.can_undo


def test_the_same_state_is_no_step(qapp: QApplication) -> None:
    typed = Typed()
    typed.history.record(typed.state(), OTHER)
    assert not typed.history.can_undo


def test_what_is_typed_after_undo_forgets_what_could_be_redone(qapp: QApplication) -> None:
    typed = Typed()
    typed.letters("a b")
    typed.history.undo()
    typed.letters("c")
    assert not typed.history.can_redo
    typed.history.undo()
    assert typed.text == "a", "a letter after undo is a step of its own"


def test_two_hundred_steps_are_kept(qapp: QApplication) -> None:
    typed = Typed()
    typed.letters(" x" * 250)
    steps = 0
    while typed.history.can_undo:
        typed.history.undo()
        steps += 1
    assert steps == 200
