"""The keys that judge clips: 0 to 5 stars, P pick, X reject, U neither."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from seedance_desktop.domain.clip import Flag

SAME_STARS, SAME_FLAG = -1, "-"
"""What `wishes.judge_clips` carries for what stays as it is."""

_STARS = {getattr(Qt.Key, f"Key_{number}"): number for number in range(6)}
_FLAGS = {Qt.Key.Key_P: Flag.PICK, Qt.Key.Key_X: Flag.REJECT, Qt.Key.Key_U: Flag.NONE}


@dataclass(frozen=True, slots=True)
class Judgement:
    """The stars or the flag that clips are to have, None for as they are; `goes_on` asks for the next clip then."""

    stars: int | None = None
    flag: Flag | None = None
    goes_on: bool = False


def judged(event: QKeyEvent) -> Judgement | None:
    """What a key says of clips; None for a key that doesn't judge."""
    key, shift = event.key(), event.modifiers() == Qt.KeyboardModifier.ShiftModifier
    plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
    if plain and key in _STARS:
        return Judgement(stars=_STARS[key])
    if key in _FLAGS and (plain or (shift and key != Qt.Key.Key_U)):
        return Judgement(flag=_FLAGS[Qt.Key(key)], goes_on=shift)
    return None
