"""What the stage's keys do to the picture, by the names that `keys` gives them."""

from __future__ import annotations

from collections.abc import Callable

from .deck import Deck
from .transport import Transport


def table(
    deck: Deck, transport: Transport, toggle: Callable[[], None], full_screen: Callable[[], None]
) -> dict[str, Callable[[], None]]:
    """Each command that moves the picture; `toggle` plays or pauses."""
    return {
        "toggle": toggle,
        "pause": deck.pause,
        "forward": lambda: deck.shuttle(1),
        "backward": lambda: deck.shuttle(-1),
        "frame back": lambda: deck.step(-1),
        "frame on": lambda: deck.step(1),
        "second back": lambda: deck.step(-deck.second),
        "second on": lambda: deck.step(deck.second),
        "first": lambda: deck.seek(0),
        "last": lambda: deck.seek(deck.last),
        "slower": lambda: transport.quicken(-1),
        "faster": lambda: transport.quicken(1),
        "mute": transport.loudness.mute.toggle,
        "full screen": full_screen,
    }
