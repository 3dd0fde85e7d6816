"""The long jobs on screen: handing over and importing, how far they are and how they ended."""

from .asking import ask_how_to_import
from .line import JobLine
from .running import Running

__all__ = ["JobLine", "Running", "ask_how_to_import"]
