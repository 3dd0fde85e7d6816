"""The keys that judge a clip: 0 to 5 stars, P pick, X reject, U neither."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from seedance_desktop.domain.clip import Clip, Flag

_STARS = {getattr(Qt.Key, f"Key_{number}"): number for number in range(6)}
_FLAGS = {Qt.Key.Key_P: Flag.PICK, Qt.Key.Key_X: Flag.REJECT, Qt.Key.Key_U: Flag.NONE}


@dataclass(frozen=True, slots=True)
class Judgement:
    """The stars and flag that a clip is to have; `goes_on` asks for the next clip afterwards."""

    stars: int
    flag: Flag
    goes_on: bool = False


def judged(event: QKeyEvent, clip: Clip) -> Judgement | None:
    """What the key makes of `clip`'s stars and flag; None for a key that doesn't judge."""
    key, shift = event.key(), event.modifiers() == Qt.KeyboardModifier.ShiftModifier
    plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
    if plain and key in _STARS:
        return Judgement(_STARS[key], clip.flag)
    if key in _FLAGS and (plain or (shift and key != Qt.Key.Key_U)):
        return Judgement(clip.stars, _FLAGS[Qt.Key(key)], goes_on=shift)
    return None
