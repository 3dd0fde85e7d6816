"""Pictures for the screen have the colours that ITU-R BT.601 and BT.709 say, whatever the sizes and strides."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QImage
from pytestqt.qtbot import QtBot

from seedance_desktop.domain.frames import Frame, FramesWanted
from seedance_desktop.ui.stage import yuv
from seedance_desktop.ui.stage.deck import Deck
from seedance_desktop.ui.stage.picture import Decoded, Picture
from tests.ui.test_stage_clips import Decoder, make_clip, number_in, times

_FACTORS = {  # red of V, green of U, green of V, blue of U: ITU-R BT.709-6 3.3 and BT.601-7 2.5.3
    "bt709": (1.5748, -0.1873, -0.4681, 1.8556),
    "bt601": (1.402, -0.3441, -0.7141, 1.772),
}


def _flat(y: int, u: int, v: int, size: QSize, target: QSize, matrix: str, full: bool) -> QColor:
    half = ((size.width() + 1) // 2, (size.height() + 1) // 2)
    planes = (
        bytes([y]) * ((size.width() + 7) * size.height()),
        bytes([u]) * ((half[0] + 3) * half[1]),
        bytes([v]) * ((half[0] + 3) * half[1]),
    )
    strides = (size.width() + 7, half[0] + 3, half[0] + 3)
    image = yuv.render(planes, strides, size, target, matrix=matrix, full_range=full)
    return QColor(image.pixel(image.width() // 2, image.height() // 2))


def _expected(y: int, u: int, v: int, matrix: str, full: bool) -> list[float]:
    luma = float(y) if full else (y - 16) * 255 / 219
    scale = 1.0 if full else 255 / 224
    red, green_u, green_v, blue = _FACTORS[matrix]
    du, dv = (u - 128) * scale, (v - 128) * scale
    return [
        max(0.0, min(255.0, one)) for one in (luma + red * dv, luma + green_u * du + green_v * dv, luma + blue * du)
    ]


@pytest.mark.parametrize("matrix", ["bt709", "bt601"])
@pytest.mark.parametrize("full", [False, True])
def test_every_colour_is_right_to_two_steps(matrix: str, full: bool) -> None:
    dice = random.Random(3)
    for _ in range(400):
        y, u, v = dice.randrange(16, 236), dice.randrange(16, 241), dice.randrange(16, 241)
        got = _flat(y, u, v, QSize(6, 4), QSize(6, 4), matrix, full)
        expected = _expected(y, u, v, matrix, full)
        off = max(abs(a - b) for a, b in zip(expected, (got.red(), got.green(), got.blue()), strict=True))
        assert off <= 2.5, (y, u, v, expected, got.getRgb())


@pytest.mark.parametrize(("size", "target"), [((7, 5), (7, 5)), ((64, 36), (20, 11)), ((20, 10), (200, 100))])
def test_odd_sizes_padded_lines_and_scaling(size: tuple[int, int], target: tuple[int, int]) -> None:
    got = _flat(81, 90, 240, QSize(*size), QSize(*target), "bt709", False)
    assert got.red() == 255
    assert abs(got.green() - 24) <= 2
    assert got.blue() == 0


def test_a_small_picture_that_moves_is_made_of_some_lines_and_has_all_of_them_in_order() -> None:
    size, target = QSize(64, 361), QSize(16, 36)
    lines = [bytes([16 + line * 219 // 361]) * 70 for line in range(361)]  # from black to white
    planes = (b"".join(lines), bytes([128]) * (33 * 181), bytes([128]) * (33 * 181))
    for fine in (True, False):
        got = yuv.render(planes, (70, 33, 33), size, target, matrix="bt709", full_range=False, fine=fine)
        assert got.size() == target
        values = [QColor(got.pixel(8, line)).value() for line in range(36)]
        assert all(abs(value - (line + 0.5) / 36 * 255) < 8 for line, value in enumerate(values))


def test_a_picture_is_never_made_larger_than_it_is() -> None:
    planes = (bytes(100), bytes(25), bytes(25))
    picture = Decoded(Frame(0, 0, 10, 10, planes, (10, 5, 5)))
    assert picture.image(QSize(400, 400), fine=True).size() == QSize(10, 10)
    assert picture.image(QSize(4, 4), fine=False).size() == QSize(4, 4)


def test_played_and_decoded_pictures_are_the_same_to_the_eye(qtbot: QtBot, tmp_path: Path) -> None:
    file = make_clip(tmp_path / "same.mp4", 640, 360, 30)
    decoded = Decoded(Decoder(file).answer(FramesWanted(str(file), 7, 7))[0])
    seen: dict[int, QImage] = {}
    deck = Deck()

    def see(picture: Picture, number: int) -> None:
        seen[number] = picture.image(QSize(320, 180), fine=True)

    deck.pictured.connect(see)
    deck.open(file, times(30))
    qtbot.waitUntil(lambda: 0 in seen)
    deck.seek(7)
    qtbot.waitUntil(lambda: 7 in seen)
    mine = decoded.image(QSize(320, 180), fine=True)
    assert number_in(mine) == number_in(seen[7]) == 7
    assert mine == seen[7]
    assert QColor(mine.pixel(100, 150)).green() in range(20, 29)  # BT.709's red, which BT.601 would make purer
    deck.shut()
    deck.deleteLater()
