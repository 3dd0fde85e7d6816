"""The large preview: what is framed is what the model will see, by mouse, wheel, touchpad, keys and screen reader."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QBuffer, QIODevice, QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import (
    QAccessible,
    QColor,
    QColorSpace,
    QImage,
    QNativeGestureEvent,
    QPainter,
    QPointingDevice,
    QWheelEvent,
)
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from seedance_desktop.domain.catalogue import IMAGE_LEAST_SIDE, RATIOS, kept
from seedance_desktop.domain.cropping import WHOLE, Part, fits, framed, most_zoom, nearest_ratio, seen
from seedance_desktop.domain.kept_images import Prepared
from seedance_desktop.domain.preferences import Preferences
from seedance_desktop.domain.recipe import Reference
from seedance_desktop.ui import theme
from seedance_desktop.ui.centre import Centre
from seedance_desktop.ui.composer.choices import Choices
from seedance_desktop.ui.preview import Preview
from seedance_desktop.ui.preview.framing import Framing
from seedance_desktop.ui.preview.reading import first_readable
from seedance_desktop.ui.wishes import Wishes

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)  # offscreen does less

Key = Qt.Key
LEFT, PLAIN = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
SHIFT, CTRL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier
WIDE, NARROW = (728, 834), (420, 634)
SIZES = [(1600, 1200), (900, 1600), (1000, 1000), (2500, 1000), (400, 1000), (300, 300), (301, 640)]
RED, GREEN, BLUE = QColor(200, 0, 0), QColor(0, 200, 0), QColor(0, 0, 200)


def thirds(width: int, height: int) -> QImage:
    """Three upright bands of one colour each."""
    image = QImage(width, height, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    for number, colour in enumerate((RED, GREEN, BLUE)):
        painter.fillRect(QRectF(number * width / 3, 0, width / 3 + 1, height), colour)
    painter.end()
    return image


def encoded(image: QImage) -> bytes:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "png")  # type: ignore[call-overload] # PySide says bytes and means str
    return bytes(buffer.data().data())


def prepared(reference: Reference, data: bytes, size: tuple[int, int], **more: object) -> Prepared:
    before = (reference.suffix, 3_100_000, reference.width, reference.height)
    return Prepared(reference, data, "image/jpeg", *size, *before, **{"changed": True, **more})  # type: ignore[arg-type]


class Bench(QWidget):
    """A preview in a window, beside something to type into, and all that it has said."""

    def __init__(self, qtbot: QtBot, library: Path) -> None:
        super().__init__()
        self.qtbot, self.library = qtbot, library
        self.preview = Preview()
        self.preview.set_library(library)
        self.canvas, self.foot, self.header = self.preview.canvas, self.preview.foot, self.preview.header
        self.typed = QLineEdit()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.preview)
        layout.addWidget(self.typed)
        self.cropped: list[Reference] = []
        self.ratios: list[str] = []
        self.moved: list[int] = []
        self.wanted: list[Reference] = []
        self.closed: list[bool] = []
        self.preview.cropped.connect(self.cropped.append)
        self.preview.ratio_wanted.connect(self.ratios.append)
        self.preview.moved.connect(self.moved.append)
        self.preview.picture_wanted.connect(self.wanted.append)
        self.preview.closed.connect(lambda: self.closed.append(True))

    def file(self, width: int = 1600, height: int = 1200, name: str = "Mara") -> Reference:
        """An image of the library."""
        key = f"{name}{width}x{height}"
        folder = self.library / "references"
        folder.mkdir(exist_ok=True)
        (folder / f"{key}.png").write_bytes(encoded(thirds(width, height)))
        return Reference(name, key, ".png", "", width, height)

    def open(self, reference: Reference, ratio: str = "16:9", number: int = 1, of: int = 1) -> Reference:
        self.preview.show_reference(reference, number, ratio, of)
        self.qtbot.waitUntil(lambda: self.drawn() or bool(self.words()))
        self.canvas.setFocus()
        return reference

    def drawn(self) -> bool:
        """Whether there is the picture of three bands on the canvas, dimmed or not."""
        middle = self.colour(0.5, 0.5)
        return middle.green() > 50 and middle.red() == middle.blue() == 0

    def colour(self, x: float, y: float) -> QColor:
        """The colour on screen at shares of the picture."""
        spot = self.canvas.picture_rect
        image = self.canvas.grab().toImage()
        return image.pixelColor(round(spot.left() + x * spot.width()), round(spot.top() + y * spot.height()))

    def words(self) -> str:
        return " ".join(label.text() for label in self.canvas.findChildren(QLabel) if label.isVisible())

    def said(self) -> str:
        return "\n".join(label.text() for label in self.foot.findChildren(QLabel) if not label.isHidden())

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = PLAIN) -> None:
        QTest.keyClick(QApplication.focusWidget() or self.canvas, key, modifier)

    def drag(self, right: int, down: int, *, drop: bool = True) -> None:
        here = self.canvas.rect().center()
        QTest.mousePress(self.canvas, LEFT, PLAIN, here)
        QTest.mouseMove(self.canvas, here + QPoint(right // 2, down // 2))
        QTest.mouseMove(self.canvas, here + QPoint(right, down))
        if drop:
            QTest.mouseRelease(self.canvas, LEFT, PLAIN, here + QPoint(right, down))

    def wheel(self, turn: int) -> None:
        here = QPointF(self.canvas.rect().center())
        event = QWheelEvent(
            here, here, QPoint(), QPoint(0, turn), Qt.MouseButton.NoButton, PLAIN, Qt.ScrollPhase.NoScrollPhase, False
        )
        QApplication.sendEvent(self.canvas, event)

    def settled(self, count: int = 1) -> Reference:
        """The last crop, once so many were said."""
        self.qtbot.waitUntil(lambda: len(self.cropped) >= count)
        assert len(self.cropped) == count
        return self.cropped[-1]

    def frame(self) -> Part:
        """The frame as shares of the picture, read from the canvas."""
        room, frame = self.canvas.picture_rect, self.canvas.frame_rect
        left, top = (frame.left() - room.left()) / room.width(), (frame.top() - room.top()) / room.height()
        return (left, top, frame.width() / room.width(), frame.height() / room.height())


@pytest.fixture
def bench(qtbot: QtBot, tmp_path: Path) -> Iterator[Bench]:
    made = Bench(qtbot, tmp_path)
    qtbot.addWidget(made)
    made.resize(*WIDE)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    yield made
    theme.apply(QApplication.instance(), "dark")  # type: ignore[arg-type]


def name_of(widget: QWidget, kind: QAccessible.Text = QAccessible.Text.Name) -> str:
    return QAccessible.queryAccessibleInterface(widget).text(kind)


# geometry


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("ratio", RATIOS)
def test_the_frame_is_what_upstream_leaves_to_the_pixel(bench: Bench, size: tuple[int, int], ratio: str) -> None:
    for part in (WHOLE, (0.1, 0.2, 0.8, 0.75)):
        reference = replace(bench.file(*size), part=part)
        bench.preview.show_reference(reference, 1, ratio)
        room = bench.canvas.picture_rect
        left, top, wide, high = seen(*size, part, ratio)
        where = QRectF(left * room.width(), top * room.height(), wide * room.width(), high * room.height())
        where.translate(room.topLeft())
        frame = bench.canvas.frame_rect
        for one, other in zip(frame.getCoords(), where.getCoords(), strict=True):  # type: ignore[call-overload]
            assert one == pytest.approx(other, abs=1e-6)
        assert abs(room.width() / room.height() - size[0] / size[1]) < 0.02, "its true shape"
        assert QRectF(bench.canvas.rect()).contains(room)


def test_what_is_lost_is_dark_and_what_is_kept_is_not(bench: Bench) -> None:
    bench.open(bench.file(1200, 900), "1:1")
    assert bench.colour(0.5, 0.5) == GREEN
    assert bench.colour(0.20, 0.5) == RED
    lost = bench.colour(0.05, 0.5)
    assert 50 < lost.red() < 90
    assert lost.green() == 0
    bench.preview.set_ratio("16:9")
    assert bench.colour(0.05, 0.5) == RED
    frame = bench.canvas.frame_rect
    image = bench.canvas.grab().toImage()
    assert image.pixelColor(round(frame.center().x()), round(frame.top() + 0.5)) == QColor("white")


def test_framing_is_upstreams_own_arithmetic() -> None:
    framing = Framing(1600, 1200, "16:9")
    assert framing.frame == kept(1600, 1200, "16:9")
    assert framing.at_centre
    assert framing.size == (1600, 900)
    up = framing.moved(0, -0.05)
    assert up.part == framed(1600, 1200, "16:9", (0.5, 0.45), 1)
    assert fits(up.part, 1600, 1200, "16:9")
    assert up.frame == pytest.approx(up.part), "upstream has nothing more to crop"
    assert up.moved(0, 0.05).part == WHOLE, "back at the centre the whole picture is sent again"
    close = framing.zoomed(2)
    assert close.zoom == pytest.approx(2)
    assert close.size == (800, 450)
    assert framing.zoomed(99).zoom == pytest.approx(most_zoom(1600, 1200, "16:9"))
    assert min(framing.zoomed(99).size) == IMAGE_LEAST_SIDE
    assert close.moved(9, 9).frame == pytest.approx((0.5, 0.625, 0.5, 0.375))


@pytest.mark.parametrize("ratio", RATIOS)
def test_a_picture_of_300_pixels_has_no_room_to_be_cropped(bench: Bench, ratio: str) -> None:
    bench.open(bench.file(300, 300), ratio)
    for key in (Key.Key_Plus, Key.Key_Left, Key.Key_Up):
        bench.press(key)
    bench.drag(50, 50)
    bench.wheel(1200)
    bench.preview.commit()
    assert not bench.cropped
    assert not bench.foot.zoom.slider.isEnabled()
    assert bench.frame() == pytest.approx(kept(300, 300, ratio))
    assert ("too small" in bench.said()) == (ratio != "1:1")


def test_a_crop_is_never_smaller_than_the_gateway_takes(bench: Bench) -> None:
    reference = bench.open(bench.file(640, 600), "1:1")
    bench.wheel(120 * 40)
    part = bench.settled().part
    wide, high = round(part[2] * 640), round(part[3] * 600)
    assert (wide, high) == (300, 300)
    assert reference.part == WHOLE
    assert not bench.foot.zoom.closer.isEnabled()
    assert bench.foot.zoom.wider.isEnabled()


def test_a_thousand_steps_leave_the_crop_as_large_as_it_was() -> None:
    framing = Framing(1600, 1200, "16:9").zoomed(1.23)
    start = framing.part
    for _ in range(500):
        framing = framing.moved(0.0007, -0.0003).moved(-0.0007, 0.0003)
    assert framing.part == pytest.approx(start)


# gestures


def test_a_drag_moves_the_frame_and_is_said_once_at_its_end(bench: Bench) -> None:
    reference = bench.open(bench.file())
    high = bench.canvas.picture_rect.height()
    bench.drag(30, -40, drop=False)
    assert not bench.cropped, "the gesture goes on"
    expected = framed(1600, 1200, "16:9", (0.5, 0.5 - 40 / high), 1)
    assert bench.frame() == pytest.approx(expected), "it repaints as it goes"
    assert bench.colour(0.5, expected[1] + 0.01) == GREEN
    QTest.mouseRelease(bench.canvas, LEFT)
    assert replace(bench.settled(), part=WHOLE) == reference
    assert bench.cropped[-1].part == pytest.approx(expected)


def test_a_drag_past_the_edge_and_back_is_where_the_mouse_is(bench: Bench) -> None:
    bench.open(bench.file())
    here = bench.canvas.rect().center()
    QTest.mousePress(bench.canvas, LEFT, PLAIN, here)
    QTest.mouseMove(bench.canvas, here - QPoint(0, 600))
    assert bench.frame()[1] == 0
    QTest.mouseMove(bench.canvas, here)
    assert bench.frame() == pytest.approx(kept(1600, 1200, "16:9"))
    QTest.mouseRelease(bench.canvas, LEFT, PLAIN, here)
    assert not bench.cropped, "nothing has changed"


def test_thirds_are_drawn_only_while_it_is_dragged(bench: Bench) -> None:
    bench.open(bench.file())

    def on_line() -> QColor:
        frame = bench.canvas.frame_rect
        y = round(frame.top() + frame.height() / 3)
        image = bench.canvas.grab().toImage()
        greens = [image.pixelColor(round(frame.center().x()), y + off) for off in (-1, 0, 1)]
        return max(greens, key=lambda colour: colour.red())

    assert on_line() == GREEN
    bench.drag(0, 30, drop=False)
    assert on_line().red() > 80
    QTest.mouseRelease(bench.canvas, LEFT)
    assert on_line() == GREEN


def test_the_wheel_zooms_and_is_said_when_it_rests(bench: Bench) -> None:
    bench.open(bench.file())
    bench.wheel(120)
    bench.wheel(120)
    assert not bench.cropped
    part = bench.settled().part
    assert part == pytest.approx(framed(1600, 1200, "16:9", (0.5, 0.5), 1.21))
    bench.wheel(-120 * 9)
    assert bench.settled(2).part == WHOLE
    assert bench.foot.zoom.slider.value() == 100


def test_a_pinch_on_the_touchpad_zooms(bench: Bench) -> None:
    bench.open(bench.file())
    here = QPointF(bench.canvas.rect().center())
    kind = Qt.NativeGestureType.ZoomNativeGesture
    device = QPointingDevice.primaryPointingDevice()
    event = QNativeGestureEvent(kind, device, 2, here, here, here, 0.5, QPointF())
    QApplication.sendEvent(bench.canvas, event)
    assert bench.settled().part == pytest.approx(framed(1600, 1200, "16:9", (0.5, 0.5), 1.5))


def test_the_slider_zooms_and_its_release_ends_the_gesture(bench: Bench) -> None:
    bench.open(bench.file())
    slider = bench.foot.zoom.slider
    assert name_of(slider) == "Zoom"
    assert (slider.minimum(), slider.value()) == (100, 100)
    assert slider.maximum() == int(most_zoom(1600, 1200, "16:9") * 100)
    QTest.mousePress(slider, LEFT, PLAIN, QPoint(slider.width() // 2, 12))
    assert slider.value() > 150
    assert not bench.cropped
    QTest.mouseRelease(slider, LEFT)
    assert bench.settled().part == pytest.approx(framed(1600, 1200, "16:9", (0.5, 0.5), slider.value() / 100))


def test_arrows_move_by_one_in_a_hundred_and_with_shift_by_five(bench: Bench) -> None:
    bench.open(bench.file())
    bench.press(Key.Key_Up)
    bench.press(Key.Key_Down, SHIFT)
    assert bench.settled().part == pytest.approx(framed(1600, 1200, "16:9", (0.5, 0.54), 1))
    bench.press(Key.Key_Left, SHIFT)
    bench.preview.commit()
    assert len(bench.cropped) == 1, "there is no room at the sides"
    bench.press(Key.Key_Plus)
    bench.press(Key.Key_Right)
    assert bench.settled(2).part == pytest.approx(framed(1600, 1200, "16:9", (0.51, 0.54), 1.1))
    bench.press(Key.Key_Minus)
    bench.press(Key.Key_0)
    assert bench.settled(3).part == WHOLE


def test_centre_goes_back_to_upstreams_own_crop(bench: Bench) -> None:
    bench.open(replace(bench.file(), part=(0.1, 0.1, 0.5, 0.375)))
    assert bench.foot.zoom.centre.isEnabled()
    bench.foot.zoom.centre.click()
    assert bench.settled().part == WHOLE
    assert bench.frame() == pytest.approx(kept(1600, 1200, "16:9"))
    assert not bench.foot.zoom.centre.isEnabled()


# leaving


@pytest.mark.parametrize("part", [WHOLE, (0.1, 0.1, 0.5, 0.375)])
def test_escape_restores_what_it_was_when_it_was_opened(bench: Bench, part: Part) -> None:
    reference = bench.open(replace(bench.file(), part=part))
    assert bench.foot.cancel.isHidden(), "there is nothing to take back"
    bench.drag(0, 30)
    bench.preview.show_reference(bench.cropped[-1], 1, "16:9")  # as the composer does
    bench.press(Key.Key_Plus)
    assert not bench.foot.cancel.isHidden()
    bench.press(Key.Key_Escape)
    assert bench.cropped[-1] == reference
    assert bench.closed == [True]


def test_escape_without_a_change_only_closes(bench: Bench) -> None:
    bench.open(bench.file())
    bench.press(Key.Key_Escape)
    assert not bench.cropped
    assert bench.closed == [True]


@pytest.mark.parametrize("way", ["enter", "done", "cross"])
def test_enter_done_and_the_cross_keep_the_crop(bench: Bench, way: str) -> None:
    bench.open(bench.file())
    bench.press(Key.Key_Up)
    if way == "enter":
        bench.press(Key.Key_Return)
    else:
        {"done": bench.foot.done, "cross": bench.header.close_button}[way].click()
    assert [one.part for one in bench.cropped] == [framed(1600, 1200, "16:9", (0.5, 0.49), 1)]
    assert bench.closed == [True]


def test_enter_presses_the_button_that_has_the_keyboard(bench: Bench) -> None:
    bench.open(bench.file(900, 1600))
    bench.foot.match.setFocus()
    bench.press(Key.Key_Return)
    assert bench.ratios == ["9:16"]
    assert not bench.closed


def test_hiding_ends_a_gesture_that_goes_on(bench: Bench) -> None:
    bench.open(bench.file())
    bench.press(Key.Key_Up)
    bench.preview.hide()
    assert len(bench.cropped) == 1


def test_no_plain_key_goes_on_to_the_stage_but_commands_do(bench: Bench, qtbot: QtBot) -> None:
    bench.open(bench.file())
    heard: list[int] = []
    bench.keyPressEvent = lambda event: heard.append(event.key())  # type: ignore[method-assign]
    for key in (Key.Key_Space, Key.Key_X, Key.Key_3, Key.Key_Delete):
        bench.press(key)
    assert not heard
    assert not bench.cropped
    bench.press(Key.Key_N, CTRL)
    assert Key.Key_N in heard


# the ratio and the neighbours


@pytest.mark.parametrize("size", SIZES)
def test_match_image_picks_the_ratio_that_loses_least(bench: Bench, size: tuple[int, int]) -> None:
    best = nearest_ratio(*size)
    other = next(ratio for ratio in RATIOS if ratio != best)
    bench.preview.show_reference(bench.file(*size), 1, other)
    assert bench.foot.match.isVisible()
    assert name_of(bench.foot.match) == "Match image"
    bench.foot.match.click()
    assert bench.ratios == [best]
    assert bench.foot.ratio.value == best
    assert bench.foot.match.isHidden()
    assert bench.frame() == pytest.approx(kept(*size, best))


def test_the_picker_compares_ratios_and_follows_the_composer(bench: Bench) -> None:
    bench.open(bench.file())
    bench.foot.ratio.segment("1:1").click()
    assert bench.ratios == ["1:1"]
    assert bench.frame() == pytest.approx(kept(1600, 1200, "1:1"))
    assert "1:1 keeps 75 % of it" in bench.said()
    bench.preview.set_ratio("9:16")
    assert bench.ratios == ["1:1"]
    assert bench.foot.ratio.value == "9:16"
    assert "9:16 keeps 42 % of it" in bench.said()


def test_another_ratio_crops_the_creators_crop_at_its_centre(bench: Bench) -> None:
    part = framed(1600, 1200, "16:9", (0.3, 0.3), 2)
    bench.open(replace(bench.file(), part=part))
    bench.preview.set_ratio("1:1")
    assert bench.frame() == pytest.approx(seen(1600, 1200, part, "1:1"))
    assert not bench.cropped
    bench.press(Key.Key_Right)
    assert fits(bench.settled().part, 1600, 1200, "1:1")


def test_what_the_composer_says_meanwhile_breaks_no_gesture(bench: Bench) -> None:
    reference = bench.open(bench.file())
    bench.press(Key.Key_Up)
    bench.preview.show_reference(reference, 1, "16:9", 2)
    assert bench.frame()[1] == pytest.approx(0.115)
    assert bench.settled().part == framed(1600, 1200, "16:9", (0.5, 0.49), 1)


def test_previous_and_next_ask_for_the_neighbour(bench: Bench) -> None:
    reference = bench.open(bench.file(), number=2, of=3)
    bench.header.previous.click()
    bench.header.next.click()
    assert bench.moved == [0, 2]
    assert bench.preview.number == 2
    bench.open(bench.file(1000, 1000, "Dusk"), number=3, of=3)
    assert not bench.header.next.isEnabled()
    assert bench.header.previous.isEnabled()
    bench.drag(0, 30)
    bench.open(reference, number=1, of=1)
    assert bench.header.next.isHidden()
    assert bench.header.previous.isHidden()
    bench.press(Key.Key_Escape)
    assert not any(one.key == reference.key for one in bench.cropped), "each image has its own way back"


# what is sent


def test_as_sent_shows_the_very_bytes_and_upstreams_crop_over_them(bench: Bench) -> None:
    reference = bench.open(replace(bench.file(), part=(0.0, 0.0, 0.5, 1.0)), "1:1")
    bench.header.view.segment("sent").click()
    assert "Preparing" in bench.words()
    assert "Preparing" in bench.said()
    sent = QImage(400, 600, QImage.Format.Format_RGB32)
    sent.fill(BLUE)
    bench.preview.set_prepared([prepared(reference, encoded(sent), (400, 600))], {})
    bench.qtbot.waitUntil(lambda: bench.colour(0.5, 0.5) == BLUE)
    assert bench.frame() == pytest.approx(kept(400, 600, "1:1"))
    room = bench.canvas.picture_rect
    assert room.width() / room.height() == pytest.approx(400 / 600, abs=0.01)
    bench.drag(0, 40)
    assert not bench.cropped, "the bytes are what they are"
    bench.press(Key.Key_Plus)
    assert bench.header.view.value == "original", "a crop is made on the original"
    assert bench.settled().part != reference.part
    assert "Preparing" in bench.said(), "those bytes were another crop's"


def test_the_facts_are_said_in_words(bench: Bench) -> None:
    phone = Reference("Mara", "aa", ".heic", "", 4032, 3024)
    made = prepared(phone, b"x" * 900_000, (2048, 1536), first_of_many=True, filled=True)
    bench.preview.set_prepared([made], {})
    bench.preview.show_reference(phone, 1, "16:9")
    bench.qtbot.waitUntil(lambda: bool(bench.wanted))
    said = bench.said()
    assert "16:9 keeps 75 % of it · 4032 × 2268 pixels" in said
    assert "4032 × 3024 HEIC, 3.1 MB → 2048 × 1536 JPEG, 900 kB" in said
    assert "Only the first frame of this animation is sent" in said
    assert "Transparent parts are sent white" in said
    bench.preview.set_ratio("1:1")
    bench.preview.set_prepared([replace(made, changed=False, first_of_many=False, filled=False)], {})
    said = bench.said()
    assert "Sent as it is: 2048 × 1536 JPEG, 900 kB" in said
    assert "frame" not in said
    assert "white" not in said
    bench.preview.set_prepared([], {"aa": "Mara cannot be made to fit 4 MB."})
    assert "Mara cannot be made to fit 4 MB." in bench.said()
    description = name_of(bench.canvas, QAccessible.Text.Description)
    assert "Mara cannot be made to fit" in description
    assert "1:1 keeps 75 % of it" in description


def test_a_link_is_sent_as_it_is_and_cannot_be_cropped(bench: Bench) -> None:
    reference = replace(bench.file(), url="https://example.com/mara.jpg", as_link=True, part=(0.0, 0.0, 0.5, 0.5))
    bench.open(reference)
    assert "Sent as the link it is: https://example.com/mara.jpg" in bench.said()
    assert bench.frame() == pytest.approx(kept(1600, 1200, "16:9")), "the gateway sees all of it"
    bench.drag(0, 40)
    bench.press(Key.Key_Plus)
    bench.preview.commit()
    assert not bench.cropped
    assert not bench.header.view.segment("sent").isEnabled()
    bench.open(Reference("Far", url="https://example.com/far.jpg"))
    assert "not on this computer" in bench.words()


def test_a_picture_that_qt_cannot_read_is_asked_for_and_shown_when_given(bench: Bench) -> None:
    reference = bench.file(900, 600)
    (bench.library / "references" / reference.file).write_bytes(b"\0\0\0\x18ftypheic")
    bench.open(reference)
    assert bench.wanted == [reference]
    assert "cannot be shown" in bench.words()
    bench.preview.set_prepared([prepared(reference, encoded(thirds(450, 300)), (450, 300))], {})
    bench.qtbot.waitUntil(bench.drawn)  # makeshift: what is sent is the whole of it
    bench.preview.set_picture("another", encoded(thirds(90, 60)))
    given = QImage(900, 600, QImage.Format.Format_RGB32)
    given.fill(BLUE)
    bench.preview.set_picture(reference.key, encoded(given))
    bench.qtbot.waitUntil(lambda: bench.colour(0.5, 0.5) == BLUE)
    assert bench.wanted == [reference], "once is enough"


def test_the_small_picture_stands_in_until_a_better_one_comes(bench: Bench) -> None:
    posters = bench.library / "posters"
    posters.mkdir()
    (posters / "hh.jpg").write_bytes(encoded(thirds(240, 160)))
    bench.open(Reference("Mara", "hh", ".heic", "", 900, 600))
    assert bench.drawn()
    assert len(bench.wanted) == 1


def test_a_picture_of_another_shape_than_it_should_have_is_not_believed() -> None:
    lying, upright = encoded(thirds(600, 400)), encoded(thirds(200, 300))
    picture, source = first_readable([lying, b"no picture", upright], 400 / 600)
    assert source == 2
    assert (picture.width(), picture.height()) == (200, 300)
    assert first_readable([lying], 400 / 600)[1] == -1


def test_a_wide_gamut_and_a_transparent_picture_are_shown_as_srgb(bench: Bench) -> None:
    wide = QImage(60, 40, QImage.Format.Format_RGB32)
    wide.fill(QColor(200, 100, 50))
    wide.setColorSpace(QColorSpace(QColorSpace.NamedColorSpace.DisplayP3))
    picture, _ = first_readable([encoded(wide)], 1.5)
    colour = picture.pixelColor(5, 5)
    assert colour.red() > 205, "more than sRGB's 200"
    assert colour.blue() < 45, "less than its 50"
    clear = QImage(900, 600, QImage.Format.Format_ARGB32)
    clear.fill(QColor(0, 0, 0, 0))
    reference = bench.file(900, 600, "Logo")
    (bench.library / "references" / reference.file).write_bytes(encoded(clear))
    bench.preview.show_reference(reference, 1, "16:9")
    bench.qtbot.waitUntil(lambda: bench.colour(0.5, 0.5).lightness() > 150)
    shades = {bench.colour(0.5 + step / 100, 0.5).name() for step in range(8)}
    assert len(shades) > 1, "chequers under it"


# names, themes, sizes


def test_every_control_has_its_name(bench: Bench) -> None:
    bench.open(bench.file(), number=2, of=3)
    canvas = QAccessible.queryAccessibleInterface(bench.canvas)
    assert canvas.text(QAccessible.Text.Name) == "Reference preview"
    assert canvas.role() == QAccessible.Role.Graphic
    said = canvas.text(QAccessible.Text.Description)
    assert "Image 2 · Mara. 16:9 keeps 75 % of it. 0 % from the left, 12 % from the top" in said
    header, foot = bench.header, bench.foot
    named = {
        "Previous image": header.previous,
        "Next image": header.next,
        "Close preview": header.close_button,
        "Original": header.view.segment("original"),
        "As sent": header.view.segment("sent"),
        "16:9": foot.ratio.segment("16:9"),
        "Zoom in": foot.zoom.closer,
        "Zoom out": foot.zoom.wider,
        "Centre": foot.zoom.centre,
        "Done": foot.done,
        "Cancel": foot.cancel,
    }
    assert {name: name_of(widget) for name, widget in named.items()} == {name: name for name in named}


def test_tab_comes_to_everything_and_keys_never_act_while_somebody_types(bench: Bench) -> None:
    bench.open(bench.file(900, 1600), number=2, of=3)
    seen_widgets: list[QWidget | None] = []
    for _ in range(20):
        bench.press(Key.Key_Tab)
        seen_widgets.append(QApplication.focusWidget())
    for widget in (bench.canvas, bench.header.next, bench.foot.match, bench.foot.zoom.slider, bench.foot.done):
        assert widget in seen_widgets
    bench.typed.setFocus()
    for key in (Key.Key_0, Key.Key_Plus, Key.Key_Minus):
        bench.press(key)
    assert bench.typed.text()
    assert not bench.cropped


@pytest.mark.parametrize("size", [WIDE, NARROW])
@pytest.mark.parametrize(
    "name", ["Mara", "一张名字非常长的照片，海边的灯塔，蓝调时刻，镜头缓缓推近" * 2, "IMG_20260101 " * 12]
)
def test_nothing_is_pushed_out_whatever_the_name(bench: Bench, size: tuple[int, int], name: str) -> None:
    bench.open(replace(bench.file(900, 1600), name=name), number=9, of=9)
    bench.press(Key.Key_Plus)
    bench.resize(*size)
    bench.qtbot.waitUntil(lambda: bench.width() == size[0])
    for widget in (bench.header.close_button, bench.foot.done, bench.foot.cancel, bench.foot.zoom, bench.foot.match):
        area = QRectF(widget.rect()).translated(QPointF(widget.mapTo(bench, QPoint())))
        assert QRectF(bench.rect()).contains(area), widget
    assert bench.canvas.height() > 200
    bench.preview.commit()


def test_the_surround_is_near_black_in_both_themes(bench: Bench) -> None:
    bench.open(bench.file())
    for look in ("light", "dark"):
        theme.apply(QApplication.instance(), look)  # type: ignore[arg-type]
        image = bench.grab().toImage()
        at = bench.canvas.mapTo(bench, QPoint(4, 4))
        assert image.pixelColor(at) == theme.color("viewer")
        assert image.pixelColor(bench.foot.mapTo(bench, QPoint(3, 3))) == theme.color("panel")
        assert bench.drawn()


# in the window


def shown(centre: Centre) -> tuple[bool, QWidget | None]:
    return centre.previewing, centre.currentWidget()


def test_the_centre_shows_it_over_the_stage_and_passes_on_what_it_says(qtbot: QtBot, tmp_path: Path) -> None:
    stage = QWidget()
    centre = Centre(Wishes(), Preferences(), stage)
    qtbot.addWidget(centre)
    centre.set_library(tmp_path)
    centre.show()
    heard: list[object] = []
    centre.image_cropped.connect(lambda index, reference: heard.append((index, reference)))
    centre.ratio_wanted.connect(heard.append)
    centre.image_wanted.connect(heard.append)
    centre.preview_closed.connect(lambda: heard.append("closed"))
    reference = Reference("Mara", "aa", ".jpg", "", 900, 1600)
    centre.set_prepared([prepared(reference, b"x" * 2_000_000, (900, 1600))])
    centre.show_preview(reference, 2, "16:9", 3)
    assert shown(centre) == (True, centre.preview)
    assert any("2.0 MB" in label.text() for label in centre.preview.findChildren(QLabel)), "what came before is known"
    centre.show_first_run(False)
    assert centre.currentWidget() is centre.preview, "news of keys and clips don't take it away"
    centre.preview.foot.match.click()
    centre.preview.header.next.click()
    QTest.keyClick(centre.preview.canvas, Key.Key_Up)
    centre.preview.foot.done.click()
    part = framed(900, 1600, "9:16", (0.5, 0.5), 1)
    assert part == pytest.approx(WHOLE)
    assert heard == ["9:16", 2, "closed"]
    assert shown(centre) == (False, stage)
    centre.show_preview(reference, 2, "16:9", 3)
    QTest.keyClick(centre.preview.canvas, Key.Key_Up)
    centre.hide_preview()
    moved = replace(reference, part=framed(900, 1600, "16:9", (0.5, 0.49), 1))
    assert heard[-1] == (1, moved)
    assert centre.currentWidget() is stage
    centre.show_preview(reference, 1, "16:9")
    centre.show_blocked("The library does not open.", tmp_path)
    assert centre.currentWidget() is not centre.preview
    centre.set_library(tmp_path)
    assert centre.currentWidget() is centre.preview


def test_match_image_stands_in_the_ratio_row_where_it_helps(qtbot: QtBot) -> None:
    choices = Choices()
    qtbot.addWidget(choices)
    choices.show()
    changed: list[bool] = []
    choices.changed.connect(lambda: changed.append(True))
    assert choices.match.isHidden()
    choices.set_images([Reference("Mara", "aa", ".jpg", "", 900, 1600)])
    assert choices.match.isVisible()
    assert not changed
    choices.match.click()
    assert choices.ratio.value == "9:16"
    assert len(changed) == 1
    assert choices.match.isHidden()
    choices.ratio.segment("1:1").click()
    assert choices.match.isVisible()
    assert len(changed) == 2
    choices.set_images([])
    assert choices.match.isHidden()
