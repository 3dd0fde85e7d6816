"""The library on screen: finished clips as cards, and what is asked of them."""

from .model import ClipList
from .shelf import Shelf

__all__ = ["ClipList", "Shelf"]
