"""When something went wrong: the crash of the last time is offered, and diagnostics are saved for whoever helps."""

from .diagnostics import Diagnostics, ask_diagnostics
from .offer import OfferBar

__all__ = ["Diagnostics", "OfferBar", "ask_diagnostics"]
