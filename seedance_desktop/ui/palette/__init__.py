"""The command palette: any command of the menus, found by typing a few letters of it."""

from .finder import OWN, Finder

__all__ = ["OWN", "Finder"]
