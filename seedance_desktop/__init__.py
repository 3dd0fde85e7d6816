"""Seedance Desktop: the native studio for AI-video creators."""

__version__ = "0.1.0"
