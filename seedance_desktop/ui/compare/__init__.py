"""The Compare view: two to four takes that move as one."""

from .view import Compare

__all__ = ["Compare"]
