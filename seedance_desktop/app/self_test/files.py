"""Checks what the program reads of its own: resources, icons in every size, fonts, and the languages."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QFontDatabase, QImage, QImageReader
from PySide6.QtWidgets import QApplication

from seedance_desktop import bootstrap
from seedance_desktop.app import language
from seedance_desktop.domain import resources
from seedance_desktop.ui import icons, theme
from seedance_desktop.words import ntr, tr

from .fault import Fault, expect

ICON_SIZES = (16, 22, 24, 32, 48, 64, 128, 256, 512, 1024)
_WANTED = (
    "tokens.json",
    "clips/self-test.mp4",
    "clips/self-test-hevc.mp4",
    "clips/self-test.heic",
    "self-test/authority.pem",
    "self-test/localhost.pem",
    "demo/lighthouse.jpg",
    "fonts/OFL.txt",
)


async def resources_there() -> str:
    """Every file that the program and its self-test read lies where it is looked for."""
    folder = resources.folder()
    missing = [name for name in _WANTED if not (folder / name).is_file()]
    expect(not missing, f"not in {folder}: {', '.join(missing)}")
    fonts = list((folder / "fonts").glob("*.otf"))
    bad = [font.name for font in fonts if QFontDatabase.addApplicationFont(str(font)) < 0]
    expect(fonts and not bad, f"fonts that Qt cannot read: {bad or 'all, there are none'}")
    return f"{folder}, {len(fonts)} fonts"


async def icons_there() -> str:
    """The application's icon in every size, and every icon of the window, are drawn and not blank."""
    folder = resources.folder()
    for size in ICON_SIZES:
        file = folder / "application" / f"seedance-{size}.png"
        reader = QImageReader(str(file))
        image = reader.read()
        expect(not image.isNull(), f"{file.name}: {reader.errorString()}")
        expect((image.width(), image.height()) == (size, size), f"{file.name} is {image.width()} x {image.height()}")
        expect(len(colours(image)) > 1, f"{file.name} is blank")
    theme.apply(_application(), "dark")
    names = sorted(file.stem for file in (folder / "icons").glob("*.svg"))
    blank = [name for name in names if len(colours(icons.pixmap(name, size=32).toImage())) < 2]
    expect(names and not blank, f"blank icons: {blank or 'all, there are none'}")
    return f"the application's in {len(ICON_SIZES)} sizes, {len(names)} of the window"


async def languages_there() -> str:
    """Our words and Qt's own become Chinese, with numbers in them, and English again."""
    try:
        language.speak(_application(), "zh_CN")
        for said, wanted in (
            (tr("Settings"), "设置"),
            (ntr("{n} clip", "{n} clips", 3), "3 个片段"),
            (QCoreApplication.translate("QPlatformTheme", "Cancel"), "取消"),
        ):
            expect(said.replace("{n}", "3") == wanted, f"Chinese for “{wanted}” is “{said}”")
        language.speak(_application(), "en")
        expect(tr("Settings") == "Settings", f"English is “{tr('Settings')}”")
    finally:
        language.speak(_application(), bootstrap.load_preferences().language)
    return "English, Simplified Chinese, Qt's own texts too"


def colours(image: QImage) -> set[int]:
    """The colours on a grid of about 32 by 32 points, as 0xAARRGGBB."""
    across, down = max(1, image.width() // 32), max(1, image.height() // 32)
    return {image.pixel(x, y) for x in range(0, image.width(), across) for y in range(0, image.height(), down)}


def _application() -> QApplication:
    application = QApplication.instance()
    if not isinstance(application, QApplication):
        raise Fault("there is no application")
    return application
