"""A font that can write a given text: the computer's own, or the one that Pillow brings along."""

import os
import sys
from functools import cache
from pathlib import Path
from typing import Final

from PIL import ImageFont

Font = ImageFont.FreeTypeFont | ImageFont.ImageFont
_LATIN: Final = 0x17F  # up to here Pillow's own font has the letters
# Files by name, best first, and which face of a collection is meant. The first ones write Chinese too.
_CHINESE: Final = (
    ("NotoSansCJK-Regular.ttc", 2),
    ("NotoSansCJKsc-Regular.otf", 0),
    ("NotoSansSC-Regular.otf", 0),
    ("NotoSansSC-VF.ttf", 0),
    ("SourceHanSansCN-Regular.otf", 0),
    ("SourceHanSansSC-Regular.otf", 0),
    ("msyh.ttc", 0),
    ("Deng.ttf", 0),
    ("simhei.ttf", 0),
    ("simsun.ttc", 0),
    ("PingFang.ttc", 0),
    ("Hiragino Sans GB.ttc", 0),
    ("STHeiti Medium.ttc", 0),
    ("Songti.ttc", 0),
    ("wqy-microhei.ttc", 0),
    ("wqy-zenhei.ttc", 0),
    ("DroidSansFallbackFull.ttf", 0),
    ("uming.ttc", 0),
)
_OTHERS: Final = (
    ("segoeui.ttf", 0),
    ("Arial Unicode.ttf", 0),
    ("Arial.ttf", 0),
    ("arial.ttf", 0),
    ("NotoSans-Regular.ttf", 0),
    ("DejaVuSans.ttf", 0),
    ("LiberationSans-Regular.ttf", 0),
)


def font_for(text: str, size: int) -> Font | None:
    """Return a font of `size` pixels in which every letter of the text can be read, or None if there is none."""
    if all(ord(letter) <= _LATIN for letter in text):
        return ImageFont.load_default(size)
    for name, face in (*_CHINESE, *_OTHERS):
        path = _installed().get(name.lower())
        if path is None:
            continue
        try:
            font = ImageFont.truetype(path, size, face)
        except OSError:
            continue
        if _can_write(font, text):
            return font
    return None


def _can_write(font: ImageFont.FreeTypeFont, text: str) -> bool:
    """Whether no letter comes out as the box that stands for a missing one."""
    box = font.getmask("\uffff")
    missing = (box.size, bytes(box))
    for letter in set(text):
        glyph = font.getmask(letter)
        if not letter.isspace() and (glyph.size, bytes(glyph)) == missing:
            return False
    return True


@cache
def _installed() -> dict[str, str]:
    """The font files of this computer that are wanted, by their names in lower case."""
    wanted = {name.lower() for name, _ in (*_CHINESE, *_OTHERS)}
    found: dict[str, str] = {}
    for folder in _folders():
        for place, _, names in os.walk(folder):
            for name in names:
                if name.lower() in wanted:
                    found.setdefault(name.lower(), str(Path(place) / name))
    return found


def _folders() -> list[Path]:
    home = Path.home()
    if sys.platform == "win32":
        windows = Path(os.environ.get("WINDIR", r"C:\Windows"))
        return [windows / "Fonts", home / "AppData/Local/Microsoft/Windows/Fonts"]
    if sys.platform == "darwin":
        return [Path("/System/Library/Fonts"), Path("/Library/Fonts"), home / "Library/Fonts"]
    return [Path("/usr/share/fonts"), Path("/usr/local/share/fonts"), home / ".local/share/fonts", home / ".fonts"]
