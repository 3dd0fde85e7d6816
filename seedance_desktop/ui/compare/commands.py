"""What the stage's keys do in the comparison, by the names that the stage gives them."""

from __future__ import annotations

from collections.abc import Callable

from seedance_desktop.ui.stage.zoom import FIT

from .board import Board
from .motion import Motion
from .ranges import Ranges
from .transport import CompareTransport

Table = dict[str, Callable[[], None]]


def table(
    motion: Motion, transport: CompareTransport, ranges: Ranges, board: Board, full_screen: Callable[[], None]
) -> Table:
    """Each command that moves, bounds or sizes the pictures."""
    viewer = board.panels[0].viewer  # the others follow
    return {
        "toggle": motion.toggle,
        "pause": motion.pause,
        "forward": lambda: motion.shuttle(1),
        "backward": lambda: motion.shuttle(-1),
        "frame back": lambda: motion.step(-1),
        "frame on": lambda: motion.step(1),
        "second back": lambda: motion.second(-1),
        "second on": lambda: motion.second(1),
        "first": lambda: motion.seek(0),
        "last": lambda: motion.seek(-1),
        "slower": lambda: transport.quicken(-1),
        "faster": lambda: transport.quicken(1),
        "mute": transport.loudness.mute.toggle,
        "full screen": full_screen,
        "set in": ranges.set_in,
        "set out": ranges.set_out,
        "clear range": ranges.clear,
        "go in": ranges.go_in,
        "go out": ranges.go_out,
        "zoom": viewer.toggle_zoom,
        "closer": lambda: viewer.zoom_by(1),
        "wider": lambda: viewer.zoom_by(-1),
        "fit": lambda: viewer.zoom_to(FIT),
    }
