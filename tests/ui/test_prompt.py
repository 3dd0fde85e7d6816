"""The prompt editor in the composer: naming images by typing, pasting, dragging and through an input method."""

from __future__ import annotations

import warnings
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import (
    QAccessible,
    QDragEnterEvent,
    QDropEvent,
    QGuiApplication,
    QHelpEvent,
    QInputMethodEvent,
    QTextCursor,
)
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolTip
from pytestqt.qtbot import QtBot

from seedance_desktop.domain.kept_images import KeptImage
from seedance_desktop.domain.mentions import Mention
from seedance_desktop.domain.recipe import Draft, Recipe, Reference
from seedance_desktop.ui import accessible, chips, theme
from seedance_desktop.ui.chip_text import MIME
from seedance_desktop.ui.composer import Composer
from seedance_desktop.ui.composer.mention_popup import Choice, MentionPopup
from seedance_desktop.ui.composer.prompt_edit import PromptEdit
from seedance_desktop.ui.composer.thumb import Thumb
from seedance_desktop.ui.wishes import Wishes

pytestmark = pytest.mark.qt_log_ignore("does not support propagateSizeHints", extend=True)  # offscreen says it

MARA = Reference("Mara", "aa", ".jpg", "", 900, 1200)
TOWER = Reference("Tower", "bb", ".png", "", 1000, 1000)
KEPT = [
    KeptImage("aa", ".jpg", "Mara", 900, 1200, 3),
    KeptImage("cc", ".jpg", "Dusk", 1920, 1080, 2, ("sea",)),
    KeptImage("dd", ".jpg", "Cabin", 1920, 1080, 1),
]


def mark(one: Reference) -> str:
    return str(Mention(one.key, one.name))


class Desk:
    """A composer on screen with the keyboard in its prompt."""

    def __init__(self, qtbot: QtBot) -> None:
        self.wishes = Wishes()
        self.composer = Composer(self.wishes)
        self.prompt = self.composer.prompt
        self.editor: PromptEdit = self.prompt.editor
        self.used: list[list[str]] = []
        self.generated: list[Draft] = []
        self.wishes.use_images.connect(self.used.append)
        self.wishes.generate.connect(self.generated.append)
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

    def press(self, *keys: Qt.Key) -> None:
        for key in keys:
            QTest.keyClick(self.editor, key)

    def compose(self, preedit: str, commit: str = "") -> None:
        event = QInputMethodEvent(preedit, [])
        if commit:
            event.setCommitString(commit)
        QApplication.sendEvent(self.editor, event)

    @property
    def popup(self) -> MentionPopup | None:
        return self.prompt.mentioning.popup

    @property
    def offered(self) -> list[str]:
        """What the list holds, as a screen reader says it."""
        if self.popup is None:
            return []
        items = (self.popup.list.item(row) for row in range(self.popup.list.count()))
        choices: list[Choice] = [item.data(Qt.ItemDataRole.UserRole) for item in items]
        return [choice.spoken for choice in choices]


@pytest.fixture
def desk(qtbot: QtBot, qapp: QApplication) -> Desk:
    theme.apply(qapp, "dark")
    return Desk(qtbot)


# naming by typing


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab])
def test_a_sign_and_a_key_name_an_image(desk: Desk, key: Qt.Key) -> None:
    desk.have(MARA, TOWER)
    desk.type("the @")
    assert desk.offered == ["Image 1 Mara", "Image 2 Tower"]
    assert desk.editor.hasFocus()
    desk.press(Qt.Key.Key_Down, key)
    assert (desk.prompt.text, desk.offered) == (f"the {mark(TOWER)}", [])
    desk.type(" at night")
    assert desk.prompt.text == f"the {mark(TOWER)} at night"
    assert desk.editor.hasFocus()


def test_letters_behind_the_sign_choose_among_the_images(desk: Desk) -> None:
    desk.have(MARA, TOWER)
    desk.composer.set_images(KEPT, Path("/library"))
    desk.type("@")
    assert desk.offered == ["Image 1 Mara", "Image 2 Tower", "Library Dusk", "Library Cabin"]
    desk.type("SE")
    assert desk.offered == ["Library Dusk"], "by a tag"
    desk.press(Qt.Key.Key_Backspace, Qt.Key.Key_Backspace)
    desk.type("tow")
    desk.press(Qt.Key.Key_Return)
    assert desk.prompt.text == mark(TOWER)


def test_what_nothing_is_called_stays_text_and_the_keys_are_the_texts(desk: Desk) -> None:
    desk.have(MARA)
    desk.type("@zz")
    assert desk.offered == []
    desk.press(Qt.Key.Key_Return)
    assert desk.prompt.text == "@zz\n"


def test_escape_and_a_cursor_elsewhere_close_the_list(desk: Desk) -> None:
    desk.have(MARA)
    desk.type("a @")
    desk.press(Qt.Key.Key_Escape)
    assert (desk.offered, desk.prompt.text) == ([], "a @")
    desk.type("m")
    assert desk.offered == []
    desk.type(" @")
    desk.press(Qt.Key.Key_Home)
    assert desk.offered == []
    desk.press(Qt.Key.Key_End)
    desk.type(" @")
    desk.composer.project.setFocus()
    assert desk.offered == []


def test_an_address_is_no_name(desk: Desk) -> None:
    desk.have(MARA)
    desk.type("me@home")
    assert (desk.offered, desk.prompt.text) == ([], "me@home")


def test_the_mouse_chooses_without_taking_the_focus(desk: Desk) -> None:
    desk.have(MARA, TOWER)
    desk.type("@")
    assert desk.popup is not None
    row = desk.popup.list.visualItemRect(desk.popup.list.item(1)).center()
    QTest.mouseClick(desk.popup.list.viewport(), Qt.MouseButton.LeftButton, pos=row)
    assert desk.prompt.text == mark(TOWER)
    assert desk.editor.hasFocus()


def test_nothing_to_name_offers_to_add_an_image(desk: Desk) -> None:
    asked: list[bool] = []
    desk.prompt.mentioning.adding.disconnect()
    desk.prompt.mentioning.adding.connect(lambda: asked.append(True))
    desk.type("by @")
    assert desk.offered == ["Add reference image"]
    desk.press(Qt.Key.Key_Return)
    assert (asked, desk.prompt.text) == ([True], "by ")


def test_an_image_of_the_library_is_named_at_once_and_comes_into_the_strip(desk: Desk) -> None:
    desk.composer.set_images(KEPT, Path("/library"))
    desk.type("@dusk")
    desk.press(Qt.Key.Key_Return)
    assert desk.used == [["cc"]]
    dusk = KEPT[1].reference
    assert desk.prompt.text == mark(dusk)
    assert not desk.editor.chips.is_missing(Mention("cc", "Dusk")), "it is on its way"
    desk.have(dusk)
    assert desk.editor.chips.word(Mention("cc", "Dusk")) == "Image 1"
    desk.composer.undo()
    assert (desk.composer.draft().recipe.references, desk.prompt.text) == ((), "@dusk"), "one step, image and chip"


def test_an_image_of_the_library_that_does_not_come_is_missing(desk: Desk) -> None:
    desk.composer.set_images(KEPT, Path("/library"))
    desk.type("@dusk")
    desk.press(Qt.Key.Key_Return)
    desk.composer.images_refused(["Dusk is damaged"])
    assert desk.editor.chips.is_missing(Mention("cc", "Dusk"))


def test_with_nine_images_the_library_is_not_offered(desk: Desk) -> None:
    desk.have(*(replace(TOWER, name=f"t{n}", hash=f"t{n}") for n in range(9)))
    desk.composer.set_images(KEPT, Path("/library"))
    desk.type("@")
    assert len(desk.offered) == 9


# input methods


def test_the_wide_sign_of_an_input_method_opens_the_list_too(desk: Desk) -> None:
    desk.have(MARA)
    desk.compose("", "雨夜里＠")
    assert desk.offered == ["Image 1 Mara"]
    desk.press(Qt.Key.Key_Return)
    assert desk.prompt.text == f"雨夜里{mark(MARA)}"
    assert desk.editor.chips.told(Mention("aa", "Mara")) == "图片1"


def test_keys_are_the_input_methods_while_it_composes(desk: Desk) -> None:
    desk.have(MARA, replace(TOWER, name="灯塔"))
    desk.type("@")
    desk.compose("deng")
    desk.press(Qt.Key.Key_Down)
    QTest.keyClick(desk.editor, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert (desk.prompt.text, len(desk.offered)) == ("@", 2)
    desk.compose("", "灯")
    assert desk.offered == ["Image 2 灯塔"]
    desk.press(Qt.Key.Key_Return)
    assert desk.prompt.text == str(Mention("bb", "灯塔"))


# clicks and drags from the strip


def test_a_click_in_the_strip_names_where_the_cursor_is(desk: Desk) -> None:
    desk.have(MARA)
    desk.type("by ")
    desk.composer.project.setFocus()
    desk.composer.strip.mentioned.emit(MARA)
    assert desk.prompt.text == f"by {mark(MARA)}"
    assert desk.editor.hasFocus()


def test_a_thumbnail_that_is_let_go_over_the_text_is_named_there(desk: Desk) -> None:
    desk.have(MARA)
    desk.type("one two")
    place = QTextCursor(desk.editor.document())
    place.setPosition(3)
    point = desk.editor.viewport().mapToGlobal(desk.editor.cursorRect(place).center())
    desk.composer.strip.let_go.emit(MARA, point)
    assert desk.prompt.text == f"one{mark(MARA)} two"
    desk.composer.strip.let_go.emit(MARA, desk.composer.mapToGlobal(QPoint(5, 5)))
    assert desk.prompt.text == f"one{mark(MARA)} two", "beside the prompt it is nothing"


def test_the_mouse_drags_a_thumbnail_into_the_text(desk: Desk) -> None:
    desk.have(MARA, TOWER)
    desk.composer.put_prompt("one two")
    strip = desk.composer.strip.list
    grip = strip.mapFromGlobal(strip.findChildren(Thumb)[1].mapToGlobal(QPoint(10, 10)))
    place = QTextCursor(desk.editor.document())
    place.setPosition(7)
    aim = strip.mapFromGlobal(desk.editor.viewport().mapToGlobal(desk.editor.cursorRect(place).center()))
    QTest.mousePress(strip, Qt.MouseButton.LeftButton, pos=grip)
    QTest.mouseMove(strip, grip - QPoint(0, 30))
    QTest.mouseMove(strip, aim)
    QTest.mouseRelease(strip, Qt.MouseButton.LeftButton, pos=aim)
    assert desk.prompt.text == f"one two{mark(TOWER)}"
    assert [one.name for one in desk.composer.draft().recipe.references] == ["Mara", "Tower"]


# a chip as a character


def test_keys_step_over_a_chip_and_delete_it_whole(desk: Desk) -> None:
    desk.have(MARA)
    desk.composer.put_prompt(f"a{mark(MARA)}b")
    desk.press(Qt.Key.Key_Left)
    assert desk.prompt.cursor_at == (2, 2)
    desk.press(Qt.Key.Key_Left)
    assert desk.prompt.cursor_at == (1, 1)
    desk.press(Qt.Key.Key_Delete)
    assert desk.prompt.text == "ab"
    desk.composer.undo()
    desk.press(Qt.Key.Key_End, Qt.Key.Key_Left, Qt.Key.Key_Backspace)
    assert desk.prompt.text == "ab"


def test_letters_typed_behind_a_chip_are_text(desk: Desk) -> None:
    desk.have(MARA)
    desk.prompt.insert_mention(MARA)
    desk.type("x")
    assert chips.mention_of(desk.editor.currentCharFormat()) is None
    cursor = desk.editor.textCursor()
    assert chips.mention_of(cursor.charFormat()) is None


def test_copy_and_paste_keep_chips_inside_and_say_the_wires_word_outside(desk: Desk) -> None:
    desk.have(MARA, TOWER)
    desk.prompt.set_text(f"of {mark(TOWER)}!")
    desk.editor.selectAll()
    desk.editor.cut()
    assert desk.prompt.text == ""
    carried = QGuiApplication.clipboard().mimeData()
    assert (carried.text(), carried.hasFormat(MIME)) == ("of Image 2!", True)
    desk.editor.paste()
    desk.editor.paste()
    assert desk.prompt.text == f"of {mark(TOWER)}!" * 2


def test_a_piece_of_a_chinese_prompt_is_copied_in_chinese(desk: Desk) -> None:
    desk.have(MARA)
    desk.prompt.set_text(f"雨夜里{mark(MARA)}走过")
    cursor = desk.editor.textCursor()
    cursor.setPosition(3)
    cursor.setPosition(4, QTextCursor.MoveMode.KeepAnchor)
    desk.editor.setTextCursor(cursor)
    assert desk.editor.createMimeDataFromSelection().text() == "图片1"


def test_a_piece_of_another_prompt_brings_its_images_from_the_library(desk: Desk) -> None:
    desk.have(TOWER)
    desk.composer.set_images(KEPT, Path("/library"))
    mime = QMimeData()
    mime.setData(MIME, f"{mark(KEPT[1].reference)} by {mark(TOWER)} and {Mention('zz', 'Gone')}".encode())
    mime.setText("as words")
    desk.editor.insertFromMimeData(mime)
    assert desk.used == [["cc"]], "what is here, and what the library has not, is not asked for"
    missing = [one for one in ("bb", "cc", "zz") if desk.editor.chips.is_missing(Mention(one, ""))]
    assert missing == ["zz"]


def test_text_from_elsewhere_makes_no_chips(desk: Desk) -> None:
    mime = QMimeData()
    mime.setText(f"a{mark(MARA)}\ufffcb")
    desk.editor.insertFromMimeData(mime)
    assert desk.prompt.text == "aaaMarab"


def test_text_that_is_dropped_comes_in_where_it_falls(desk: Desk) -> None:
    desk.prompt.set_text("one two")
    place = QTextCursor(desk.editor.document())
    place.setPosition(3)
    point = QPointF(desk.editor.cursorRect(place).center())
    mime = QMimeData()
    mime.setText(" and a half")
    copy, left, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # Qt 6.12 wants a QPointF, which 6.11 refuses
        enter = QDragEnterEvent(point.toPoint(), copy, mime, left, none)
    QApplication.sendEvent(desk.editor.viewport(), enter)
    QApplication.sendEvent(desk.editor.viewport(), QDropEvent(point, copy, mime, left, none))
    assert desk.prompt.text == "one and a half two"


def test_the_tool_tip_of_a_chip_is_its_word_on_the_wire(desk: Desk) -> None:
    desk.have(MARA)
    desk.prompt.set_text(f"{mark(MARA)} climbs")
    place = QTextCursor(desk.editor.document())
    point = desk.editor.cursorRect(place).center() + QPoint(12, 0)
    event = QHelpEvent(QEvent.Type.ToolTip, point, desk.editor.viewport().mapToGlobal(point))
    QApplication.sendEvent(desk.editor.viewport(), event)
    assert QToolTip.text() == "Image 1"
    QToolTip.hideText()


# what is said and sent


def test_numbers_follow_the_strip_and_go_over_the_wire(desk: Desk) -> None:
    desk.have(MARA, TOWER)
    desk.prompt.set_text(f"{mark(MARA)} in {mark(TOWER)}")
    desk.composer.strip.list.move_to(0, 1)
    desk.composer.generate()
    assert [one.recipe.prompt for one in desk.generated] == ["Image 2 in Image 1"]


def test_a_chip_without_its_image_says_so_before_anything_is_sent(desk: Desk, qtbot: QtBot) -> None:
    desk.have(MARA)
    desk.prompt.insert_mention(MARA)
    desk.composer.strip.list.remove(0)
    assert desk.prompt._advice.text() == "Mara has no image"
    desk.composer.generate()
    assert desk.generated == []
    assert "names Mara" in desk.composer.reason.text
    desk.have(MARA)
    assert desk.prompt._advice.text() == "Mara goes out as Image 1"
    desk.composer.generate()
    assert [one.recipe.prompt for one in desk.generated] == ["Image 1"]


def test_the_foot_tells_of_the_sign_where_there_is_something_to_name(desk: Desk, qtbot: QtBot) -> None:
    assert desk.prompt._advice.text() == ""
    desk.have(MARA)
    assert desk.prompt._advice.text() == "@ names an image"
    desk.prompt.insert_mention(MARA)
    desk.type(" climbs")
    qtbot.waitUntil(lambda: desk.prompt._advice.text() == "Mara goes out as Image 1")
    assert desk.prompt._counts.text() == "12 characters · 3 words", "counted as it is sent"
    desk.composer.resize(288, 834)
    qtbot.waitUntil(lambda: desk.prompt._counts.text() == "3 words")
    desk.composer.put_prompt(f"{mark(MARA)}独自走上灯塔")
    assert (desk.prompt._advice.text(), desk.prompt._counts.text()) == ("Mara goes out as 图片1", "9 characters")


def test_a_sent_prompt_comes_back_with_chips(desk: Desk) -> None:
    recipe = Recipe("Image 2 above Image 1, Image 7", (MARA, replace(TOWER, name="Image 1.png")))
    desk.composer.set_draft(Draft(recipe), {})
    again = desk.composer.draft()
    desk.composer.set_draft(again, {})
    named = mark(replace(TOWER, name="Image 1.png"))
    assert desk.prompt.text == f"{named} above {mark(MARA)}, Image 7"
    assert desk.composer.draft() == again


def test_a_renamed_image_is_renamed_in_its_chips_and_in_what_undo_brings_back(desk: Desk) -> None:
    desk.have(MARA)
    desk.prompt.insert_mention(MARA)
    desk.type(" climbs")
    desk.composer.rename_image("aa", "Mara, old")
    assert desk.prompt.text == f"{Mention('aa', 'Mara, old')} climbs"
    desk.composer.undo()
    assert desk.prompt.text == str(Mention("aa", "Mara, old"))
    assert desk.composer.draft().recipe.references[0].name == "Mara, old"


# the spoken interface


def test_a_screen_reader_has_the_words_of_the_chips_in_their_place(desk: Desk, qtbot: QtBot) -> None:
    desk.have(MARA, TOWER)
    spoken = QAccessible.queryAccessibleInterface(desk.editor)
    assert spoken.text(QAccessible.Text.Description) == ""
    desk.composer.put_prompt(f"{mark(MARA)} climbs{mark(TOWER)}")
    assert spoken.text(QAccessible.Text.Name) == "Prompt"
    assert spoken.text(QAccessible.Text.Description) == "Image 1 Mara climbs Image 2 Tower"
    desk.composer.strip.list.move_to(0, 1)
    assert spoken.text(QAccessible.Text.Description) == "Image 2 Mara climbs Image 1 Tower"
    desk.composer.strip.list.remove(0)
    assert spoken.text(QAccessible.Text.Description).endswith("climbs Tower is not among the references")


def test_a_chip_that_is_stepped_over_is_said(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[str] = []
    monkeypatch.setattr(accessible, "say", lambda _widget, sentence: said.append(sentence))
    desk.have(MARA)
    desk.composer.put_prompt(f"a{mark(MARA)}b")
    desk.press(Qt.Key.Key_Left, Qt.Key.Key_Left, Qt.Key.Key_Left)
    assert said == ["Image 1 Mara"]


def test_the_list_says_where_it_is(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[str] = []
    monkeypatch.setattr(accessible, "say", lambda _widget, sentence: said.append(sentence))
    desk.have(MARA, TOWER)
    desk.type("@")
    desk.press(Qt.Key.Key_Down, Qt.Key.Key_Down)
    assert said == ["Image 1 Mara, 1 of 2", "Image 2 Tower, 2 of 2", "Image 1 Mara, 1 of 2"]
    assert desk.popup is not None
    listed = QAccessible.queryAccessibleInterface(desk.popup.list)
    assert listed.role() == QAccessible.Role.List
    assert listed.child(1).text(QAccessible.Text.Name) == "Image 2 Tower"


def test_a_screen_reader_can_write_the_prompt(desk: Desk) -> None:
    desk.have(MARA)
    desk.composer.put_prompt(f"{mark(MARA)} climbs")
    spoken = QAccessible.queryAccessibleInterface(desk.editor)
    spoken.editableTextInterface().replaceText(0, spoken.textInterface().characterCount(), "a lamp turns")
    assert desk.composer.draft().recipe.prompt == "a lamp turns"
    desk.composer.undo()  # Qt takes the old text away in one step and puts the new one in by another
    desk.composer.undo()
    assert desk.composer.draft().recipe.prompt == f"{mark(MARA)} climbs"


# variations and old suffixes


def test_choices_in_braces_are_lit_up_also_behind_emoji_and_chips(desk: Desk) -> None:
    desk.prompt.set_text(f"🌧 {mark(MARA)} at {{sunset|dawn}} and ｛a｜b｝")
    lit = [one.cursor.selectedText() for one in desk.editor.extraSelections()]
    assert lit == ["{sunset|dawn}", "｛a｜b｝"]


def test_old_suffixes_are_pointed_out_and_become_settings(desk: Desk, qtbot: QtBot) -> None:
    desk.type("a lamp --ratio 9:16 --dur 10")
    qtbot.waitUntil(desk.composer.suffixes.isVisible)
    assert [one.cursor.selectedText() for one in desk.editor.extraSelections()] == ["--ratio 9:16", "--dur 10"]
    QTest.mouseClick(desk.composer.suffixes.use, Qt.MouseButton.LeftButton)
    recipe = desk.composer.draft().recipe
    assert (recipe.prompt, recipe.ratio, recipe.duration) == ("a lamp", "9:16", 10)
    assert desk.composer.suffixes.isHidden()
    desk.composer.undo()
    recipe = desk.composer.draft().recipe
    assert (recipe.prompt, recipe.ratio, recipe.duration) == ("a lamp --ratio 9:16 --dur 10", "16:9", 5)
