"""The Help menu's windows: About with the licences, and the check for updates."""

from .place import HelpPlace

__all__ = ["HelpPlace"]
