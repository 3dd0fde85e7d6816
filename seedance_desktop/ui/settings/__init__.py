"""The settings: six pages, each change kept as it is made."""

from .dialog import Settings

__all__ = ["Settings"]
