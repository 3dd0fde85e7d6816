"""`python -m tests.shots [folder [scene…]]`: takes all pictures, or those of some scenes, in both themes."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Sequence
from pathlib import Path

from PIL import Image

from seedance_desktop import bootstrap
from seedance_desktop.ui import theme

from . import comparing, composing, handing, images, places, reviewing
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
}


def main(folder: Path, names: Sequence[str] = ()) -> int:
    """Take pictures into `folder`; `window.png` is the one for README and shops, in six bits a colour."""
    folder.mkdir(parents=True, exist_ok=True)
    app = application()
    bench = Bench(asyncio.run(make_library(folder / "library")))
    scenes = [SCENES[name] for name in names or SCENES]
    for look in ("dark", "light"):
        theme.apply(app, look)
        camera = Camera(folder, look)
        for size, language, mark in ((WIDE, "en", ""), (NARROW, "en", "-small"), (NARROW, "zh_CN", "-small-zh")):
            if language != "en" and look != "dark":
                continue  # words are as long in the light
            bootstrap.speak(language)
            camera.mark = mark
            for scene in scenes:
                scene(bench, camera, size)
        bootstrap.speak("en")
    if (folder / "make-dark.png").exists():
        with Image.open(folder / "make-dark.png") as picture:
            crude = picture.convert("RGB").point(lambda value: value & 0xFC | value >> 6)
            crude.save(folder / "window.png", optimize=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER, sys.argv[2:]))
