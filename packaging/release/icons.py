"""Draws the icon files of the program from their SVGs, after every change of those.

In `packaging/`: `../.venv/bin/python -m release.icons`.

Small sizes have a drawing of their own: bolder lines on whole pixels. macOS's icons stand within a margin.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PIL import Image
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

from steps import ROOT

if TYPE_CHECKING:
    from pathlib import Path

FOLDER = ROOT / "resources" / "application"
SIZES = (16, 22, 24, 32, 48, 64, 128, 256, 512, 1024)
WINDOWS = (16, 24, 32, 48, 64, 128, 256)
MACOS = (32, 64, 128, 256, 512, 1024)
SMALL = 32  # up to here the small drawing
# Apple's grid: the tile takes 824 of 1024 pixels. The large drawing brings 8 of 256 of that margin itself.
MACOS_MARGIN = 100 / 1024
OWN_MARGIN = 8 / 256
WIZARD = ROOT / "packaging" / "windows" / "wizard.bmp"


def draw(size: int, margin: float = 0.0, folder: Path = FOLDER) -> Image.Image:
    """The icon as RGBA, `size` pixels wide and high, with a part `margin` of it left empty on every side."""
    small = size <= SMALL
    drawing = QSvgRenderer(str(folder / ("seedance-small.svg" if small else "seedance.svg")))
    picture = QImage(size, size, QImage.Format.Format_RGBA8888_Premultiplied)
    picture.fill(0)
    painter = QPainter(picture)
    # The small drawing fills its square: it is set in by whole pixels, so its lines stay sharp.
    inset = int(size * margin) if small else _inset_of_large(size, margin)
    drawing.render(painter, QRectF(inset, inset, size - 2 * inset, size - 2 * inset))
    painter.end()
    plain = picture.convertToFormat(QImage.Format.Format_RGBA8888)
    return Image.frombytes("RGBA", (size, size), bytes(plain.constBits()))


def _inset_of_large(size: int, margin: float) -> float:
    if not margin:
        return 0.0
    scale = (1 - 2 * margin) / (1 - 2 * OWN_MARGIN)
    return size * (1 - scale) / 2


def make(folder: Path = FOLDER) -> list[Path]:
    """Write every PNG, the ICO for Windows and the ICNS for macOS into `folder`; returns what was written."""
    written = []
    for size in SIZES:
        written.append(folder / f"seedance-{size}.png")
        draw(size, folder=folder).save(written[-1], optimize=True)
    icons = [draw(size, folder=folder) for size in WINDOWS]
    written.append(folder / "seedance.ico")
    icons[-1].save(written[-1], sizes=[icon.size for icon in icons], append_images=icons[:-1])
    icons = [draw(size, MACOS_MARGIN, folder) for size in MACOS]
    written.append(folder / "seedance.icns")
    icons[-1].save(written[-1], append_images=icons[:-1])
    return written


def make_wizard(file: Path = WIZARD) -> Path:
    """Write the picture in the corner of the Windows installer, whose pages are white."""
    tile = Image.new("RGB", (128, 128), "white")
    icon = draw(128)
    tile.paste(icon, mask=icon)
    tile.save(file)
    return file


if __name__ == "__main__":
    for file in [*make(), make_wizard()]:
        print(f"{file.name}  {file.stat().st_size:,} bytes")
