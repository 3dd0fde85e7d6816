"""The same studio without a screen."""

from .arguments import parse
from .commands import run

__all__ = ["parse", "run"]
