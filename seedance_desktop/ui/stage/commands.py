"""What the stage's keys do to picture, range and zoom, by the names that `keys` gives them."""

from __future__ import annotations

from collections.abc import Callable

from .deck import Deck
from .marks import Marks
from .transport import Transport
from .viewer import Viewer
from .zoom import FIT

Table = dict[str, Callable[[], None]]


def table(deck: Deck, transport: Transport, toggle: Callable[[], None], full_screen: Callable[[], None]) -> Table:
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


def ranging(marks: Marks) -> Table:
    """Each command of the range."""
    return {
        "set in": marks.set_in,
        "set out": marks.set_out,
        "clear range": marks.clear,
        "go in": marks.go_in,
        "go out": marks.go_out,
    }


def zooming(viewer: Viewer) -> Table:
    """Each command for the size of the picture."""
    return {
        "zoom": viewer.toggle_zoom,
        "closer": lambda: viewer.zoom_by(1),
        "wider": lambda: viewer.zoom_by(-1),
        "fit": lambda: viewer.zoom_to(FIT),
    }
