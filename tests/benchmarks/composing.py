"""The composer at work: 200 images come in, keys in a long prompt with nine chips, drafts, the large preview."""

from __future__ import annotations

import asyncio
import io
import shutil
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pillow_heif
from PIL import Image

from seedance_desktop.domain.kept_images import KeptImage
from seedance_desktop.domain.memory import KeptDraft
from seedance_desktop.domain.mentions import Mention
from seedance_desktop.domain.recipe import Draft, Recipe, Reference, Use
from seedance_desktop.library import Library
from seedance_desktop.media import images

from .composer_scenes import FILES
from .figures import Figure, median, percentile, value
from .ground import CACHE, ROOT, Ground

_COUNT = 200
_FORMAT = 1  # raise it when what is made changes
_PHONE, _SCREEN, _CAMERA = (4032, 3024), (1920, 1080), (6000, 4000)
_PROMPT = "The lamp of the lighthouse turns slowly at blue hour, waves roll in, slow push in, 35 mm. "


def measure(ground: Ground) -> Iterator[Figure]:
    yield from _coming_in(ground)
    yield from _typing(ground)
    yield from _preview(ground)


def _coming_in(ground: Ground) -> Iterator[Figure]:
    library = ground.fresh("images library")
    seen, bare = _beside_a_bare_window(ground, "60", "folder", str(library), str(_COUNT), **{FILES: str(_folder())})
    shutil.rmtree(library)
    late = [1000 * float(one) for one in seen["late"]]
    over = sum(one > 16 for one in late)
    aside = f"bare window beside {max(bare):.0f} ms, {sum(one > 16 for one in bare)} over 16 ms in 60 s"
    note = f"{over} of {len(late)} beats over 16 ms, all in after {float(seen['took']):.0f} s"
    yield Figure(
        f"longest stall while {_COUNT} images come in", max(late), "ms", 16, f"{max(late):.3g} ms", aside, note
    )
    rare, aside = percentile(late, 0.99), f"bare window beside {percentile(bare, 0.99):.1f} ms"
    note = f"median {median(late):.2g} ms"
    what = f"p99 of the stalls while {_COUNT} images come in"
    yield Figure(what, rare, "ms", 16, f"{rare:.3g} ms", aside, note, runs={"late": late})


def _typing(ground: Ground) -> Iterator[Figure]:
    library = ground.fresh("typing library")
    small = io.BytesIO()
    _picture((1600, 1200)).save(small, "JPEG", quality=88)
    asyncio.run(_keep_drafts(library, small.getvalue(), 9))
    seen = ground.child("composer_scenes", "typing", str(library), "200")
    took = [1000 * float(one) for one in seen["took"]]
    yield value("a key in 3,000 characters with 9 chips, painted", 16, "ms", took, note=f"longest {max(took):.3g} ms")
    switched = [1000 * float(one) for one in seen["switched"]]
    yield value("another draft with 9 images on screen", 100, "ms", switched, note="no line asks")


def _preview(ground: Ground) -> Iterator[Figure]:
    library = ground.fresh("preview library")
    large = io.BytesIO()
    _picture(_CAMERA).save(large, "JPEG", quality=92)
    asyncio.run(_keep_drafts(library, large.getvalue(), 1))
    seen = ground.child("composer_scenes", "preview", str(library), "7")
    took = [1000 * float(one) for one in seen["took"]]
    late = [1000 * float(one) for one in seen["late"]]
    what = f"preview of a 24 MP JPEG ({large.tell() / 1e6:.0f} MB), key to picture"
    yield value(what, 500, "ms", took, note=f"longest stall {max(late):.3g} ms; no line asks")


def _beside_a_bare_window(
    ground: Ground, seconds: str, *arguments: str, **env: str
) -> tuple[dict[str, Any], list[float]]:
    """What the scene saw, and the beats (ms) of an idle bare window meanwhile: what the machine itself holds up."""
    with ThreadPoolExecutor(1) as beside:
        idle = beside.submit(ground.child, "bare", "beats", seconds)
        seen = ground.child("composer_scenes", *arguments, **env)
        return seen, [1000 * float(one) for one in idle.result()["late"]]


def _folder() -> Path:
    """A folder as a telephone and a screen fill it: 150 JPEGs, 20 HEICs of 12 megapixels, 30 screenshots."""
    folder = CACHE / f"images-{_COUNT}-{_FORMAT}"
    if not (folder / ".made").exists():
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        phone = _picture(_PHONE)
        jpeg, png, heic = io.BytesIO(), io.BytesIO(), io.BytesIO()
        phone.save(jpeg, "JPEG", quality=88)
        _picture(_SCREEN).save(png, "PNG")
        pillow_heif.from_pillow(phone).save(heic, quality=70)
        for number in range(_COUNT):
            made, suffix = (
                (heic, "heic") if number % 10 == 7 else (png, "png") if number % 20 in (2, 5, 12) else (jpeg, "jpg")
            )
            # Bytes behind its end make each another image by content, and cost nothing to make.
            (folder / f"IMG_{number:04}.{suffix}").write_bytes(made.getvalue() + _tail(suffix, number))
        (folder / ".made").write_text("")
    return folder


def _tail(suffix: str, number: int) -> bytes:
    """Bytes that no reader minds behind an image; in HEIF they must be a box."""
    return b"\0\0\0\x0cfree%04d" % number if suffix == "heic" else b"%04d" % number


def _picture(size: tuple[int, int]) -> Image.Image:
    """A scene with the grain of a camera."""
    with Image.open(ROOT / "resources" / "demo" / "lighthouse.jpg") as scene:
        large = scene.convert("RGB").resize(size)
    grain = Image.effect_noise(size, 24).convert("RGB")
    return Image.blend(large, grain, 0.12)


async def _keep_drafts(folder: Path, image: bytes, count: int) -> None:
    """A library with two drafts of so many images; the open one has 3,000 characters and a chip for each image."""
    library = Library.open(folder)
    try:
        references = [await _reference(library, image, number) for number in range(count)]
        piece = _PROMPT * (3000 // len(_PROMPT) // count + 1)
        prompt = "".join(f"{piece}{Mention(one.key, one.name)} " for one in references)
        for text, some in (("Something else", references[::-1]), (prompt, references)):
            draft = Draft(Recipe(text, tuple(some), use=Use.REFERENCES))
            await library.memory.set_current((await library.memory.keep_draft(KeptDraft(0, draft))).number)
    finally:
        library.close()


async def _reference(library: Library, image: bytes, number: int) -> Reference:
    taken = images.take_in(image + b"%04d" % number, f"image {number}")
    (library.folders.references / f"{taken.hash}{taken.suffix}").write_bytes(taken.data)
    kept = KeptImage(taken.hash, taken.suffix, f"image {number}", taken.width, taken.height, number)
    (library.folders.root / kept.poster).write_bytes(images.thumbnail(taken.data, (480, 320)))
    return (await library.images.add(kept)).reference
