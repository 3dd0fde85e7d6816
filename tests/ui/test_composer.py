"""The composer: a draft in, the same draft out, images by every way, and one approval for one click."""

from __future__ import annotations

import gc
import warnings
from dataclasses import replace

import pytest
from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import (
    QAccessible,
    QDragEnterEvent,
    QDropEvent,
    QGuiApplication,
    QImage,
    QInputMethodEvent,
    QKeySequence,
    QShortcut,
)
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from seedance_desktop.domain.catalogue import IMAGE_MOST_BYTES
from seedance_desktop.domain.counting import Count
from seedance_desktop.domain.preferences import Preferences
from seedance_desktop.domain.recipe import Draft, Recipe, Reference, Use
from seedance_desktop.ui import theme
from seedance_desktop.ui.composer import Composer, intake
from seedance_desktop.ui.composer.prompt import advice, counts
from seedance_desktop.ui.wishes import Wishes

pytestmark = pytest.mark.qt_log_ignore("does not support propagateSizeHints", extend=True)  # offscreen says it

MARA = Reference("Mara", "aa", ".jpg", "", 900, 1200)
TOWER = Reference("Tower", "bb", ".png", "", 1000, 1000)
DUSK = Reference("Dusk", "cc", ".jpg", "", 1920, 1080)


class Desk:
    """A composer on screen, with what it wished for."""

    def __init__(self, qtbot: QtBot) -> None:
        self.wishes = Wishes()
        self.composer = Composer(self.wishes)
        self.generated: list[Draft] = []
        self.kept: list[Draft] = []
        self.images: list[list[str | bytes]] = []
        self.wishes.generate.connect(self.generated.append)
        self.wishes.draft_changed.connect(self.kept.append)
        self.wishes.add_images.connect(self.images.append)
        qtbot.addWidget(self.composer)
        self.composer.resize(328, 834)
        self.composer.show()
        self.composer.activateWindow()
        qtbot.waitUntil(self.composer.isActiveWindow)

    def have(self, *references: Reference) -> None:
        """Put references in."""
        self.composer.add_references([(reference, picture(64, 48)) for reference in references])

    @property
    def use(self) -> Use:
        return self.composer.draft().recipe.use

    @property
    def names(self) -> list[str]:
        return [one.name for one in self.composer.draft().recipe.references]


@pytest.fixture
def desk(qtbot: QtBot, qapp: QApplication) -> Desk:
    theme.apply(qapp, "dark")
    return Desk(qtbot)


def picture(width: int, height: int) -> bytes:
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.darkCyan)
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]  # the stubs want bytes, Qt wants a name
    return bytes(buffer.data().data())


def spoken(widget: QWidget) -> tuple[str, QAccessible.Role]:
    interface = QAccessible.queryAccessibleInterface(widget)
    return interface.text(QAccessible.Text.Name), interface.role()


# drafts


def test_a_draft_comes_back_as_it_went_in(desk: Desk) -> None:
    recipe = Recipe("a “quoted”\nprompt\n雨夜 🌧", (MARA, TOWER), Use.REFERENCES, "9:16", 10, "720p")
    draft = Draft(recipe, 5, "Lighthouse film", "12B")
    desk.composer.set_draft(draft, {"aa": picture(30, 40)})
    assert desk.composer.draft() == draft
    assert desk.kept == []


def test_an_empty_composer_holds_the_defaults(desk: Desk) -> None:
    assert desk.composer.draft() == Draft()


def test_changes_are_kept_once_after_a_pause(desk: Desk, qtbot: QtBot) -> None:
    QTest.keyClicks(desk.composer.prompt.editor, "rain")
    QTest.keyClicks(desk.composer.project, "Film")
    assert desk.kept == []
    qtbot.waitUntil(lambda: bool(desk.kept))
    assert [(draft.recipe.prompt, draft.project) for draft in desk.kept] == [("rain", "Film")]


def test_flush_keeps_at_once_and_only_what_changed(desk: Desk) -> None:
    desk.composer.flush()
    assert desk.kept == []
    desk.composer.choices.takes.setValue(3)
    desk.composer.flush()
    desk.composer.flush()
    assert [draft.takes for draft in desk.kept] == [3]


def test_a_draft_that_is_set_while_one_waits_is_not_overwritten(desk: Desk) -> None:
    QTest.keyClicks(desk.composer.prompt.editor, "old")
    desk.composer.set_draft(Draft(Recipe("new")), {})
    desk.composer.flush()
    assert desk.kept == []
    assert desk.composer.draft().recipe.prompt == "new"


# what images are for


def test_the_use_follows_the_number_of_images(desk: Desk) -> None:
    seen = []
    for reference in (MARA, TOWER, DUSK):
        desk.have(reference)
        seen.append(desk.use)
    assert seen == [Use.FIRST_FRAME, Use.FIRST_LAST, Use.REFERENCES]
    desk.composer.strip.list.remove(0)
    assert desk.use == Use.FIRST_LAST


def test_a_picked_use_stays_while_it_fits(desk: Desk) -> None:
    desk.have(MARA)
    desk.composer.use.picker.segment(Use.REFERENCES).click()
    desk.have(TOWER)
    seen = [desk.use]
    desk.composer.strip.list.remove(0)
    desk.composer.strip.list.remove(0)
    desk.have(DUSK)
    assert [*seen, desk.use] == [Use.REFERENCES, Use.FIRST_FRAME]


def test_what_does_not_fit_is_off_and_says_why(desk: Desk) -> None:
    picker = desk.composer.use.picker
    assert not picker.isEnabled()
    desk.have(MARA)
    assert picker.isEnabled()
    enabled = {use: picker.segment(use).isEnabled() for use in Use}
    assert enabled == {Use.FIRST_FRAME: True, Use.FIRST_LAST: False, Use.REFERENCES: True}
    assert picker.segment(Use.FIRST_LAST).toolTip() == "First and last frame are two images"
    assert picker.segment(Use.FIRST_FRAME).toolTip() == "The clip begins with this image."


# money


def test_the_button_says_what_it_costs(desk: Desk) -> None:
    button = desk.composer.generate_button
    assert button.accessibleName() == "Generate · $0.28"
    desk.composer.choices.takes.setValue(2)
    assert spoken(button) == ("Generate 2 takes · $0.56", QAccessible.Role.Button)
    model = desk.composer.draft().recipe.model
    desk.composer.set_prices(Preferences(prices={model: 30}))
    assert button.accessibleName() == "Generate 2 takes · $0.60"


def test_one_click_is_one_approval(desk: Desk) -> None:
    desk.composer.prompt.set_text("  a lamp turns  ")
    QTest.mouseDClick(desk.composer.generate_button, Qt.MouseButton.LeftButton)
    QTest.mouseClick(desk.composer.generate_button, Qt.MouseButton.LeftButton)
    assert [draft.recipe.prompt for draft in desk.generated] == ["a lamp turns"]


def test_an_empty_prompt_is_told_and_not_sent(desk: Desk) -> None:
    QTest.mouseClick(desk.composer.generate_button, Qt.MouseButton.LeftButton)
    assert desk.generated == []
    assert desk.composer.reason.text == "The prompt is empty: describe the shot first."
    assert desk.composer.prompt.editor.hasFocus()
    QTest.keyClicks(desk.composer.prompt.editor, "x")
    assert desk.composer.reason.text == ""


def test_what_is_not_ready_says_why(desk: Desk) -> None:
    desk.composer.prompt.set_text("a lamp")
    desk.composer.set_ready(False, "Add a key or open the demo first.")
    press(desk, Qt.Key.Key_Return)
    QTest.mouseClick(desk.composer.generate_button, Qt.MouseButton.LeftButton)
    assert (desk.generated, desk.composer.reason.text) == ([], "Add a key or open the demo first.")
    desk.composer.set_ready(True, "")
    press(desk, Qt.Key.Key_Return)
    assert len(desk.generated) == 1
    assert not desk.composer.reason.isVisible()


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter])
def test_ctrl_enter_generates_from_anywhere_in_the_composer(desk: Desk, key: Qt.Key) -> None:
    desk.composer.prompt.set_text("a lamp")
    desk.composer.shot.setFocus()
    press(desk, key)
    assert len(desk.generated) == 1


def test_ctrl_enter_belongs_to_the_input_method_while_it_composes(desk: Desk) -> None:
    desk.composer.prompt.set_text("灯")
    desk.composer.focus_prompt()
    QApplication.sendEvent(desk.composer.prompt.editor, QInputMethodEvent("deng", []))
    press(desk, Qt.Key.Key_Return)
    assert desk.generated == []
    QApplication.sendEvent(desk.composer.prompt.editor, QInputMethodEvent("", []))
    press(desk, Qt.Key.Key_Return)
    assert len(desk.generated) == 1


def press(desk: Desk, key: Qt.Key) -> None:
    target = QApplication.focusWidget() or desk.composer
    QTest.keyClick(target, key, Qt.KeyboardModifier.ControlModifier)


# the prompt


@pytest.mark.parametrize(
    ("counted", "shown"),
    [
        (Count(0, 0, 0), "0 characters"),
        (Count(1, 0, 1), "1 character · 1 word"),
        (Count(30, 30, 0), "30 characters"),
        (Count(130, 0, 29), "130 characters · 29 words"),
    ],
)
def test_counts_in_words(counted: Count, shown: str) -> None:
    assert counts(counted) == shown


def test_advice_warns_beyond_what_the_model_follows() -> None:
    assert advice(Count(500, 500, 0)) == advice(Count(9000, 0, 1000)) == ""
    assert "500" in advice(Count(501, 501, 0))
    assert "1000" in advice(Count(9000, 0, 1001))


def test_nothing_is_cut_from_a_long_prompt(desk: Desk) -> None:
    long = "雨夜" * 4000
    desk.composer.prompt.set_text(long)
    assert desk.composer.draft().recipe.prompt == long


def test_rich_text_comes_in_plain(desk: Desk) -> None:
    mime = QMimeData()
    mime.setHtml("<b>bold</b> move")
    mime.setText("bold move")
    desk.composer.prompt.editor.insertFromMimeData(mime)
    assert desk.composer.prompt.text == "bold move"
    assert "font-weight" not in desk.composer.prompt.editor.toHtml().split("<p", 1)[1]


def test_an_image_that_is_pasted_goes_to_the_strip(desk: Desk) -> None:
    desk.composer.prompt.editor.insertFromMimeData(encoded_mime())
    assert desk.images == [[picture(8, 8)]]
    assert desk.composer.prompt.text == ""


def test_text_beside_a_picture_is_pasted_as_text(desk: Desk) -> None:
    mime = encoded_mime()
    mime.setText("from an office program")
    desk.composer.prompt.editor.insertFromMimeData(mime)
    assert (desk.images, desk.composer.prompt.text) == ([], "from an office program")


def test_ctrl_v_beside_the_prompt_pastes_images_too(desk: Desk) -> None:
    desk.have(MARA)
    QGuiApplication.clipboard().setMimeData(encoded_mime())
    desk.composer.strip.list.setFocus()
    QTest.keyClick(desk.composer.strip.list, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert desk.images == [[picture(8, 8)]]


def encoded_mime() -> QMimeData:
    mime = QMimeData()
    mime.setData("image/png", QByteArray(picture(8, 8)))
    return mime


# drops


def drop(desk: Desk, mime: QMimeData, target: QWidget | None = None) -> bool:
    """Drag over the composer and let go, as Qt does; whether it was welcome."""
    where = target or desk.composer
    copy, left, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # Qt 6.12 wants a QPointF, which 6.11 refuses
        enter = QDragEnterEvent(QPoint(20, 20), copy, mime, left, none)
    QApplication.sendEvent(where, enter)
    if not enter.isAccepted():
        return False
    QApplication.sendEvent(where, QDropEvent(QPointF(20, 20), copy, mime, left, none))
    return True


def files(*paths: str) -> QMimeData:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(path) for path in paths])
    return mime


@pytest.mark.parametrize("paths", [["/pictures/a b.jpg"], ["/pictures/1.png", "/pictures/二.heic", "/x/3.webp"]])
def test_files_that_are_dropped_are_passed_on_in_order(desk: Desk, paths: list[str]) -> None:
    assert drop(desk, files(*paths))
    assert desk.images == [paths]


def test_what_a_browser_drops(desk: Desk, qtbot: QtBot) -> None:
    link = QMimeData()
    link.setUrls([QUrl("https://example.com/a.jpg")])
    page = QMimeData()
    page.setUrls([QUrl("https://example.com/page")])
    page.setHtml('<a href="page"><img class="x" src="https://example.com/b.jpg?w=1&amp;h=2"></a>')
    memory = QMimeData()
    memory.setImageData(QImage.fromData(picture(8, 8)))
    for mime in (link, page, memory):
        assert drop(desk, mime)
    qtbot.waitUntil(lambda: len(desk.images) == 3)  # the picture is encoded in a thread
    assert desk.images[:2] == [["https://example.com/a.jpg"], ["https://example.com/b.jpg?w=1&h=2"]]
    assert isinstance(desk.images[2][0], bytes)
    assert QImage.fromData(desk.images[2][0]).size() == QImage.fromData(picture(8, 8)).size()


def test_text_is_not_welcome_on_the_composer(desk: Desk) -> None:
    mime = QMimeData()
    mime.setText("just words")
    assert not drop(desk, mime)


def test_the_prompt_lets_files_fall_through(desk: Desk) -> None:
    editor = desk.composer.prompt.editor
    assert not editor.canInsertFromMimeData(files("/a.jpg"))
    words = QMimeData()
    words.setText("just words")
    assert editor.canInsertFromMimeData(words)


def test_the_tenth_image_stays_in_the_library_and_that_is_told(desk: Desk) -> None:
    desk.have(*(replace(DUSK, name=f"d{number}") for number in range(8)))
    drop(desk, files("/9.jpg", "/10.jpg"))
    assert desk.images == [["/9.jpg", "/10.jpg"]]
    desk.have(MARA, TOWER)
    assert len(desk.names) == 9
    assert desk.composer.strip.notice.text == "1 of 2 images are in the strip; all 2 are in Images."


def test_far_too_heavy_bytes_are_cut_off_and_told(desk: Desk) -> None:
    mime = QMimeData()
    mime.setData("image/png", QByteArray(bytes(IMAGE_MOST_BYTES + 500)))
    assert [len(item) for item in intake.read(mime) if isinstance(item, bytes)] == [IMAGE_MOST_BYTES + 1]
    drop(desk, mime)
    assert desk.images == []
    assert "at most 30 MB" in desk.composer.strip.notice.text


def test_refusals_are_shown_until_dismissed(desk: Desk) -> None:
    desk.composer.images_refused(["one is empty", "two is a folder"])
    assert desk.composer.strip.notice.text == "one is empty\ntwo is a folder"
    dismiss = named(desk.composer, "Dismiss")
    QTest.mouseClick(dismiss, Qt.MouseButton.LeftButton)
    assert desk.composer.strip.notice.text == ""


def test_the_file_dialog_takes_several(desk: Desk) -> None:
    desk.composer.strip.add_slot.click()
    desk.composer.strip.add_slot.click()
    dialogs = desk.composer.findChildren(QFileDialog)
    assert [dialog.fileMode() for dialog in dialogs] == [QFileDialog.FileMode.ExistingFiles]
    dialogs[0].filesSelected.emit(["/a.jpg", "/b.jpg"])
    dialogs[0].reject()
    assert desk.images == [["/a.jpg", "/b.jpg"]]


# the strip


def test_alt_arrows_move_an_image_and_delete_removes_it(desk: Desk) -> None:
    desk.have(MARA, TOWER, DUSK)
    strip = desk.composer.strip.list
    strip.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(strip, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    assert desk.names == ["Tower", "Mara", "Dusk"]
    QTest.keyClick(strip, Qt.Key.Key_Right)
    QTest.keyClick(strip, Qt.Key.Key_Delete)
    assert desk.names == ["Tower", "Mara"]
    QTest.keyClick(strip, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert desk.names == ["Tower", "Mara", "Dusk"]
    QTest.keyClick(strip, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert desk.names == ["Mara", "Tower", "Dusk"]


def test_keys_of_the_window_do_not_reach_past_the_strip(desk: Desk) -> None:
    desk.have(MARA, TOWER)
    fired: list[str] = []
    for keys in ("Del", "Ctrl+Z", "Right", "Space"):
        shortcut = QShortcut(QKeySequence(keys), desk.composer)
        shortcut.activated.connect(lambda keys=keys: fired.append(keys))
    strip = desk.composer.strip.list
    strip.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(strip, Qt.Key.Key_Right)
    QTest.keyClick(strip, Qt.Key.Key_Delete)
    assert desk.names == ["Mara"]
    QTest.keyClick(strip, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert desk.names == ["Mara", "Tower"]
    segment = desk.composer.choices.ratio.segment("16:9")
    segment.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(segment, Qt.Key.Key_Right)
    desk.composer.generate_button.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(desk.composer.generate_button, Qt.Key.Key_Space)
    assert fired == []
    assert desk.composer.draft().recipe.ratio == "9:16"


def test_dragging_an_image_moves_it(desk: Desk) -> None:
    desk.have(MARA, TOWER, DUSK)
    strip = desk.composer.strip.list
    thumbs = {reference: QPoint(place.center()) for reference, place in zip("MTD", strip._places(), strict=True)}
    QTest.mousePress(strip, Qt.MouseButton.LeftButton, pos=thumbs["M"])
    QTest.mouseMove(strip, thumbs["T"])
    QTest.mouseMove(strip, thumbs["D"] + QPoint(20, 0))
    QTest.mouseRelease(strip, Qt.MouseButton.LeftButton, pos=thumbs["D"])
    assert desk.names == ["Tower", "Dusk", "Mara"]
    desk.composer.flush()
    assert [one.name for one in desk.kept[-1].recipe.references] == ["Tower", "Dusk", "Mara"]


def test_the_cross_removes_and_the_offer_brings_back(desk: Desk) -> None:
    desk.have(MARA, TOWER)
    QTest.mouseClick(named(desk.composer, "Remove Mara"), Qt.MouseButton.LeftButton)
    assert desk.names == ["Tower"]
    assert desk.composer.strip.notice.text == "Removed Mara"
    QTest.mouseClick(named(desk.composer, "Undo"), Qt.MouseButton.LeftButton)
    assert desk.names == ["Mara", "Tower"]


def test_a_new_draft_forgets_what_was_removed(desk: Desk) -> None:
    desk.have(MARA)
    desk.composer.strip.list.remove(0)
    desk.composer.set_draft(Draft(), {})
    assert not desk.composer.strip.list.undo()
    assert desk.composer.strip.notice.text == ""


def test_a_thumbnail_that_cannot_be_read_is_still_an_image(desk: Desk) -> None:
    link = Reference("page.jpg", url="https://example.com/page.jpg")
    desk.composer.add_references([(link, b""), (MARA, b"not a picture")])
    assert desk.names == ["page.jpg", "Mara"]
    assert not desk.composer.grab().isNull()


# the spoken interface


def test_every_part_says_what_it_is(desk: Desk) -> None:
    desk.have(MARA)
    composer = desk.composer
    assert spoken(composer.prompt.editor) == ("Prompt", QAccessible.Role.EditableText)
    assert spoken(composer.project) == ("Project", QAccessible.Role.EditableText)
    assert spoken(composer.shot) == ("Shot", QAccessible.Role.EditableText)
    assert spoken(composer.strip.list) == ("References", QAccessible.Role.List)
    assert spoken(composer.strip.add_slot) == ("Add reference image", QAccessible.Role.Button)
    assert spoken(composer.choices.takes) == ("Takes", QAccessible.Role.SpinBox)
    for name in ("First frame", "First and last frame", "Reference images", "16:9", "9:16", "1:1"):
        assert spoken(named(composer, name))[1] == QAccessible.Role.RadioButton
    for name in ("5 s", "10 s", "480p", "720p", "1080p"):
        assert spoken(named(composer, name))[1] == QAccessible.Role.RadioButton


def test_the_list_of_references_holds_items_with_names(desk: Desk) -> None:
    desk.have(MARA, TOWER)
    gc.collect()
    listed = QAccessible.queryAccessibleInterface(desk.composer.strip.list)
    items = [listed.child(index) for index in range(listed.childCount())]
    assert [item.role() for item in items] == [QAccessible.Role.ListItem] * 2
    assert [item.text(QAccessible.Text.Name) for item in items] == ["Image 1: Mara", "Image 2: Tower"]


def test_tab_goes_through_the_composer_in_order(desk: Desk) -> None:
    desk.have(MARA, TOWER)
    desk.composer.project.setFocus(Qt.FocusReason.TabFocusReason)
    seen = []
    for _ in range(13):
        seen.append(focused().accessibleName())
        QTest.keyClick(focused(), Qt.Key.Key_Tab)
    expected = ["Project", "Shot", "Prompt", "References", "Add reference image", "First and last frame"]
    expected += ["Swap first and last frame"]
    assert seen == [*expected, "16:9", "Match image", "5 s", "1080p", "Takes", "Generate · $0.28"]


def test_the_whole_job_by_keyboard(desk: Desk) -> None:
    desk.composer.focus_prompt()
    QTest.keyClicks(focused(), "a lamp turns")
    for _ in range(2):
        QTest.keyClick(focused(), Qt.Key.Key_Tab)
    assert focused().accessibleName() == "16:9"
    QTest.keyClick(focused(), Qt.Key.Key_Right)
    for _ in range(3):
        QTest.keyClick(focused(), Qt.Key.Key_Tab)
    QTest.keyClick(focused(), Qt.Key.Key_Up)
    QTest.keyClick(focused(), Qt.Key.Key_Tab)
    QTest.keyClick(focused(), Qt.Key.Key_Space)
    assert [(draft.recipe.prompt, draft.recipe.ratio, draft.takes) for draft in desk.generated] == [
        ("a lamp turns", "9:16", 2)
    ]


def test_the_price_button_never_scrolls_away(desk: Desk, qtbot: QtBot) -> None:
    desk.have(*(replace(DUSK, name=f"d{number}") for number in range(9)))
    desk.composer.resize(288, 420)
    qtbot.waitUntil(lambda: desk.composer.height() == 420)
    button = desk.composer.generate_button
    assert desk.composer.rect().contains(button.geometry())


def test_where_the_middle_scrolls_anyway_the_prompt_is_not_so_low(desk: Desk, qtbot: QtBot) -> None:
    composer, bar = desk.composer, desk.composer.columns.scroll.verticalScrollBar()
    composer.resize(312, 634)
    qtbot.waitUntil(lambda: composer.height() == 634 and bar.maximum() == 0)
    desk.have(*(replace(DUSK, name=f"d{number}", hash=f"{number}") for number in range(9)))
    qtbot.waitUntil(lambda: bar.maximum() > 0 and composer.prompt.height() == 156)
    desk.composer.undo()
    qtbot.waitUntil(lambda: bar.maximum() == 0)


def focused() -> QWidget:
    """The widget that has the keyboard."""
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


def named(root: QWidget, name: str) -> QWidget:
    """The widget that a screen reader finds by `name`."""
    found = [widget for widget in root.findChildren(QWidget) if widget.accessibleName() == name]
    assert len(found) == 1, (name, found)
    return found[0]
