"""Every file of the gallery comes in, and what is no image is refused in a sentence; giants stay within bounds."""

from __future__ import annotations

import io
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image

from seedance_desktop import words
from seedance_desktop.domain.errors import BadImage
from seedance_desktop.media import images, pictures
from tests.media import gallery
from tests.media.making import saved

MOST_MEGABYTES = 1000
_MEASURED = """
import resource, sys
from pathlib import Path
from seedance_desktop.media import images
path = Path(sys.argv[1])
taken = images.take_in(path, "scan.tiff")
images.thumbnail(path, (480, 256))
sent = images.for_wire(path, "scan.tiff")
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
print(taken.width, taken.height, sent.width, sent.height, peak // 1024)
"""


@pytest.mark.parametrize("name", gallery.FILES)
def test_every_file_comes_in(name: str) -> None:
    data = gallery.file(name)
    taken = images.take_in(data, name)
    assert (taken.width, taken.height) == gallery.SIZE
    assert taken.first_of_many == (name in gallery.ANIMATED)
    small = Image.open(io.BytesIO(images.thumbnail(data, (96, 96))))
    assert small.size == (96, 72)


@pytest.mark.parametrize("name", gallery.NO_IMAGES)
@pytest.mark.filterwarnings("ignore::UserWarning")  # Pillow's own words about what it read
def test_what_is_no_image_is_refused_in_a_sentence(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(gallery.NO_IMAGES[name]())
    with pytest.raises(BadImage) as caught:
        images.take_in(tmp_path / name, name)
    sentence = words.say(caught.value.reason.code, dict(caught.value.reason.facts))
    assert name in sentence
    assert "…" not in sentence


@pytest.mark.parametrize("part", [(0.0, 0.0, 0.1, 0.1), (0.0, 0.0, 1.0, 0.35)])
def test_a_crop_that_leaves_too_little_is_refused_in_a_sentence(
    part: tuple[float, float, float, float], tmp_path: Path
) -> None:
    path = tmp_path / "photo.png"
    path.write_bytes(saved(gallery.scene((1000, 1000)), "PNG"))
    with pytest.raises(BadImage) as caught:
        images.for_wire(path, "photo", part=part)
    sentence = words.say(caught.value.reason.code, dict(caught.value.reason.facts))
    assert "crop" in sentence
    assert "…" not in sentence


def test_a_folder_of_two_hundred(tmp_path: Path) -> None:
    files = gallery.folder(tmp_path / "shoot")
    taken = [images.take_in(file, file.name) for file in files]
    assert len({one.hash for one in taken}) == 200
    assert {(one.width, one.height) for one in taken} == {(800, 600), (600, 800)}


def colour(image: Image.Image, x: int, y: int) -> tuple[int, ...]:
    found = image.getpixel((x, y))
    assert isinstance(found, tuple)
    return tuple(int(part) for part in found)


def test_a_hundred_megapixels(tmp_path: Path) -> None:
    path = gallery.giant_tiff(tmp_path / "scan.tiff")
    part = (5800 / 11_600, 4000 / 8700, 0.05, 0.05)
    made = images.for_wire(path, "scan", part=part)
    image = Image.open(io.BytesIO(made.data)).convert("RGB")
    assert image.size == (580, 435)
    assert (made.before_width, made.before_height) == (11_600, 8700)
    for x, y in ((5, 5), (300, 250), (570, 390)):
        wanted = ((5800 + x) * 255 // 11_599, (4000 + y) // 100 * 2, 128)
        assert all(abs(one - other) <= 4 for one, other in zip(colour(image, x, y), wanted, strict=True))


@pytest.mark.skipif(sys.platform != "linux", reason="peak memory is read as Linux says it, in KiB")
def test_a_hundred_megapixels_in_bounded_memory(tmp_path: Path) -> None:
    path = gallery.giant_tiff(tmp_path / "scan.tiff")
    answer = subprocess.run(
        [sys.executable, "-c", _MEASURED, str(path)], capture_output=True, text=True, check=True, timeout=120
    )
    width, height, sent_width, sent_height, peak = map(int, answer.stdout.split())
    assert (width, height, sent_width, sent_height) == (11_600, 8700, 2048, 1536)
    assert peak < MOST_MEGABYTES


@pytest.mark.parametrize("suffix", [".png", ".tiff"])
def test_more_than_the_most_is_refused_before_it_is_decoded(suffix: str, tmp_path: Path) -> None:
    most = pictures.MOST_PIXELS[suffix]
    size = (12_000, most // 12_000 + 1)
    path = tmp_path / "giant"
    if suffix == ".png":
        path.write_bytes(gallery.bomb(*size))
    else:
        gallery.giant_tiff(path, size)
    with pytest.raises(BadImage, match="image-too-large"):
        images.take_in(path, "giant")


def test_the_transparent_colour_of_a_16_bit_png(tmp_path: Path) -> None:
    """Its key has 16 bits too: what has it is clear."""
    path, size = tmp_path / "keyed.png", (400, 300)
    for kind, pixel in ((0, b"\x80\x10"), (2, b"\x80\x10\x40\x20\x20\x30")):
        path.write_bytes(gallery.png(16, kind, pixel * (400 * 300), size, key=pixel))
        made = images.for_wire(path, "keyed", background=(0, 0, 255))
        assert made.filled
        assert colour(Image.open(io.BytesIO(made.data)), 9, 9) == (0, 0, 254)
