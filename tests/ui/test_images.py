"""The Images side of the library: asking, choosing, naming, tagging, taking in, dragging out, the trash."""

from __future__ import annotations

import json
from array import array
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QModelIndex, QPoint, QPointF, QSize, Qt, QUrl
from PySide6.QtGui import (
    QAccessible,
    QColor,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QGuiApplication,
    QImage,
    QPixmap,
)
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLabel, QLineEdit, QMenu, QWidget
from pytestqt.qtbot import QtBot

from seedance_desktop.domain.kept_images import ImageQuery, ImageSort, KeptImage
from seedance_desktop.domain.recipe import Recipe, Reference
from seedance_desktop.domain.shelf import Query, Show
from seedance_desktop.ui import drags, theme
from seedance_desktop.ui.controls import Button
from seedance_desktop.ui.hearing import fits
from seedance_desktop.ui.landing import Landing
from seedance_desktop.ui.shelf import ClipList, Shelf
from seedance_desktop.ui.tagging import CrossChip
from seedance_desktop.ui.toasts import Toasts
from seedance_desktop.ui.undo import Undo
from seedance_desktop.ui.wishes import Wishes
from tests.ui.test_making_clips import Heard, clip, one_of, waiting

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)  # offscreen does less

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier


def kept(name: str, *tags: str, **fields: Any) -> KeptImage:
    base = KeptImage(name.casefold() * 4, ".png", name, 1920, 1080, 1, tags)
    return replace(base, **fields)


MARA, TOWER, DUSK = kept("Mara", "cast", uses=14), kept("Tower", "coast", "cast", uses=1), kept("Dusk", suffix=".jpg")
ALL = [MARA, TOWER, DUSK]


class Bench:
    """A shelf on its Images side, with three images."""

    def __init__(self, qtbot: QtBot, library: Path, images: list[KeptImage] | None = None) -> None:
        self.qtbot, self.library = qtbot, library
        self.wishes, self.model = Wishes(), ClipList()
        self.asked = Heard(self.wishes.images_wanted)
        self.shelf = Shelf(self.wishes, self.model, library)
        qtbot.addWidget(self.shelf)
        self.pane, self.grid, self.details = self.shelf.images, self.shelf.images.grid, self.shelf.images.details
        self.shelf.resize(384, 834)
        self.shelf.show()
        qtbot.waitExposed(self.shelf)
        self.shelf.head.go_to("images")
        self.pane.set_images(ALL if images is None else images)
        self.pane.set_tags(["cast", "coast", "night"])

    def choose(self, *images: KeptImage) -> None:
        self.grid.choose([image.hash for image in images])

    def key(self, key: Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        QTest.keyClick(self.grid, key, modifier)

    def chosen(self) -> list[str]:
        return [image.name for image in self.grid.selected_images()]

    def button(self, name: str) -> QAbstractButton:
        found = [one for one in self.shelf.findChildren(QAbstractButton) if one.accessibleName() == name]
        return next(one for one in found if one.isVisible())

    def words(self) -> set[str]:
        return {label.text() for label in self.shelf.findChildren(QLabel) if label.isVisible()}


@pytest.fixture
def bench(qtbot: QtBot, tmp_path: Path) -> Bench:
    return Bench(qtbot, tmp_path)


# Asking


def test_it_asks_when_it_is_first_shown_and_not_before(qtbot: QtBot, tmp_path: Path) -> None:
    wishes = Wishes()
    asked = Heard(wishes.images_wanted)
    shelf = Shelf(wishes, ClipList(), tmp_path)
    qtbot.addWidget(shelf)
    shelf.show()
    assert not asked.all
    for side in ("images", "clips", "images"):
        shelf.head.go_to(side)
    assert asked.all == [ImageQuery()]


def test_another_library_is_asked_anew(bench: Bench, tmp_path: Path) -> None:
    bench.shelf.set_library(tmp_path / "other")
    assert bench.asked.all == [ImageQuery(), ImageQuery()]
    bench.choose(MARA)
    assert bench.grid.mime().urls()[0].toLocalFile().startswith(str(tmp_path / "other"))


def test_search_tag_and_order_make_one_question(bench: Bench) -> None:
    filters = bench.pane.filters
    with bench.qtbot.waitSignal(bench.wishes.images_wanted):
        QTest.keyClicks(filters.search, " mara ")
    menu = QMenu(bench.shelf)
    filters.fill_tags(menu)
    next(action for action in menu.actions() if action.text() == "coast").trigger()
    filters.sort.setCurrentIndex(filters.sort.findData(ImageSort.MOST_USED))
    filters.sort.activated.emit(filters.sort.currentIndex())
    assert bench.asked.all[1:] == [
        ImageQuery("mara"),
        ImageQuery("mara", "coast"),
        ImageQuery("mara", "coast", ImageSort.MOST_USED),
    ]
    assert filters.tag.isChecked()


def test_a_tag_with_an_ampersand_is_shown_as_it_is(bench: Bench) -> None:
    bench.pane.set_tags(["day & night"])
    menu = QMenu(bench.shelf)
    bench.pane.filters.fill_tags(menu)
    action = menu.actions()[1]
    assert action.text() == "day && night"
    action.trigger()
    assert bench.asked.all[-1] == ImageQuery(tag="day & night")


def test_nothing_found_offers_to_clear_the_search(bench: Bench) -> None:
    bench.pane.filters.show_tag("night")
    bench.pane.filters.search.setText("zebra")
    bench.pane.filters.ask()
    bench.pane.set_images([])
    assert "No image matches" in bench.words()
    next(one for one in bench.shelf.findChildren(Button) if one.text() == "Clear search" and one.isVisible()).click()
    assert bench.asked.all[-1] == ImageQuery()
    assert bench.pane.filters.search.text() == ""


def test_without_images_it_says_how_they_come(qtbot: QtBot, tmp_path: Path) -> None:
    bench = Bench(qtbot, tmp_path, [])
    assert "Every image that you use is kept here. Drop images or folders." in bench.words()
    assert bench.button("Add images…").isVisible()
    assert not bench.details.isVisible()


# The head


def test_the_tabs_are_radio_buttons_with_counts(bench: Bench) -> None:
    bench.shelf.set_counts(38)
    tabs = bench.shelf.head.tabs
    told = [QAccessible.queryAccessibleInterface(tab) for tab in tabs.values()]
    assert [one.role() for one in told] == [QAccessible.Role.RadioButton] * 2
    assert [one.text(QAccessible.Text.Name) for one in told] == ["Clips", "Images"]
    assert [one.text(QAccessible.Text.Description) for one in told] == ["38", "3"]


def test_arrows_move_between_the_tabs_and_tab_comes_to_the_chosen_one(bench: Bench) -> None:
    tabs = bench.shelf.head.tabs
    tabs["images"].setFocus()
    QTest.keyClick(tabs["images"], Key.Key_Left)
    assert bench.shelf.head.side == "clips"
    assert bench.shelf.grid.isVisibleTo(bench.shelf) or not bench.model.rowCount()
    assert not bench.pane.isVisible()
    assert [tab.focusPolicy() for tab in tabs.values()] == [Qt.FocusPolicy.TabFocus, Qt.FocusPolicy.NoFocus]


def test_a_search_does_not_change_how_many_there_are(bench: Bench) -> None:
    bench.pane.filters.search.setText("dusk")
    bench.pane.filters.ask()
    bench.pane.set_images([DUSK])
    assert bench.shelf.head.tabs["images"].count == 3
    assert "1 of 3 images" in bench.words()


def test_find_goes_to_the_search_of_the_side_that_is_shown(bench: Bench) -> None:
    bench.shelf.activateWindow()
    bench.shelf.focus_search()
    assert bench.shelf.focusWidget() is bench.pane.filters.search
    bench.shelf.head.go_to("clips")
    bench.shelf.focus_search()
    assert bench.shelf.focusWidget() is bench.shelf.filters.search


def test_what_is_in_the_making_stays_in_sight(bench: Bench) -> None:
    bench.shelf.making.set_clips([waiting(), waiting()])
    assert bench.shelf.making.isVisible()
    assert bench.shelf.making.maximumHeight() < int(bench.shelf.height() * 0.4)


# Cards


@pytest.mark.parametrize("choice", ["dark", "light"])
def test_a_card_shows_the_picture_in_its_shape_on_near_black(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path, choice: str
) -> None:
    theme.apply(qapp, choice)
    red = QImage(90, 160, QImage.Format.Format_RGB32)
    red.fill(QColor("#ff0000"))
    (tmp_path / "posters").mkdir()
    assert red.save(str(tmp_path / MARA.poster), "PNG")  # type: ignore[call-overload]
    bench = Bench(qtbot, tmp_path)
    qtbot.waitUntil(lambda: _pixel(bench, 0, 0).name() == "#ff0000")
    assert _pixel(bench, 0, -45) == theme.color("viewer")
    assert _pixel(bench, 1, 0) == theme.color("viewer")  # nothing is drawn that isn't there


def test_an_item_is_called_by_name_size_tags_and_uses(bench: Bench) -> None:
    told = QAccessible.queryAccessibleInterface(bench.grid)
    names = [told.child(row).text(QAccessible.Text.Name) for row in range(3)]
    assert told.text(QAccessible.Text.Name) == "Images"
    assert names == [
        "Mara, 1920 × 1080, tags cast, Used in 14 clips",
        "Tower, 1920 × 1080, tags coast, cast, Used in 1 clip",
        "Dusk, 1920 × 1080, Not used yet",
    ]


def test_every_control_has_a_name(bench: Bench) -> None:
    bench.choose(MARA)
    bench.button("Add tag").click()
    controls: list[QWidget] = [*bench.shelf.findChildren(QAbstractButton), *bench.shelf.findChildren(QLineEdit)]
    controls += bench.shelf.findChildren(QComboBox)
    told = [QAccessible.queryAccessibleInterface(one) for one in controls if one.isVisible()]
    unnamed = [one.object() for one in told if not one.text(QAccessible.Text.Name)]
    assert not unnamed


def test_only_what_is_in_sight_is_read(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    bench = Bench(qtbot, tmp_path, [])
    read: set[str] = set()

    def get(file: Path, _size: QSize, _ratio: float) -> QPixmap | None:
        read.add(file.name)
        return None

    monkeypatch.setattr(bench.grid.posters, "get", get)
    bench.pane.set_images([kept(f"I{number}") for number in range(2000)])
    bench.qtbot.waitUntil(lambda: bool(read))
    bench.grid.grab()
    assert len(read) < 40
    bench.key(Key.Key_A, CTRL)
    assert "2000 of 2000 chosen" in bench.words()


@pytest.mark.parametrize(("width", "across"), [(264, 2), (384, 3), (592, 4)])
def test_as_many_cards_side_by_side_as_fit(qtbot: QtBot, tmp_path: Path, width: int, across: int) -> None:
    bench = Bench(qtbot, tmp_path, [kept(f"I{number}") for number in range(8)])
    bench.shelf.resize(width, 834)
    model = bench.pane.model
    bench.qtbot.waitUntil(lambda: sum(bench.grid.visualRect(model.index(row)).top() < 50 for row in range(8)) == across)
    assert not bench.grid.horizontalScrollBar().maximum()


# Choosing and using


def test_enter_and_a_double_click_add_to_the_draft_in_order(bench: Bench) -> None:
    used = Heard(bench.wishes.use_images)
    bench.choose(DUSK, MARA)
    bench.key(Key.Key_Return)
    bench.button("Add to draft").click()
    bench.choose(TOWER)
    at = bench.grid.visualRect(bench.pane.model.index(1)).center()
    QTest.mouseDClick(bench.grid.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert used.all == [[MARA.hash, DUSK.hash], [MARA.hash, DUSK.hash], [TOWER.hash]]


def test_the_second_click_of_two_meets_the_card_and_not_what_comes_up_below(bench: Bench) -> None:
    at = bench.grid.visualRect(bench.pane.model.index(0)).center()
    QTest.mouseClick(bench.grid.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert not bench.details.isVisible()
    bench.qtbot.waitUntil(bench.details.isVisible)
    assert bench.details.name.text() == "Mara"
    QTest.mouseClick(bench.grid.viewport(), Qt.MouseButton.LeftButton, pos=at + QPoint(130, 0))
    assert bench.details.name.text() == "Tower"  # what is there already follows at once


def test_the_chosen_card_stays_in_sight_when_its_details_come(qtbot: QtBot, tmp_path: Path) -> None:
    bench = Bench(qtbot, tmp_path, [kept(f"I{number}") for number in range(60)])
    low = bench.grid.indexAt(QPoint(20, bench.grid.viewport().height() - 30))
    bench.choose(kept(f"I{low.row()}"))
    qtbot.waitUntil(lambda: bench.grid.visualRect(low).bottom() <= bench.grid.viewport().height())
    assert bench.details.isVisible()


def test_letters_find_a_name_and_judge_nothing(bench: Bench) -> None:
    judged = Heard(bench.wishes.judge, bench.wishes.trash)
    bench.grid.setCurrentIndex(bench.pane.model.index(0))
    QTest.keyClicks(bench.grid, "du")
    assert bench.chosen() == ["Dusk"]
    assert not judged.all


def test_what_is_chosen_stays_chosen_when_others_come(bench: Bench) -> None:
    bench.choose(MARA, DUSK)
    bench.pane.set_images([kept("New"), *ALL])
    assert bench.chosen() == ["Mara", "Dusk"]
    bench.pane.set_images([DUSK, TOWER, MARA])  # another order
    assert bench.chosen() == ["Dusk", "Mara"]


def test_news_of_an_image_shows_at_once(bench: Bench) -> None:
    bench.choose(TOWER)
    bench.pane.set_images([MARA, replace(TOWER, name="Lighthouse", uses=2), DUSK])
    assert bench.details.name.text() == "Lighthouse"
    assert bench.button("Used in 2 clips").isEnabled()
    assert bench.pane.model.data(bench.pane.model.index(1)) == "Lighthouse"


# Names


def test_f2_renames_in_place(bench: Bench) -> None:
    named = Heard(bench.wishes.name_image)
    bench.choose(DUSK)
    bench.key(Key.Key_F2)
    editor = one_of(QLineEdit, bench.grid.viewport())
    assert editor.selectedText() == "Dusk"
    QTest.keyClicks(editor, " Blue  hour ")
    with bench.qtbot.waitSignal(bench.wishes.name_image):
        QTest.keyClick(editor, Key.Key_Return)
    assert named.all == [(DUSK.hash, "Blue hour")]


@pytest.mark.parametrize(("typed", "end"), [("Other", Key.Key_Escape), (" ", Key.Key_Return), ("Dusk", Key.Key_Return)])
def test_no_new_name_is_no_wish(bench: Bench, typed: str, end: Key) -> None:
    named = Heard(bench.wishes.name_image, bench.wishes.use_images)
    bench.choose(DUSK)
    bench.key(Key.Key_F2)
    editor = one_of(QLineEdit, bench.grid.viewport())
    QTest.keyClicks(editor, typed)
    with bench.qtbot.waitSignal(editor.destroyed):
        QTest.keyClick(editor, end)
    assert not named.all


def test_the_name_is_edited_below_too(bench: Bench) -> None:
    named = Heard(bench.wishes.name_image)
    bench.shelf.activateWindow()
    bench.choose(MARA)
    field = bench.details.name
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, "Mar")
    bench.pane.set_images([replace(MARA, uses=15), TOWER, DUSK])  # what is being typed stays
    QTest.keyClicks(field, "a, old")
    QTest.keyClick(field, Key.Key_Return)
    field.clearFocus()
    assert named.all == [(MARA.hash, "Mara, old")]
    field.setFocus()
    QTest.keyClicks(field, "x")
    QTest.keyClick(field, Key.Key_Escape)
    assert field.text() == "Mara"


# Tags


def test_a_tag_is_added_to_all_that_are_chosen_and_keeps_their_others(bench: Bench) -> None:
    tagged = Heard(bench.wishes.tag_images)
    bench.choose(*ALL)
    _type_tag(bench, "night")
    assert sorted(tagged.all) == sorted(
        [
            ([MARA.hash], ["cast", "night"]),
            ([TOWER.hash], ["coast", "cast", "night"]),
            ([DUSK.hash], ["night"]),
        ]
    )


def test_images_whose_tags_come_out_the_same_are_one_wish(bench: Bench) -> None:
    tagged = Heard(bench.wishes.tag_images)
    bench.choose(MARA, TOWER)
    assert [chip.text() for chip in bench.details.findChildren(CrossChip)] == ["cast"]
    chip = one_of(CrossChip, bench.details)
    QTest.keyClick(chip, Key.Key_Delete)
    assert tagged.all == [([MARA.hash], []), ([TOWER.hash], ["coast"])]


def test_a_tag_that_is_known_is_spelled_as_it_is_known(bench: Bench) -> None:
    tagged = Heard(bench.wishes.tag_images)
    bench.choose(DUSK)
    _type_tag(bench, "COAST")
    _type_tag(bench, "夜，", key=None)
    assert tagged.all == [([DUSK.hash], ["coast"]), ([DUSK.hash], ["夜"])]


def test_tags_are_completed(bench: Bench) -> None:
    bench.choose(TOWER)
    completer = bench.details.tags.field.completer()
    assert completer is not None
    model = completer.model()
    assert model is not None
    assert [model.data(model.index(row, 0)) for row in range(model.rowCount())] == ["night"]


def test_a_completed_tag_is_added_once(bench: Bench) -> None:
    tagged = Heard(bench.wishes.tag_images)
    bench.shelf.activateWindow()
    bench.choose(MARA)
    bench.button("Add tag").click()
    field = bench.details.tags.field
    QTest.keyClicks(field, "ig")
    popup = field.completer().popup()
    assert popup is not None
    bench.qtbot.waitUntil(popup.isVisible)
    QTest.keyClick(popup, Key.Key_Down)
    with bench.qtbot.waitSignal(bench.wishes.tag_images):
        QTest.keyClick(popup, Key.Key_Return)
    bench.grid.setFocus()
    assert tagged.all == [([MARA.hash], ["cast", "night"])]
    assert field.text() == ""


def test_a_click_on_the_words_of_a_tag_does_not_lose_it(bench: Bench) -> None:
    tagged = Heard(bench.wishes.tag_images)
    bench.choose(MARA)
    chip = one_of(CrossChip, bench.details)
    QTest.mouseClick(chip, Qt.MouseButton.LeftButton, pos=QPoint(8, 11))
    assert not tagged.all
    QTest.mouseClick(chip, Qt.MouseButton.LeftButton, pos=QPoint(chip.width() - 8, 11))
    assert tagged.all == [([MARA.hash], [])]


def test_tab_goes_through_what_is_known_of_an_image_in_the_order_of_sight(bench: Bench) -> None:
    bench.shelf.activateWindow()
    bench.choose(TOWER)
    bench.details.name.setFocus()
    seen = []
    for _ in range(6):
        focus = bench.shelf.focusWidget()
        assert focus is not None
        seen.append(focus.accessibleName())
        QTest.keyClick(focus, Key.Key_Tab)
    assert seen[:4] == ["Name of the image", "Remove tag coast", "Remove tag cast", "Add tag"]
    assert seen[4:] == ["Add to draft", "Used in 1 clip"]


def test_escape_gives_the_new_tag_up(bench: Bench) -> None:
    tagged = Heard(bench.wishes.tag_images)
    bench.choose(MARA)
    bench.button("Add tag").click()
    QTest.keyClicks(bench.details.tags.field, "nig")
    QTest.keyClick(bench.details.tags.field, Key.Key_Escape)
    assert not tagged.all
    assert bench.button("Add tag").isVisible()


# To the clips made with an image


def test_used_in_leads_to_the_clips_with_a_filter_that_can_be_taken_away(bench: Bench) -> None:
    asked = Heard(bench.wishes.query_changed)
    bench.shelf.filters.shows.segment(Show.PICKS).click()
    bench.choose(MARA)
    bench.button("Used in 14 clips").click()
    assert bench.shelf.head.side == "clips"
    assert asked.all[-1] == Query(image=MARA.hash)
    chip = bench.shelf.filters.image
    assert chip.isVisible()
    assert chip.text() == "made with Mara"
    bench.shelf.set_counts(14)
    assert bench.shelf.total == 0  # a part is not the whole
    chip.click()
    assert asked.all[-1] == Query(stacked=True)
    assert not chip.isVisible()


def test_an_image_that_is_not_used_leads_nowhere(bench: Bench) -> None:
    bench.choose(DUSK)
    assert not bench.button("Not used yet").isEnabled()


def test_a_new_clip_stands_where_its_image_is_asked_for() -> None:
    made = clip(recipe=Recipe("x", (Reference("Mara", MARA.hash),)))
    assert fits(made, Query(image=MARA.hash))
    assert not fits(made, Query(image=TOWER.hash))
    assert not fits(clip(), Query(image=MARA.hash))
    assert fits(made, Query())


# In and out


def test_dragging_carries_hashes_for_us_and_files_for_others(bench: Bench) -> None:
    bench.choose(MARA, DUSK)
    mime = bench.grid.mime()
    assert json.loads(bytes(mime.data("application/x-seedance-images").data())) == [MARA.hash, DUSK.hash]
    assert drags.images(mime) == [MARA.hash, DUSK.hash]
    files = [bench.library / "references" / name for name in (f"{MARA.hash}.png", f"{DUSK.hash}.jpg")]
    assert [url.toLocalFile() for url in mime.urls()] == [str(file) for file in files]


@pytest.mark.parametrize("place", ["pane", "search"])
def test_what_is_dropped_goes_into_the_library_only(bench: Bench, tmp_path: Path, place: str) -> None:
    kept_, added = Heard(bench.wishes.keep_images), Heard(bench.wishes.add_images)
    (tmp_path / "a.png").write_bytes(b"x")
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(tmp_path / "a.png")), QUrl.fromLocalFile(str(tmp_path))])
    over: QWidget = bench.pane if place == "pane" else bench.pane.head
    target = one_of(Landing, bench.pane)
    assert _drag(over, mime)
    assert target.isVisible()
    _drop(over, mime)
    assert not target.isVisible()
    assert kept_.all == [[str(tmp_path / "a.png"), str(tmp_path)]]
    assert not added.all


def test_the_target_goes_with_the_drag_and_text_shows_none(bench: Bench, tmp_path: Path) -> None:
    target = one_of(Landing, bench.pane)
    words, file = QMimeData(), QMimeData()
    words.setText("no image")
    file.setUrls([QUrl.fromLocalFile(str(tmp_path / "a.png"))])
    assert not _drag(bench.pane, words)
    assert not target.isVisible()
    assert _drag(bench.pane, file)
    QApplication.sendEvent(bench.pane, QDragLeaveEvent())
    assert not target.isVisible()


def test_a_drop_whose_program_is_gone_leaves_no_target_behind(bench: Bench, tmp_path: Path) -> None:
    file = QMimeData()
    file.setUrls([QUrl.fromLocalFile(str(tmp_path / "a.png"))])
    _drag(bench.pane, file)
    _drop(bench.pane, QMimeData())
    assert not one_of(Landing, bench.pane).isVisible()


def test_what_is_kept_already_is_not_taken_in_again(bench: Bench) -> None:
    taken = Heard(bench.wishes.keep_images)
    bench.choose(MARA)
    _drop(bench.pane, bench.grid.mime())
    assert not taken.all


def test_a_picture_is_pasted_as_bytes(bench: Bench) -> None:
    picture = QImage(20, 20, QImage.Format.Format_RGB32)
    picture.fill(QColor("#00ff00"))
    mime = QMimeData()
    mime.setImageData(picture)
    QGuiApplication.clipboard().setMimeData(mime)
    with bench.qtbot.waitSignal(bench.wishes.keep_images) as kept_:
        bench.key(Key.Key_V, CTRL)
    assert kept_.args is not None
    (data,) = kept_.args[0]
    assert QImage.fromData(data).pixelColor(5, 5).name() == "#00ff00"


def test_an_import_shows_how_far_it_is(bench: Bench) -> None:
    bench.pane.coming(12, 200)
    assert "Taking in 12 of 200 images" in bench.words()
    bench.pane.coming(0, 0)
    assert not any(words.startswith("Taking in") for words in bench.words())


# The trash


def test_delete_moves_to_the_trash_and_the_neighbour_is_chosen(bench: Bench) -> None:
    trashed = Heard(bench.wishes.trash_images)
    bench.choose(TOWER)
    bench.key(Key.Key_Delete)
    assert trashed.all == [[TOWER.hash]]
    bench.pane.set_images([MARA, DUSK])
    assert bench.chosen() == ["Dusk"]


def test_a_search_that_leaves_the_chosen_one_out_chooses_nothing(bench: Bench) -> None:
    bench.choose(TOWER)
    bench.pane.filters.show_tag("night")
    bench.pane.set_images([MARA])
    assert bench.chosen() == []
    assert not bench.details.isVisible()


def test_the_trash_only_restores(bench: Bench) -> None:
    restored = Heard(bench.wishes.restore_images)
    others = Heard(bench.wishes.trash_images, bench.wishes.use_images, bench.wishes.name_image)
    bench.shelf.toggle_trash()
    assert bench.asked.all[-1] == ImageQuery(trashed=True)
    bench.pane.set_images([MARA])
    assert "Trash" in bench.words()
    assert not bench.shelf.head.tabs["images"].isVisible()
    bench.choose(MARA)
    for key in (Key.Key_Delete, Key.Key_Return, Key.Key_F2):
        bench.key(key)
    assert not bench.grid.viewport().findChildren(QLineEdit)
    assert not others.all
    bench.button("Restore").click()
    assert restored.all == [[MARA.hash]]
    bench.button("Back to the library").click()
    assert bench.asked.all[-1] == ImageQuery()
    assert bench.shelf.head.tabs["images"].count == 3
    assert not bench.shelf.filters.query.trashed


def test_the_menu_says_what_can_be_done(bench: Bench) -> None:
    bench.choose(MARA)
    menu = QMenu(bench.shelf)
    bench.pane.fill_menu(menu)
    texts = [action.text().split("\t")[0] for action in menu.actions() if action.text()]
    assert texts == ["Add to draft", "Rename", "Used in 14 clips", "Move to trash"]


def test_undo_brings_clips_and_images_back_in_turn(bench: Bench) -> None:
    toasts = Toasts(bench.shelf)
    undo = Undo(bench.wishes, toasts, bench.shelf, image_name=bench.pane.name_of)
    back = Heard(bench.wishes.restore, bench.wishes.restore_images)
    bench.wishes.trash.emit([7])
    bench.wishes.trash_images.emit([MARA.hash])
    said = toasts.findChildren(QLabel)[0].text()
    assert said == "Mara moved to the trash · recipes still work"
    bench.wishes.trash_images.emit([TOWER.hash, DUSK.hash])
    assert toasts.findChildren(QLabel)[0].text().startswith("2 images moved to the trash")
    bench.wishes.restore_images.emit([DUSK.hash])  # by hand, out of the trash
    for _ in range(4):
        undo.undo()
    assert back.all == [[DUSK.hash], [TOWER.hash], [MARA.hash], [7]]


def test_a_clip_model_is_left_alone(bench: Bench) -> None:
    bench.model.set_ids(array("q", [1, 2]))
    assert bench.shelf.head.tabs["clips"].count == 2
    assert bench.pane.model.rowCount(QModelIndex()) == 3


def _pixel(bench: Bench, row: int, right: int) -> QColor:
    cell = bench.grid.visualRect(bench.pane.model.index(row))
    return bench.grid.grab().toImage().pixelColor(cell.center().x() + right, cell.center().y() - 20)


def _type_tag(bench: Bench, text: str, key: Key | None = Key.Key_Return) -> None:
    bench.details.tags.add.click()
    field = bench.details.tags.field
    field.setText("")
    if key is None:  # as an input method commits it
        field.setText(text)
        field.textEdited.emit(text)
    else:
        QTest.keyClicks(field, text)
        QTest.keyClick(field, key)


def _drag(over: QWidget, mime: QMimeData) -> bool:
    """Whether it is accepted."""
    actions = Qt.DropAction.CopyAction | Qt.DropAction.MoveAction
    left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    event = QDragEnterEvent(QPoint(10, 10), actions, mime, left, none)
    event.ignore()
    QApplication.sendEvent(over, event)
    return event.isAccepted()


def _drop(over: QWidget, mime: QMimeData) -> None:
    left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    event = QDropEvent(QPointF(10, 10), Qt.DropAction.CopyAction, mime, left, none)
    QApplication.sendEvent(over, event)
