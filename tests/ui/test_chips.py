"""Chips: marks become one character each and come back as marks, in any document."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QRectF
from PySide6.QtGui import QColor, QImage, QPainter, QTextBlockFormat, QTextCursor, QTextDocument
from PySide6.QtWidgets import QApplication

from seedance_desktop.domain.mentions import Mention
from seedance_desktop.domain.recipe import Recipe, Reference
from seedance_desktop.ui import chips, theme
from seedance_desktop.ui.chips import Chips
from seedance_desktop.ui.stage.recipe import PromptText

MARA, TOWER = Mention("aa", "Mara"), Mention("bb", "Tower")
IMAGES = [("aa", "Mara"), ("bb", "Tower")]


@pytest.fixture(autouse=True)
def dressed(qapp: QApplication) -> None:
    theme.apply(qapp, "dark")


def document(prompt: str, *images: tuple[str, str]) -> tuple[QTextDocument, Chips]:
    made = QTextDocument()
    drawn = Chips(made)
    drawn.set_images(images)
    chips.show(made, prompt, 20.0, QTextBlockFormat.LineHeightTypes.MinimumHeight)
    return made, drawn


def drawn(document_: QTextDocument) -> QImage:
    image = QImage(400, 60, QImage.Format.Format_RGB32)
    image.fill(theme.color("field"))
    painter = QPainter(image)
    document_.drawContents(painter, QRectF(0, 0, 400, 60))
    painter.end()
    return image


@pytest.mark.parametrize(
    "prompt",
    [
        "",
        "no chip\nbut two lines",
        f"{MARA} climbs 🌧 to {TOWER}.\n{MARA}{MARA}",
        f"雨夜，{TOWER}走过",
    ],
)
def test_a_prompt_comes_back_as_it_went_in(prompt: str) -> None:
    made, _ = document(prompt, *IMAGES)
    assert chips.read(chips.whole(made)) == prompt


def test_a_chip_is_one_character_in_one_place() -> None:
    made, _ = document(f"🌧 {MARA} and {TOWER}", *IMAGES)
    assert chips.found(made) == [(3, MARA), (9, TOWER)]
    assert made.toPlainText() == f"🌧 {chips.OBJECT} and {chips.OBJECT}"


def test_a_part_is_read_with_its_chips_only() -> None:
    made, _ = document(f"{MARA} and {TOWER} here", *IMAGES)
    cursor = QTextCursor(made)
    cursor.setPosition(2)
    cursor.setPosition(9, QTextCursor.MoveMode.KeepAnchor)
    assert chips.read(cursor) == f"and {TOWER} h"


def test_strays_in_a_text_are_no_chips() -> None:
    made, _ = document("a\ue000b\ufffcc")
    assert (chips.read(chips.whole(made)), chips.found(made)) == ("abc", [])
    QTextCursor(made).insertText("x\ufffc\ue001")
    assert chips.read(chips.whole(made)) == "xabc"


def test_numbers_follow_the_images_and_words_the_language() -> None:
    made, english = document(f"{MARA} climbs", *IMAGES)
    assert (english.number(MARA), english.word(MARA), english.told(MARA)) == (1, "Image 1", "Image 1")
    english.set_images(list(reversed(IMAGES)))
    assert (english.word(MARA), english.spoken(MARA)) == ("Image 2", "Image 2 Mara")
    _, chinese = document(f"{MARA}走上灯塔", *IMAGES)
    assert (chinese.word(MARA), chinese.spoken(MARA)) == ("图片1", "图片1 Mara")
    assert made.toPlainText() == f"{chips.OBJECT} climbs"


def test_a_chip_without_its_image_is_missing_unless_it_is_on_its_way() -> None:
    _, marked = document(f"{MARA} climbs", ("bb", "Tower"))
    assert marked.is_missing(MARA)
    assert marked.told(MARA) == "Mara is not among the references"
    marked.awaited.add("aa")
    assert not marked.is_missing(MARA)
    marked.give_up_waiting()
    assert marked.is_missing(MARA)


def test_a_chip_wears_the_new_name_of_its_image() -> None:
    made, named = document(f"{MARA} climbs", *IMAGES)
    made.setTextWidth(400)
    before = made.idealWidth()
    named.set_images([("aa", "Mara in the yellow coat"), ("bb", "Tower")])
    assert named.name(MARA) == "Mara in the yellow coat"
    assert made.idealWidth() > before + 60


@pytest.mark.parametrize(("images", "ink"), [(IMAGES, "accent-tint"), ([], "danger-tint")])
@pytest.mark.parametrize("look", ["dark", "light"])
def test_a_chip_is_drawn_in_its_tone(qapp: QApplication, images: list[tuple[str, str]], ink: str, look: str) -> None:
    theme.apply(qapp, look)
    made, _ = document(f"{MARA}", *images)
    made.setDocumentMargin(0)
    picture = drawn(made)
    colours = {QColor(picture.pixel(QPoint(x, y))).name() for x in range(60) for y in range(20)}
    assert theme.color(ink).name() in colours
    theme.apply(qapp, "dark")


def test_a_long_name_stays_inside_the_line() -> None:
    made, _ = document(f"{Mention('aa', 'x')}", ("aa", "A very long name of an image " * 5))
    made.setDocumentMargin(0)
    made.setTextWidth(120)
    assert made.size().width() <= 120
    drawn(made)


def test_the_prompt_of_a_clip_names_its_images(qapp: QApplication) -> None:
    shown = PromptText()
    references = (Reference("Mara", "aa", ".jpg"), Reference("Tower", "bb", ".png"))
    shown.show_recipe(Recipe("Image 1 climbs Image 2, Image 3 stays words", references))
    assert shown.text == f"{MARA} climbs {TOWER}, Image 3 stays words"
    assert shown.accessibleDescription() == "Image 1 Mara climbs Image 2 Tower , Image 3 stays words"
    shown.selectAll()
    assert shown.createMimeDataFromSelection().text() == "Image 1 climbs Image 2, Image 3 stays words"
    assert shown.textCursor().hasSelection()
    shown.show_recipe(Recipe("Image 1 climbs Image 2, Image 3 stays words", references))
    assert shown.textCursor().hasSelection(), "the same clip again leaves the selection alone"
    shown.show_recipe(Recipe("nobody"))
    assert (shown.text, shown.accessibleDescription()) == ("nobody", "")
