"""The design tokens as Qt values: colours, fonts and times in the theme that is on now (use them through `theme`)."""

from __future__ import annotations

import json
from functools import cache
from typing import Any, cast

from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication

from seedance_desktop.domain import resources

# What draws Chinese where Inter has no glyph; Simplified first, or Linux may pick Japanese shapes.
_CHINESE = ("PingFang SC", "Microsoft YaHei UI", "Noto Sans CJK SC", "Noto Sans SC")


class _State:
    dark = True
    reduced = False  # the creator's choice
    still = False  # the system's


_state = _State()


@cache
def tokens() -> dict[str, Any]:
    """The design's tokens, as the file has them."""
    text = (resources.folder() / "tokens.json").read_text(encoding="utf-8")
    return cast(dict[str, Any], json.loads(text))


def is_dark() -> bool:
    """Whether the dark theme is on."""
    return _state.dark


def color(name: str) -> QColor:
    """The colour called `name` in the theme that is on; KeyError where the tokens have none."""
    return QColor(tokens()["color"]["dark" if _state.dark else "light"][name])


def alpha(name: str) -> QColor:
    """A translucent colour of the tokens' `alpha` table."""
    entry = tokens()["alpha"][name]
    named = str(entry["color"])
    made = QColor(named) if named.startswith("#") else color(named)
    light = entry.get("light-opacity", entry["opacity"])
    made.setAlphaF(entry["opacity"] if _state.dark else light)
    return made


@cache
def _families() -> tuple[str, ...]:
    for file in sorted((resources.folder() / "fonts").glob("*.otf")):
        QFontDatabase.addApplicationFont(str(file))
    known = set(QFontDatabase.families())
    wanted = (*tokens()["type"]["family"], *_CHINESE)
    # A family that is not there costs Qt a search through all aliases, so only those that are stay in the list.
    return tuple(name for name in wanted if name in known) or (QGuiApplication.font().family(),)


@cache
def _font(scale: str, tabular: bool) -> QFont:
    entry = tokens()["type"]["scale"][scale]
    made = QFont(list(_families()))
    made.setPixelSize(int(entry["px"]))
    made.setWeight(QFont.Weight(int(entry["weight"])))
    made.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    if tabular or entry.get("tabular"):
        made.setFeature(QFont.Tag("tnum"), 1)
    return made


def font(scale: str, *, tabular: bool = False) -> QFont:
    """The font of a step of the scale: caption, label, body, body-strong, title, display or timecode."""
    return QFont(_font(scale, tabular))


def set_dark(dark: bool) -> None:
    """Answer in the dark theme from now on, or in the light one."""
    _state.dark = dark


def duration(name: str) -> int:
    """Milliseconds of a motion (`fast`, `normal`, `slow`, `indeterminate-period`); 0 with reduced motion."""
    return 0 if _state.reduced or _state.still else int(tokens()["motion"][name])


def set_reduced_motion(reduced: bool) -> None:
    """Stand still from now on, or move again where the system doesn't want stillness either."""
    _state.reduced = reduced


def set_still(still: bool) -> None:
    """The system wants nothing to move, or lets it."""
    _state.still = still
