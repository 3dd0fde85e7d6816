"""The command palette: any command of the menus, found by typing a few letters of it."""

from .place import OWN, FinderPlace

__all__ = ["OWN", "FinderPlace"]
