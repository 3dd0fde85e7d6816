"""The self-test: proves that this very installation works, from the icons to a library killed and carried on."""

from .running import run

__all__ = ["run"]
