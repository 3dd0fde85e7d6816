"""The stage: plays a clip, steps through it frame by frame, and shows what made it."""

from .view import Stage

__all__ = ["Stage"]
