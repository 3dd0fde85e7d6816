"""What the preview shows, pixel by pixel, is what is sent: with the files that creators really have."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image, ImageChops, ImageStat
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from seedance_desktop.domain.cropping import framed, seen
from seedance_desktop.domain.kept_images import Prepared
from seedance_desktop.domain.recipe import Reference
from seedance_desktop.library.files import Folders
from seedance_desktop.media import images
from seedance_desktop.studio import packing
from seedance_desktop.ui.preview.pictures import Pictures
from tests.media import gallery

SENT_APART = 6  # of 255: two decoders of one JPEG round differently
LOOKS_APART = 8  # of 255, a tenth the size: a JPEG loses thin lines, but neither light nor colour


def as_pillow(image: QImage) -> Image.Image:
    """A picture of Qt's on white, as what is sent."""
    plain = QImage(image.size(), QImage.Format.Format_RGB888)
    clear = image.convertToFormat(QImage.Format.Format_RGBA8888)
    size = (plain.width(), plain.height())
    made = Image.frombuffer("RGBA", size, bytes(clear.constBits()), "raw", "RGBA", clear.bytesPerLine(), 1)
    white = Image.new("RGBA", size, "white")
    return Image.alpha_composite(white, made).convert("RGB")


def apart(one: Image.Image, other: Image.Image) -> float:
    """How far two pictures are apart at most in one channel."""
    difference = ImageChops.difference(one, other)
    return max(ImageStat.Stat(channel).extrema[0][1] for channel in difference.split())


def looks(image: Image.Image) -> Image.Image:
    """A picture without its thin lines."""
    return image.resize((48, 36), Image.Resampling.BOX)


def keep(folders: Folders, name: str) -> Reference:
    """One of the gallery's files in a library."""
    taken = images.take_in(gallery.file(name), name)
    file = folders.references / f"{taken.hash}{taken.suffix}"
    file.parent.mkdir(exist_ok=True)
    file.write_bytes(taken.data)
    return Reference(name, taken.hash, taken.suffix, "", taken.width, taken.height)


def read(qtbot: QtBot, library: Path, reference: Reference, prepared: Prepared) -> Pictures:
    """The preview's two pictures; one that Qt cannot read is brought as the window brings it."""
    pictures = Pictures()
    original = library / "references" / reference.file
    pictures.wanted.connect(lambda one: pictures.give(one.key, images.thumbnail(original, (2048, 2048))))
    pictures.set_library(library)
    pictures.show(reference)
    qtbot.waitUntil(lambda: not pictures.original.isNull())
    pictures.set_prepared(prepared)
    qtbot.waitUntil(lambda: not pictures.sent.isNull())
    return pictures


@pytest.mark.parametrize("name", gallery.FILES)
def test_as_sent_is_what_the_gateway_will_decode_and_the_original_looks_like_it(
    qtbot: QtBot, tmp_path: Path, name: str
) -> None:
    folders = Folders(tmp_path)
    reference = keep(folders, name)
    (prepared,) = packing.prepare([reference], folders)
    assert isinstance(prepared, Prepared)
    pictures = read(qtbot, tmp_path, reference, prepared)
    with Image.open(io.BytesIO(prepared.data)) as decoded:
        wire = decoded.convert("RGB")
    shown = as_pillow(pictures.sent)
    assert shown.size == wire.size == (prepared.width, prepared.height)
    assert apart(shown, wire) <= SENT_APART
    away = apart(looks(as_pillow(pictures.original)), looks(wire))
    assert away <= LOOKS_APART, "upright, the same colours, white where it is transparent"


@pytest.mark.parametrize("name", ["phone, held upright.jpg", "phone, held upright.heic", "plain.png"])
def test_what_the_frame_shows_of_the_original_is_what_is_sent_of_it(qtbot: QtBot, tmp_path: Path, name: str) -> None:
    folders = Folders(tmp_path)
    whole = keep(folders, name)
    part = framed(whole.width, whole.height, "1:1", (0.3, 0.6), 1.1)
    reference = Reference(whole.name, whole.hash, whole.suffix, "", whole.width, whole.height, part)
    (prepared,) = packing.prepare([reference], folders)
    assert isinstance(prepared, Prepared)
    pictures = read(qtbot, tmp_path, reference, prepared)
    original = as_pillow(pictures.original)
    left, top, wide, high = seen(whole.width, whole.height, part, "1:1")
    box = (left * original.width, top * original.height, (left + wide) * original.width, (top + high) * original.height)
    edges = [round(edge) for edge in box]
    inside = original.crop((edges[0], edges[1], edges[2], edges[3]))
    assert apart(looks(inside), looks(as_pillow(pictures.sent))) <= 2 * LOOKS_APART
