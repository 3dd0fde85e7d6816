"""Checks that both kinds of video come out with the right pixels: from Qt's player and from our own decoder.

Frame n of the bundled clips carries n as ten black (0) and white (1) squares of 32 pixels along its top, the lowest
bit first, over a colour that follows from n; see tests/media/make_self_test.py.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtGui import QImage

from seedance_desktop.domain import resources
from seedance_desktop.ui.stage.player import Player

from .fault import Fault, expect

if TYPE_CHECKING:
    from PySide6.QtMultimedia import QVideoFrame

_RATE = 24
_FRAMES = 48
_SOUGHT = 37
_BITS, _SIDE = 10, 32
_COLOUR_AT = (8, 100)
_NEAR = 14  # of 255: what a lossy codec may change
_CLIPS = {"H.264": ("self-test.mp4", "h264"), "HEVC": ("self-test-hevc.mp4", "hevc")}


async def player_plays() -> str:
    """Qt's player, as the window uses it: each clip runs forward, stands where it is sent, and shows what is there."""
    said = []
    for name, (file, _) in _CLIPS.items():
        first, last = await _played(resources.folder() / "clips" / file)
        said.append(f"{name} frames {first} to {last}, then {_SOUGHT}")
    return "; ".join(said)


async def decoder_decodes() -> str:
    """Our own decoder: every frame is there, and the one asked for is the one that comes."""
    from seedance_desktop.media import clips, frames

    for name, (file, codec) in _CLIPS.items():
        path = resources.folder() / "clips" / file
        footage = await asyncio.to_thread(clips.probe, path)
        expect((footage.codec, footage.frames) == (codec, _FRAMES), f"{name}: {footage.codec}, {footage.frames} frames")
        for number in (0, _SOUGHT, _FRAMES - 1):
            still = QImage.fromData(await asyncio.to_thread(frames.still, path, number))
            _is_frame(still, number, name)
    return f"{', '.join(_CLIPS)}: frames 0, {_SOUGHT} and {_FRAMES - 1} of {_FRAMES}"


async def shows_a_picture(path: Path) -> None:
    """Qt's player opens a file and shows its first picture; raises `Fault` where it does not."""
    await _with_player(path, lambda _player, _frame: True)


async def _played(path: Path) -> tuple[int, int]:
    """Play from the start, then stand at `_SOUGHT`; the first and the last frame seen while it ran."""
    seen: list[int] = []

    def take(player: Player, frame: QVideoFrame) -> bool:
        number = round(frame.startTime() * _RATE / 1_000_000)
        _is_frame(frame.toImage(), number, path.name)
        if len(seen) < 2:
            seen.extend([number] if number not in seen else [])
            if len(seen) == 1:
                player.play()
            else:
                player.pause()
                player.seek((2 * _SOUGHT + 1) * 500_000 // _RATE)  # its middle: the beginning may be rounded down
            return False
        return number == _SOUGHT  # else still on its way there

    await _with_player(path, take)
    expect(seen[0] < seen[1], f"{path.name} runs backwards: {seen}")
    return seen[0], seen[1]


async def _with_player(path: Path, take: Callable[[Player, QVideoFrame], bool]) -> None:
    """Show `path` and give every picture to `take` until it says that this was enough."""
    player = Player()
    player.set_volume(0, muted=True)
    enough: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    def look(frame: QVideoFrame) -> None:
        try:
            if not enough.done() and take(player, frame):
                enough.set_result(None)
        except Fault as fault:
            enough.set_exception(fault)

    def fail() -> None:
        if not enough.done():
            enough.set_exception(Fault(f"Qt's player cannot play {path.name}"))

    player.framed.connect(look)
    player.failed.connect(fail)
    try:
        player.open(path)
        await enough
    finally:
        player.shut()
        player.deleteLater()


def number_in(image: QImage) -> int:
    """The number that a picture of 320 x 180 carries."""
    middle = _SIDE // 2
    expect(image.width() >= _BITS * _SIDE, f"a picture {image.width()} pixels wide")
    return sum((image.pixelColor(bit * _SIDE + middle, middle).lightness() > 128) << bit for bit in range(_BITS))


def _is_frame(image: QImage, number: int, what: str) -> None:
    expect(not image.isNull(), f"{what}: no picture for frame {number}")
    expect(number_in(image) == number, f"{what}: frame {number} shows the number {number_in(image)}")
    colour = image.pixelColor(*_COLOUR_AT)
    came = (colour.red(), colour.green(), colour.blue())
    wanted = (40 + number * 3 % 120, 90, 160 - number * 2 % 120)
    near = all(abs(one - other) <= _NEAR for one, other in zip(came, wanted, strict=True))
    expect(near, f"{what}: frame {number} has the colour {came}, not {wanted}")
