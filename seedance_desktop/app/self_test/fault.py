"""What a check of the self-test raises when something is not as it must be."""

from __future__ import annotations


class Fault(Exception):
    """Something of this installation does not work; the words say what was wanted and what came."""


def expect(true: object, otherwise: str) -> None:
    """Go on where it is true; raise `Fault(otherwise)` where it is not."""
    if not true:
        raise Fault(otherwise)
