"""The reference strip: images that arrive, what is said about them, and everything that can be done with each."""

from __future__ import annotations

import gc
from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import QBuffer, QEvent, QIODevice, QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QAccessible, QAction, QColor, QContextMenuEvent, QGuiApplication, QImage, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu, QWidget
from pytestqt.qtbot import QtBot

from seedance_desktop.domain.catalogue import IMAGE_MOST_BYTES
from seedance_desktop.domain.kept_images import Prepared
from seedance_desktop.domain.recipe import Reference, Use
from seedance_desktop.ui import theme
from seedance_desktop.ui.composer import Composer, sent_words
from seedance_desktop.ui.composer.ghost import Ghost
from seedance_desktop.ui.composer.intake import Kept, Still
from seedance_desktop.ui.composer.thumb import Thumb
from seedance_desktop.ui.composer.thumb_row import Entry
from seedance_desktop.ui.wishes import Wishes

pytestmark = pytest.mark.qt_log_ignore("does not support propagateSizeHints", extend=True)  # offscreen says it

LINK = "https://example.com/tower.png"
MARA = Reference("Mara", "aa", ".jpg", "", 900, 1200)
TOWER = Reference("Tower", "bb", ".png", LINK, 1000, 1000)
DUSK = Reference("Dusk", "cc", ".jpg", "", 1920, 1080)
CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier


class Desk:
    """A composer on screen, its strip, and what they wished for."""

    def __init__(self, qtbot: QtBot) -> None:
        self.wishes = Wishes()
        self.composer = Composer(self.wishes)
        self.strip = self.composer.strip
        self.list = self.strip.list
        self.told: list[tuple[str, object]] = []
        for name in ("add_images", "use_images", "prepare"):
            getattr(self.wishes, name).connect(lambda value, name=name: self.told.append((name, value)))
        self.wishes.add_frame.connect(lambda clip, frame: self.told.append(("add_frame", (clip, frame))))
        self.wishes.named_image.connect(lambda one, name: self.told.append(("named", (one, name))))
        self.strip.mentioned.connect(lambda one: self.told.append(("mentioned", one.name)))
        self.strip.previewed.connect(lambda index: self.told.append(("previewed", index)))
        self.strip.let_go.connect(lambda one, point: self.told.append(("let_go", (one.name, point))))
        qtbot.addWidget(self.composer)
        self.composer.resize(328, 834)
        self.composer.show()
        self.composer.activateWindow()
        qtbot.waitUntil(self.composer.isActiveWindow)

    def have(self, *references: Reference) -> None:
        """Put references in, and the keyboard on the first."""
        self.composer.add_references([entry(one) for one in references])
        self.list.setFocus(Qt.FocusReason.TabFocusReason)

    @property
    def names(self) -> list[str]:
        return [one.name for one in self.strip.references]

    @property
    def notice(self) -> str:
        return self.strip.notice.text

    def what(self, name: str) -> list[object]:
        """What was told under that name."""
        return [value for told, value in self.told if told == name]

    def thumb(self, index: int) -> Thumb:
        return self.list._thumbs[index]

    def places(self) -> int:
        """How many places the list shows, with those that are held."""
        return len(self.list._places())


@pytest.fixture
def desk(qtbot: QtBot, qapp: QApplication) -> Desk:
    theme.apply(qapp, "dark")
    return Desk(qtbot)


def entry(one: Reference) -> Entry:
    return one, picture(64, 48)


def picture(width: int, height: int) -> bytes:
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(QColor("#808080"))
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]  # the stubs want bytes, Qt wants a name
    return bytes(buffer.data().data())


def many(count: int) -> list[Entry]:
    return [entry(replace(DUSK, hash=f"h{number}", name=f"d{number}")) for number in range(count)]


# what comes in


def test_each_thing_is_asked_for_by_its_own_wish(desk: Desk) -> None:
    desk.strip.take(["/a.jpg", Kept("aa"), "https://example.com/b.jpg", Still(7, 3), b"bytes", Kept("bb")])
    assert desk.what("add_images") == [["/a.jpg", "https://example.com/b.jpg", b"bytes"]]
    assert desk.what("use_images") == [["aa", "bb"]]
    assert desk.what("add_frame") == [(7, 3)]


def test_bytes_that_are_far_too_heavy_are_told_and_the_others_come(desk: Desk) -> None:
    desk.strip.take([bytes(IMAGE_MOST_BYTES + 1), "/a.jpg"])
    assert desk.what("add_images") == [["/a.jpg"]]
    assert "at most 30 MB" in desk.notice


def test_images_arrive_one_by_one_with_their_places_held(desk: Desk) -> None:
    desk.composer.coming(0, 12)
    assert (desk.places(), desk.strip._head.text()) == (9, "0 of 12 images")
    assert not desk.strip.add_slot.isVisible()
    for done, one in enumerate(many(12), 1):
        desk.composer.add_references([one])
        desk.composer.coming(done, 12)
        assert desk.places() == 9 if done <= 9 else len(desk.names) == 9
    assert desk.notice == "", "nothing is said while they come"
    desk.composer.coming(0, 0)
    assert desk.notice == "9 of 12 images are in the strip; all 12 are in Images."
    assert desk.strip._head.text() == "Reference images"
    assert desk.places() == 9


def test_images_that_came_together_go_together_by_undo(desk: Desk) -> None:
    desk.have(MARA)
    desk.composer.coming(0, 3)
    for done, one in enumerate(many(3), 1):
        desk.composer.add_references([one])
        desk.composer.coming(done, 3)
    desk.composer.coming(3, 0)
    assert desk.names == ["Mara", "d0", "d1", "d2"]
    desk.composer.undo()
    assert desk.names == ["Mara"]
    desk.composer.redo()
    assert desk.names == ["Mara", "d0", "d1", "d2"]


def test_places_are_held_for_no_more_than_come(desk: Desk) -> None:
    desk.have(MARA)
    desk.composer.coming(0, 3)
    assert desk.places() == 4
    desk.composer.add_references([entry(TOWER)])
    desk.composer.coming(1, 3)
    assert desk.places() == 4
    desk.composer.coming(0, 0)
    assert (desk.places(), desk.names, desk.notice) == (2, ["Mara", "Tower"], "")


def test_a_full_strip_says_where_the_image_went(desk: Desk) -> None:
    desk.composer.add_references(many(9))
    assert desk.notice == ""
    desk.composer.add_references([entry(MARA)])
    assert desk.notice == "The strip is full: 9 images go with one prompt. What you added is in Images."
    assert len(desk.names) == 9


def test_what_was_refused_is_said_at_the_end_and_folds(desk: Desk) -> None:
    desk.composer.coming(0, 200)
    for number in range(16):
        desk.composer.images_refused([f"{number}.jpg is damaged."])
    assert desk.notice == ""
    desk.composer.coming(0, 0)
    assert desk.notice.split("\n") == [*(f"{number}.jpg is damaged." for number in range(4)), "and 12 more"]
    assert "15.jpg is damaged." in desk.strip.notice.toolTip()
    desk.composer.images_refused(["x is empty"])
    assert desk.notice == "x is empty"


def test_the_same_image_twice_makes_a_loop(desk: Desk) -> None:
    desk.have(MARA, MARA)
    assert desk.names == ["Mara", "Mara"]
    assert desk.composer.draft().recipe.use == Use.FIRST_LAST


@pytest.mark.parametrize(
    ("have", "urls", "text"),
    [
        (0, ["file:///a.jpg"], "Release: Image 1"),
        (1, ["file:///a.jpg", "file:///b.jpg"], "Release: Images 2 to 3"),
        (8, ["file:///a.jpg", "file:///b.jpg"], "Release: Image 9"),
        (9, ["file:///a.jpg"], "All 9 places are taken: into Images only"),
        (2, ["file:///holiday"], "Release: all images of the folder"),
        (9, ["file:///take.mp4"], "Release: use its recipe"),
    ],
)
def test_the_target_says_what_letting_go_does(desk: Desk, have: int, urls: list[str], text: str) -> None:
    desk.composer.add_references(many(have))
    mime = QMimeData()
    mime.setUrls([QUrl(url) for url in urls])
    desk.strip.welcome(mime)
    assert desk.strip._target.isVisible()
    assert desk.strip._target._text == text
    desk.strip.welcome(None)
    assert not desk.strip._target.isVisible()


# what goes out


def prepared(one: Reference, width: int, height: int, *, changed: bool = True, **more: bool) -> Prepared:
    sizes = (8_200_000, one.width, one.height)
    return Prepared(one, bytes(910_000), "image/jpeg", width, height, ".heic", *sizes, changed=changed, **more)


def test_what_becomes_of_images_is_said_quietly(desk: Desk) -> None:
    desk.have(MARA, TOWER, DUSK)
    images = [prepared(MARA, 450, 600), prepared(TOWER, 500, 500, filled=True), prepared(DUSK, 1920, 1080)]
    desk.composer.set_prepared(images)
    assert desk.strip._sent.text() == "2 images are made smaller to fit · transparent parts become white"
    said = "Original: HEIC · 900 × 1200 · 8.2 MB\nSent: JPEG · 450 × 600 · 910 kB"
    assert desk.thumb(0).accessibleDescription() == said
    assert desk.thumb(0).toolTip() == f"Image 1 · Mara\n{said}"
    assert desk.thumb(1).accessibleDescription().endswith("Transparent parts become white.")
    desk.composer.set_prepared([replace(one, changed=False, width=one.before_width) for one in images[2:]])
    assert desk.thumb(0).accessibleDescription() == ""
    assert not desk.strip._sent.isVisible()


def test_an_animation_gives_its_first_frame_and_says_so(desk: Desk) -> None:
    desk.have(DUSK)
    desk.composer.set_prepared([prepared(DUSK, 1920, 1080, first_of_many=True)])
    assert desk.strip._sent.text() == "Of an animation only its first frame is used"
    assert "Only its first frame is used." in desk.thumb(0).toolTip()


def test_a_crop_alone_makes_nothing_smaller() -> None:
    half = replace(DUSK, part=(0.25, 0.0, 0.5, 1.0))
    assert not sent_words.is_smaller(prepared(half, 960, 1080))
    assert sent_words.is_smaller(prepared(half, 480, 540))


def test_what_will_be_sent_is_asked_for_once_in_a_run_and_not_for_a_name(desk: Desk, qtbot: QtBot) -> None:
    desk.told.clear()
    desk.have(MARA, TOWER)
    desk.list.move_to(0, 1)
    qtbot.waitUntil(lambda: bool(desk.what("prepare")))
    assert desk.what("prepare") == [[TOWER, MARA]]
    desk.strip.replace(1, replace(MARA, name="Mara Lin"))
    assert not desk.strip._timer.isActive()
    desk.strip.replace(1, replace(MARA, part=(0.0, 0.0, 0.5, 0.5)))
    assert desk.strip._timer.isActive()
    qtbot.waitUntil(lambda: len(desk.what("prepare")) == 2)


def test_the_words_outlive_undo(desk: Desk) -> None:
    desk.have(MARA)
    desk.composer.set_prepared([prepared(MARA, 450, 600)])
    before = desk.strip.snapshot()
    desk.strip.show_snapshot([])
    desk.strip.show_snapshot(before)
    assert "450 × 600" in desk.thumb(0).toolTip()


# the crop on the thumb


def test_the_frame_follows_part_and_ratio(desk: Desk) -> None:
    desk.have(replace(TOWER, url=""))
    desk.composer.set_ratio("9:16")
    assert bright(desk.thumb(0)) == (False, True, False)
    desk.strip.replace(0, replace(TOWER, url="", part=(0.0, 0.0, 0.4, 0.4)))
    assert bright(desk.thumb(0)) == (True, False, False)
    desk.composer.set_ratio("1:1")
    desk.strip.replace(0, replace(TOWER, url=""))
    assert bright(desk.thumb(0)) == (True, True, True)


def bright(thumb: Thumb) -> tuple[bool, bool, bool]:
    """Whether the picture is undimmed in the upper left, in the middle and at the right."""
    image = thumb.grab().toImage()
    ratio = image.devicePixelRatio()
    wide, high = thumb._image_size().width(), thumb._image_size().height()
    points = [(wide * 0.2, high * 0.2), (wide * 0.5, high * 0.5), (wide * 0.92, high * 0.8)]
    red, middle, right = (image.pixelColor(round(x * ratio), round(y * ratio)).red() > 100 for x, y in points)
    return red, middle, right


# by keyboard alone


def test_the_keys_of_one_image(desk: Desk) -> None:
    desk.have(MARA, TOWER, DUSK)
    QTest.keyClick(desk.list, Qt.Key.Key_Right)
    for key in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter):
        QTest.keyClick(desk.list, key)
    assert desk.what("previewed") == [1, 1, 1]
    QTest.keyClicks(desk.list, "@")
    wide = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_unknown, Qt.KeyboardModifier.ShiftModifier, "\uff20")
    QApplication.sendEvent(desk.list, wide)  # as a Chinese keyboard types it
    assert desk.what("mentioned") == ["Tower", "Tower"]
    QTest.keyClick(desk.list, Qt.Key.Key_Delete)
    assert desk.names == ["Mara", "Dusk"]
    QTest.keyClick(desk.list, Qt.Key.Key_Left, ALT)
    assert desk.names == ["Dusk", "Mara"]
    QTest.keyClick(desk.list, Qt.Key.Key_Z, CTRL)
    QTest.keyClick(desk.list, Qt.Key.Key_Z, CTRL)
    assert desk.names == ["Mara", "Tower", "Dusk"]


def test_f2_renames_every_image_that_is_the_same(desk: Desk) -> None:
    desk.have(MARA, TOWER, MARA)
    QTest.keyClick(desk.list, Qt.Key.Key_F2)
    edit = focused()
    assert isinstance(edit, QLineEdit)
    assert (edit.accessibleName(), edit.selectedText()) == ("Name of Mara", "Mara")
    QTest.keyClicks(edit, " Mara Lin ")
    QTest.keyClick(edit, Qt.Key.Key_Return)
    assert desk.names == ["Mara Lin", "Tower", "Mara Lin"]
    assert desk.what("named") == [(MARA, "Mara Lin")]
    assert focused() is desk.list, "the keyboard goes on in the strip"


@pytest.mark.parametrize("ending", ["escape", "nothing", "the same"])
def test_a_name_that_is_not_changed_is_not_told(desk: Desk, ending: str) -> None:
    desk.have(MARA)
    QTest.keyClick(desk.list, Qt.Key.Key_F2)
    edit = focused()
    if ending != "the same":
        QTest.keyClicks(edit, "x" if ending == "escape" else "  ")
    QTest.keyClick(edit, Qt.Key.Key_Escape if ending == "escape" else Qt.Key.Key_Return)
    assert (desk.names, desk.what("named")) == (["Mara"], [])
    assert focused() is desk.list


def test_going_elsewhere_keeps_the_name(desk: Desk) -> None:
    desk.have(MARA)
    QTest.keyClick(desk.list, Qt.Key.Key_F2)
    QTest.keyClicks(focused(), "Mara Lin")
    desk.composer.focus_prompt()
    assert desk.names == ["Mara Lin"]
    assert focused() is desk.composer.prompt.editor


def test_letters_and_delete_in_the_name_stay_there(desk: Desk) -> None:
    desk.have(MARA, TOWER)
    QTest.keyClick(desk.list, Qt.Key.Key_F2)
    edit = focused()
    for key in (Qt.Key.Key_End, Qt.Key.Key_Backspace, Qt.Key.Key_Left, Qt.Key.Key_Space, Qt.Key.Key_Delete):
        QTest.keyClick(edit, key)
    assert desk.names == ["Mara", "Tower"]
    assert isinstance(edit, QLineEdit)
    assert edit.text() == "Ma "
    assert desk.what("previewed") == []


def test_control_with_enter_is_not_the_strips(desk: Desk) -> None:
    desk.have(MARA)
    QTest.keyClick(desk.list, Qt.Key.Key_Return, CTRL)
    assert desk.what("previewed") == []
    assert desk.composer.reason.text == "The prompt is empty: describe the shot first."


# the menu


def menu(desk: Desk, index: int, *, by_key: bool = False) -> dict[str, QAction]:
    """Open the menu of an image; its actions by their text."""
    place = desk.thumb(index).geometry().center()
    if by_key:
        for _ in range(index):
            QTest.keyClick(desk.list, Qt.Key.Key_Right)
    reason = QContextMenuEvent.Reason.Keyboard if by_key else QContextMenuEvent.Reason.Mouse
    event = QContextMenuEvent(reason, QPoint(0, 0) if by_key else place, desk.list.mapToGlobal(place))
    QApplication.sendEvent(desk.list, event)
    opened = QApplication.activePopupWidget()
    assert isinstance(opened, QMenu)
    found = {action.text().partition("\t")[0]: action for action in opened.actions() if action.text()}
    opened.close()
    return found


@pytest.mark.parametrize("by_key", [False, True])
def test_the_menu_holds_everything(desk: Desk, by_key: bool) -> None:
    desk.have(MARA, TOWER)
    texts = list(menu(desk, 1, by_key=by_key))
    assert texts == [
        *("Name in prompt", "Preview and crop…", "Match image"),
        *("Rename…", "Send as link", "Copy link"),
        *("Move earlier", "Move later", "Remove"),
    ]
    assert "Send as link" not in menu(desk, 0), "it didn't come from the web"


def test_the_menu_does_it(desk: Desk) -> None:
    desk.have(MARA, TOWER)
    found = menu(desk, 0)
    assert (found["Move earlier"].isEnabled(), found["Move later"].isEnabled()) == (False, True)
    for text in ("Name in prompt", "Preview and crop…", "Match image", "Move later"):
        found[text].trigger()
    assert (desk.what("mentioned"), desk.what("previewed")) == (["Mara"], [0])
    assert desk.composer.draft().recipe.ratio == "9:16"
    assert desk.names == ["Tower", "Mara"]


def test_sending_as_a_link_and_back(desk: Desk) -> None:
    desk.have(MARA, TOWER)
    plain = badge(desk.thumb(1))
    menu(desk, 1)["Send as link"].trigger()
    assert desk.strip.references[1] == replace(TOWER, as_link=True)
    assert desk.thumb(1).accessibleDescription() == "Sent as a link"
    assert badge(desk.thumb(1)) != plain
    menu(desk, 1)["Copy link"].trigger()
    assert QGuiApplication.clipboard().text() == LINK
    menu(desk, 1)["Send embedded"].trigger()
    assert desk.strip.references[1] == TOWER
    assert badge(desk.thumb(1)) == plain


def badge(thumb: Thumb) -> list[str]:
    """The pixels where the badge of a link is."""
    image = thumb.grab().toImage()
    ratio, high = image.devicePixelRatio(), thumb._image_size().height()
    return [image.pixelColor(round(x * ratio), round((high - 5) * ratio)).name() for x in range(5, 18, 2)]


# by mouse


def press(desk: Desk, *points: QPoint, release: bool = True) -> None:
    """Press at the first point and move over the others."""
    QTest.mousePress(desk.list, Qt.MouseButton.LeftButton, pos=points[0])
    for point in points[1:]:
        QTest.mouseMove(desk.list, point)
    if release:
        QTest.mouseRelease(desk.list, Qt.MouseButton.LeftButton, pos=points[-1])


def middle(desk: Desk, index: int) -> QPoint:
    return desk.thumb(index).geometry().center()


def chip(desk: Desk, index: int) -> QPoint:
    return desk.thumb(index).geometry().bottomLeft() + QPoint(7, -8)


def test_a_click_on_the_number_names_it_and_only_there(desk: Desk) -> None:
    desk.have(MARA, TOWER)
    press(desk, chip(desk, 1))
    press(desk, middle(desk, 0))
    press(desk, chip(desk, 1), chip(desk, 1) + QPoint(3, 1), chip(desk, 0))
    assert desk.what("mentioned") == ["Tower"]


def test_a_double_click_shows_it_large(desk: Desk) -> None:
    desk.have(MARA, TOWER)
    QTest.mouseDClick(desk.list, Qt.MouseButton.LeftButton, pos=middle(desk, 1))
    assert desk.what("previewed") == [1]


def test_dragged_out_of_the_strip_it_is_let_go_there_and_stays(desk: Desk) -> None:
    desk.have(MARA, TOWER, DUSK)
    outside = QPoint(60, -150)
    press(desk, middle(desk, 0), middle(desk, 1), middle(desk, 2), outside, release=False)
    ghosts = desk.composer.findChildren(Ghost)
    assert [ghost.isVisible() for ghost in ghosts] == [True]
    assert desk.names == ["Mara", "Tower", "Dusk"], "the others are where they were"
    QTest.mouseRelease(desk.list, Qt.MouseButton.LeftButton, pos=outside)
    assert desk.what("let_go") == [("Mara", desk.list.mapToGlobal(outside))]
    assert desk.names == ["Mara", "Tower", "Dusk"]
    assert not any(ghost.isVisible() for ghost in desk.composer.findChildren(Ghost))


def test_dragged_out_and_in_again_it_is_moved(desk: Desk) -> None:
    desk.have(MARA, TOWER, DUSK)
    press(desk, middle(desk, 0), QPoint(60, -150), middle(desk, 2) + QPoint(20, 0))
    assert desk.what("let_go") == []
    assert desk.names == ["Tower", "Dusk", "Mara"]


def test_escape_ends_a_drag_without_a_change(desk: Desk) -> None:
    desk.have(MARA, TOWER, DUSK)
    kept = desk.composer.draft()
    press(desk, middle(desk, 0), middle(desk, 1), middle(desk, 2), release=False)
    QTest.keyClick(desk.list, Qt.Key.Key_Escape)
    QTest.mouseRelease(desk.list, Qt.MouseButton.LeftButton, pos=middle(desk, 2))
    assert desk.composer.draft() == kept
    assert desk.thumb(0).geometry() == desk.list._places()[0]


def test_an_image_that_arrives_or_goes_in_the_middle_of_a_drag_ends_it(desk: Desk) -> None:
    desk.have(MARA, TOWER)
    happenings: list[Callable[[], None]] = [
        lambda: desk.composer.add_references([entry(DUSK)]),
        lambda: desk.list.remove(2),
    ]
    for happens in happenings:
        press(desk, middle(desk, 0), middle(desk, 1), QPoint(60, -150), release=False)
        happens()
        assert not any(ghost.isVisible() for ghost in desk.composer.findChildren(Ghost))
        QTest.mouseRelease(desk.list, Qt.MouseButton.LeftButton, pos=QPoint(60, -150))
        assert desk.what("let_go") == []
    assert desk.names == ["Mara", "Tower"]


def test_keys_do_nothing_to_images_while_one_is_dragged(desk: Desk) -> None:
    desk.have(MARA, TOWER)
    press(desk, middle(desk, 0), middle(desk, 1), QPoint(60, -150), release=False)
    for key in (Qt.Key.Key_Delete, Qt.Key.Key_F2, Qt.Key.Key_Space):
        QTest.keyClick(desk.list, key)
    assert (desk.names, desk.what("previewed")) == (["Mara", "Tower"], [])
    QTest.keyClick(desk.list, Qt.Key.Key_Escape)


# uses


def test_each_use_says_what_it_means_and_two_can_be_swapped(desk: Desk) -> None:
    use = desk.composer.use
    assert not use._meaning.isVisible()
    desk.have(MARA)
    assert use._meaning.text() == "The clip begins with this image."
    assert not use.swap.isVisible()
    desk.have(TOWER)
    assert use._meaning.text() == "The clip begins with Image 1 and ends with Image 2."
    assert use.picker.accessibleDescription() == use._meaning.text()
    QTest.mouseClick(use.swap, Qt.MouseButton.LeftButton)
    assert desk.names == ["Tower", "Mara"]
    use.picker.segment(Use.REFERENCES).click()
    assert use._meaning.text().startswith("The model keeps their people, things and look")
    assert not use.swap.isVisible()


# undo, and the spoken interface


def test_a_snapshot_brings_back_images_with_their_pictures(desk: Desk) -> None:
    desk.have(MARA, TOWER)
    kept = desk.strip.snapshot()
    changes: list[None] = []
    desk.strip.changed.connect(lambda: changes.append(None))
    desk.strip.show_snapshot([])
    desk.strip.show_snapshot(kept)
    assert (desk.strip.snapshot(), changes) == (kept, [])
    first = desk.thumb(0)
    desk.strip.show_snapshot(kept)
    assert desk.thumb(0) is first, "what is shown already isn't made again"


def test_a_screen_reader_hears_the_images_in_their_order(desk: Desk) -> None:
    desk.have(MARA, TOWER, DUSK)
    desk.list.move_to(0, 2)
    gc.collect()
    listed = QAccessible.queryAccessibleInterface(desk.list)
    items = [listed.child(index) for index in range(listed.childCount())]
    assert [item.role() for item in items] == [QAccessible.Role.ListItem] * 3
    names = [item.text(QAccessible.Text.Name) for item in items]
    assert names == ["Image 1: Tower", "Image 2: Dusk", "Image 3: Mara"]
    desk.composer.set_prepared([prepared(MARA, 450, 600)])
    assert "450 × 600" in items[2].text(QAccessible.Text.Description)


def test_a_screen_reader_presses_an_image_and_opens_its_menu(desk: Desk) -> None:
    desk.have(MARA, TOWER)
    actions = QAccessible.queryAccessibleInterface(desk.thumb(1)).actionInterface()
    assert actions.actionNames() == ["Press", "ShowMenu"]
    actions.doAction("Press")
    assert desk.what("previewed") == [1]
    actions.doAction("ShowMenu")
    opened = QApplication.activePopupWidget()
    assert isinstance(opened, QMenu)
    next(action for action in opened.actions() if action.text().startswith("Remove")).trigger()
    opened.close()
    assert desk.names == ["Mara"]


def focused() -> QWidget:
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget
