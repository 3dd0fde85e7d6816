"""`python -m tests.shots [folder [scene…]] [--language …]`: takes all pictures, or some scenes, in both themes."""

from __future__ import annotations

import argparse
import asyncio
import sys
from collections.abc import Sequence
from pathlib import Path

from PIL import Image

from seedance_desktop.ui import theme

from . import accounts, asking, comparing, composing, handing, helping, images, places, reviewing, tongues, troubling
from .bench import Bench, application
from .camera import Camera
from .library import make_library

FOLDER = Path("/tmp/seedance-shots")
WIDE, NARROW = (1440, 900), (1024, 700)
SCENES = {
    "places": places.scene,
    "composing": composing.scene,
    "images": images.scene,
    "reviewing": reviewing.scene,
    "comparing": comparing.scene,
    "handing": handing.scene,
    "accounts": accounts.scene,
    "asking": asking.scene,
    "helping": helping.scene,
    "troubling": troubling.scene,
}


SIZES = ((WIDE, "en", ""), (NARROW, "en", "-small"), (NARROW, "zh_CN", "-small-zh"))


def main(folder: Path, names: Sequence[str] = (), language: str = "") -> int:
    """Take pictures into `folder`; `window.png` is the one for README and shops, in six bits a colour.

    With a `language`, all of them in it; without, in English, and in Chinese where there is little room.
    """
    folder.mkdir(parents=True, exist_ok=True)
    app = application()
    bench = Bench(asyncio.run(make_library(folder / "library")))
    sizes = ((WIDE, language, f"-{language}"), (NARROW, language, f"-small-{language}")) if language else SIZES
    for look in ("dark", "light"):
        theme.apply(app, look)
        camera = Camera(folder, look)
        for size, spoken, camera.mark in sizes:
            if spoken not in ("en", language) and look != "dark":
                continue  # words are as long in the light
            tongues.speak(app, spoken, folder / "languages")
            for name in names or SCENES:
                SCENES[name](bench, camera, size)
        tongues.speak(app, "en", folder / "languages")
    if (folder / "make-dark.png").exists():
        with Image.open(folder / "make-dark.png") as picture:
            crude = picture.convert("RGB").point(lambda value: value & 0xFC | value >> 6)
            crude.save(folder / "window.png", optimize=True)
    return 0


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m tests.shots", description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, default=FOLDER)
    parser.add_argument("scenes", nargs="*", choices=[*SCENES, []], metavar="scene", help=", ".join(SCENES))
    parser.add_argument("--language", default="", choices=tongues.LANGUAGES)
    given = parser.parse_args()
    sys.exit(main(given.folder, given.scenes, given.language))
